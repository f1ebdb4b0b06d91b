"""Listening in a real browser: where one stopped is kept for every device, and one player listens at a time."""

import pytest
from playwright.sync_api import expect

from club import wait_until


def audio(page, script):
    return page.evaluate(f"(() => {{ const audio = document.querySelector('audio'); return {script}; }})()")


def ready(page):
    page.wait_for_function("() => document.querySelector('audio').duration > 0")
    page.wait_for_load_state("networkidle")


def play(page):
    page.get_by_role("button", name="Слушать", exact=True).click()
    page.wait_for_function("() => !document.querySelector('audio').paused")


def listen(page, start, end):
    """Plays from one place to another, and pauses there."""
    ready(page)
    audio(page, f"audio.currentTime = {start}")
    play(page)
    page.wait_for_function(f"() => document.querySelector('audio').currentTime >= {end}")
    with page.expect_response(lambda answer: answer.request.method == "POST" and "/progress" in answer.url) as told:
        page.get_by_role("button", name="Пауза").click()
    assert told.value.status == 200
    return told.value.json()


def progress(page, club, episode):
    return page.request.get(f"{club.web}/api{episode.replace('/podcast/', '/podcasts/')}/progress").json()


def test_the_place_is_kept_for_the_next_visit_and_for_another_browser(club, open_page, episode):
    page = open_page(episode)
    said = listen(page, 10, 13)
    assert 2 <= said["credited_seconds"] <= 6
    place = audio(page, "audio.currentTime")

    other = open_page(episode)
    go_on = other.get_by_role("button", name="Продолжить с 0:1")
    expect(go_on).to_be_visible()
    assert audio(other, "audio.currentTime") == pytest.approx(place, abs=1)
    go_on.click()
    other.wait_for_function(f"() => document.querySelector('audio').currentTime > {place} + 0.5")
    expect(go_on).to_be_hidden()
    other.close(run_before_unload=True)

    page.reload()
    expect(page.get_by_role("button", name="Продолжить с 0:1")).to_be_visible()
    page.get_by_role("button", name="С начала").click()
    page.wait_for_function("() => !document.querySelector('audio').paused")
    assert audio(page, "audio.currentTime") < 5


def test_a_page_that_goes_away_tells_where_it_was(club, open_page, episode):
    page = open_page(episode)
    ready(page)
    audio(page, "audio.currentTime = 20")
    play(page)
    page.wait_for_function("() => document.querySelector('audio').currentTime >= 22")
    page.goto(club.web + "/library")
    told = wait_until(
        lambda: (progress(page, club, episode).get("position") or {}).get("seconds", 0) >= 22, what="the place"
    )
    assert told


def test_the_newer_player_takes_over_and_the_older_one_says_so(open_page, episode):
    older, newer = open_page(episode), open_page(episode)
    for page in (older, newer):
        ready(page)
        audio(page, "audio.currentTime = 0")
    play(older)
    older.wait_for_function("() => document.querySelector('audio').currentTime >= 1")
    play(newer)
    newer.wait_for_function("() => document.querySelector('audio').currentTime >= 1")
    older.get_by_role("button", name="Вперёд на 30 секунд").click()
    expect(older.get_by_role("status")).to_contain_text("в другом месте")
    older.wait_for_function("() => document.querySelector('audio').paused")
    assert not audio(newer, "audio.paused")
    # The refused beats are errors of the network to the browser.
    open_page.troubles[:] = [line for line in open_page.troubles if "409" not in line]


def test_the_library_shows_what_was_heard(open_page, episode):
    page = open_page(episode)
    listen(page, 0, 8)
    page.goto(page.url.split("/podcast/")[0] + "/library")
    expect(page.locator(".heard").first).to_contain_text("Прослушано")
    assert page.locator(".heard progress").first.get_attribute("value") != "0"

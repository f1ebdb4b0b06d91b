"""The pages as people use them: in a real browser, over the whole program and the sandbox."""

import json
import urllib.parse
from pathlib import Path

import pytest
from playwright.sync_api import expect

from club import MEMBER, STRANGER, wait_until
from conftest import DESKTOP, EPISODE, PHONE

ACCESSIBLE = (Path(__file__).parent / "accessible.js").read_text()


def playing(page):
    return page.evaluate("!document.querySelector('audio').paused")


def position(page):
    return page.evaluate("document.querySelector('audio').currentTime")


def wait_for_position(page, least):
    page.wait_for_function(f"() => document.querySelector('audio').currentTime >= {least}")


def test_whoever_signs_in_comes_to_the_page_that_they_wanted(club, open_page, episode):
    page = open_page(episode, signed_in=False)
    assert "/login?next=" in page.url
    page.get_by_role("button", name="Войти через Telegram").click()
    expect(page.get_by_role("status")).to_have_text("Ждём подтверждения…")
    club.sandbox.confirm_sign_in(page.locator("[data-open]").get_attribute("href"), MEMBER)
    page.wait_for_url("**" + episode)
    expect(page.get_by_role("heading", level=1)).to_have_text(EPISODE)


def test_without_scripts_one_signs_in_by_forms_and_hears_with_the_browsers_own_player(club, open_page, episode):
    page = open_page(episode, signed_in=False, java_script_enabled=False)
    page.get_by_role("button", name="Войти через Telegram").click()
    page.get_by_role("button", name="Вход подтверждён").click()
    expect(page.get_by_role("alert")).to_be_visible()
    club.sandbox.confirm_sign_in(page.locator("[data-open]").get_attribute("href"), MEMBER)
    page.get_by_role("button", name="Вход подтверждён").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(EPISODE)
    audio = page.locator("audio[controls]")
    expect(audio).to_be_visible()
    expect(page.locator("[data-face]")).to_be_hidden()
    answer = page.request.get(club.web + audio.get_attribute("src"), headers={"Range": "bytes=4-7"})
    assert (answer.status, answer.body()) == (206, b"ftyp")


def test_a_stranger_is_not_let_in(club, open_page):
    page = open_page("/login", signed_in=False)
    page.get_by_role("button", name="Войти через Telegram").click()
    payload = page.locator("[data-open]").get_attribute("href").split("start=")[1]
    club.sandbox.call("/sandbox/chats/Podcast_FOMO_bot/start", {"as": STRANGER, "payload": payload})
    wait_until(lambda: club.sandbox.call(f"/sandbox/chats/Podcast_FOMO_bot/messages?as={STRANGER}")["messages"])
    page.goto(club.web + "/library")
    assert "/login" in page.url


def test_the_library_has_the_episode_and_finds_it(open_page, episode):
    page = open_page("/library")
    expect(page.get_by_role("link", name=EPISODE, exact=True)).to_be_visible()
    page.get_by_role("searchbox").fill("ГОЛОС пуст")
    page.get_by_role("button", name="Найти").click()
    expect(page.get_by_role("link", name=EPISODE, exact=True)).to_have_attribute("href", episode)
    page.get_by_role("searchbox").fill("такого нет")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ничего не нашлось")).to_be_visible()
    page.get_by_role("link", name="Все выпуски").click()
    page.get_by_role("link", name="#город").first.click()
    expect(page.get_by_role("link", name=EPISODE, exact=True)).to_be_visible()


def at_the_beginning(page):
    """Waits until the player knows where one stopped, and goes back to the beginning."""
    page.wait_for_function("() => document.querySelector('audio').duration > 0")
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelector('audio').currentTime = 0")


def test_the_copy_is_heard_and_drawn_and_the_original_is_there_to_keep(club, open_page, episode):
    page = open_page(episode)
    source = page.locator("audio").get_attribute("src")
    assert "format=" not in source
    assert page.request.get(club.web + source).headers["content-type"] == "audio/mp4"
    at_the_beginning(page)
    page.get_by_role("button", name="Слушать", exact=True).click()
    wait_for_position(page, 1)
    decoded = page.evaluate(
        """async (source) => {
             const context = new OfflineAudioContext(1, 1, 48000);
             const bytes = await (await fetch(source)).arrayBuffer();
             const sound = await context.decodeAudioData(bytes);
             const loudest = sound.getChannelData(0).reduce((most, sample) => Math.max(most, sample), 0);
             return { length: sound.duration, loudest };
           }""",
        source,
    )
    assert decoded["length"] == pytest.approx(40, abs=0.2)
    assert decoded["loudest"] == pytest.approx(3000 / 32768, rel=0.1)
    strokes = page.locator(".wave path").first.get_attribute("d")
    assert strokes.count("M") == 200
    with page.expect_download() as download:
        page.locator(".download").click()
    assert Path(download.value.path()).read_bytes()[:4] == b"RIFF"


def test_an_episode_plays_pauses_skips_and_changes_its_speed(open_page, episode):
    page = open_page(episode)
    at_the_beginning(page)
    page.get_by_role("button", name="Слушать", exact=True).click()
    wait_for_position(page, 1)
    assert playing(page)
    page.get_by_role("button", name="Пауза").click()
    assert not playing(page)
    before = position(page)
    page.get_by_role("button", name="Вперёд на 30 секунд").click()
    assert position(page) == pytest.approx(before + 30, abs=0.5)
    page.get_by_role("button", name="Назад на 15 секунд").click()
    assert position(page) == pytest.approx(before + 15, abs=0.5)
    page.get_by_role("combobox", name="Скорость").select_option("1.5")
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.5
    title = page.evaluate("navigator.mediaSession.metadata.title")
    assert title == EPISODE


def test_a_chapter_plays_from_its_moment_by_keyboard(open_page, episode):
    page = open_page(episode)
    expect(page.get_by_text("S2E5")).to_be_visible()
    expect(page.get_by_role("link", name="@anna_walks")).to_be_visible()
    chapter = page.get_by_role("link", name="0:20 Мост & река")
    page.wait_for_function("() => document.querySelector('audio').duration > 0")
    chapter.focus()
    page.keyboard.press("Enter")
    wait_for_position(page, 20)
    page.wait_for_function("() => !document.querySelector('audio').paused")
    assert position(page) < 30
    assert page.url.endswith(f"{episode}?t=20")


def test_a_link_with_a_time_begins_there_also_after_signing_in(club, open_page, episode):
    page = open_page(f"{episode}?t=20", signed_in=False)
    page.get_by_role("button", name="Войти через Telegram").click()
    club.sandbox.confirm_sign_in(page.locator("[data-open]").get_attribute("href"), MEMBER)
    page.wait_for_url(f"**{episode}?t=20")
    wait_for_position(page, 20)
    assert not playing(page)
    assert position(page) < 21


def test_a_person_leads_to_their_episodes(open_page, episode):
    page = open_page(episode)
    page.get_by_role("link", name="@anna_walks").click()
    expect(page.get_by_role("link", name=EPISODE, exact=True)).to_have_attribute("href", episode)


def test_the_player_remembers_the_place_that_one_chose_on_every_device(open_page, episode):
    page = open_page(episode)
    page.wait_for_function("() => document.querySelector('audio').readyState >= 1")
    slider = page.get_by_role("slider")
    slider.fill("20")
    slider.dispatch_event("change")
    expect(slider).to_have_attribute("aria-valuetext", "0:20 из 0:40")
    page.reload()
    wait_for_position(page, 20)
    expect(page.locator("[data-position]")).to_have_text("0:20")
    other = open_page(episode)
    wait_for_position(other, 20)
    expect(other.locator("[data-position]")).to_have_text("0:20")


def test_the_keyboard_is_enough(open_page, episode):
    page = open_page(episode)
    page.wait_for_function("() => document.querySelector('audio').readyState >= 1")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    page.wait_for_function("() => !document.querySelector('audio').paused")
    page.keyboard.press("Space")
    page.wait_for_function("() => document.querySelector('audio').paused")
    before = position(page)
    page.keyboard.press("ArrowRight")
    assert position(page) == pytest.approx(min(before + 30, 40), abs=0.5)
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('aria-label') ?? ''"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none" or reached[-1] == ""
    order = ["Место в записи", "Назад на 15 секунд", "Слушать", "Вперёд на 30 секунд"]
    assert [label for label in reached if label in order] == order


def test_an_address_that_has_expired_is_renewed_while_listening(open_page, episode):
    page = open_page(episode)
    page.wait_for_function("() => document.querySelector('audio').readyState >= 1")
    page.evaluate("document.querySelector('audio').src = '/api/recordings/expired/audio'")
    page.wait_for_function("() => document.querySelector('audio').src.includes('signature=')")
    page.wait_for_function("() => document.querySelector('audio').readyState >= 1")
    page.get_by_role("button", name="Слушать", exact=True).click()
    page.wait_for_function("() => !document.querySelector('audio').paused")
    assert ["404" in trouble for trouble in open_page.troubles] == [True]
    open_page.troubles.clear()


def test_a_mini_app_signs_in_with_what_telegram_says_and_takes_its_colours(club, browser):
    context = browser.new_context(viewport=PHONE, locale="ru-RU")
    page = context.new_page()
    page.add_init_script(
        """window.posted = []; window.TelegramWebviewProxy = {
             postEvent: (type, data) => window.posted.push([type, JSON.parse(data)]) };"""
    )
    sent = []

    def signed_in(route):
        sent.append(route.request.post_data_json)
        route.fulfill(status=403, json={"error": {"code": "not_a_member", "message": "Это закрытый клуб."}})

    page.route("**/api/auth/telegram/webapp", signed_in)
    data = "user=%7B%22id%22%3A1%7D&auth_date=1&hash=00"
    theme = json.dumps({"bg_color": "#101820", "button_color": "#40a7e3", "text_color": "url(evil)"})
    fragment = urllib.parse.urlencode(
        {"tgWebAppData": data, "tgWebAppVersion": "8.0", "tgWebAppThemeParams": theme}
    )
    page.goto(f"{club.web}/library#{fragment}")
    expect(page.get_by_role("status")).to_have_text("Это закрытый клуб.")
    assert sent == [{"init_data": data}]
    style = "document.documentElement.style.getPropertyValue"
    assert page.evaluate(f"{style}('--tg-surface')") == "#101820"
    assert page.evaluate(f"{style}('--tg-ink')") == ""
    posted = page.evaluate("window.posted")
    assert [kind for kind, _ in posted] == ["web_app_ready", "web_app_expand", "web_app_setup_back_button"]
    assert posted[2][1] == {"is_visible": False}
    context.close()


def test_signing_out_closes_the_club(club, open_page):
    page = open_page("/login", signed_in=False)
    page.get_by_role("button", name="Войти через Telegram").click()
    club.sandbox.confirm_sign_in(page.locator("[data-open]").get_attribute("href"), MEMBER)
    page.wait_for_url("**/library")
    page.locator("summary").click()
    page.get_by_role("button", name="Выйти", exact=True).click()
    page.wait_for_url("**/login")
    page.goto(club.web + "/library")
    assert "/login" in page.url


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_what_is_announced_in_the_bot_is_read_on_the_site(club, open_page, viewport):
    words = f"Эфир в девять, {viewport['width']}"
    club.sandbox.announce(words)

    def told():
        page = open_page("/notifications", viewport=viewport)
        return page.locator(".told li", has_text=words).count()

    wait_until(told, what="a new notification")
    page = open_page("/library", viewport=viewport)
    expect(page.locator(".badge")).to_be_visible()
    page.get_by_role("link", name="Уведомления").click()
    entry = page.locator(".told li", has_text=words)
    expect(entry).to_contain_text("новое")
    assert page.evaluate(ACCESSIBLE) == []
    entry.get_by_role("button", name="Отметить прочитанным").click()
    expect(entry).not_to_contain_text("новое")
    # Other tests may have told the member something, too.
    rest = page.get_by_role("button", name="Отметить всё прочитанным")
    if rest.count():
        rest.click()
    expect(page.locator(".badge")).to_have_count(0)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_open_to_everybody(open_page, episode, viewport, scheme):
    pages = {
        "/library": True,
        "/library?q=нет-такого": True,
        "/notifications": True,
        episode: True,
        "/login?next=/library": False,
    }
    for path, signed_in in pages.items():
        page = open_page(path, signed_in, viewport=viewport, color_scheme=scheme)
        assert page.evaluate(ACCESSIBLE) == [], path
        if path.startswith("/login"):
            page.get_by_role("button", name="Войти через Telegram").click()
            page.wait_for_selector("[data-waiting]")
            assert page.evaluate(ACCESSIBLE) == [], "the waiting page"


def test_dark_and_light_are_two_looks(open_page):
    grounds = {
        scheme: open_page("/library", color_scheme=scheme).evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    }
    assert grounds["light"] != grounds["dark"]


def test_the_page_speaks_the_language_of_a_strangers_browser(open_page):
    page = open_page("/login", signed_in=False, locale="en-GB")
    assert page.evaluate("document.documentElement.lang") == "en"
    expect(page.get_by_role("button", name="Sign in through Telegram")).to_be_visible()

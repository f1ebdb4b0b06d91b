"""The club in figures, as its hosts see it in a real browser: every picture has its table, on every screen, in both themes."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from club import wait_until

ACCESSIBLE = (Path(__file__).parent / "accessible.js").read_text()
SECTIONS = ["", "/members", "/shows", "/episodes", "/delivery"]
VIEWPORTS = [{"width": width, "height": 844} for width in (320, 390, 1280)]


def check(page):
    """Nothing keeps people out, with the tables closed and open."""
    assert page.evaluate(ACCESSIBLE) == [], page.url
    for table in page.locator(".figure-table summary").all():
        table.click()
    assert page.evaluate(ACCESSIBLE) == [], f"{page.url}, with its tables"
    assert page.locator(".plots figure svg[role=img]").count() == page.locator(".plots figure").count()


def of_episode(episode):
    return episode.replace("/podcast/", "/analytics/episodes/")


@pytest.fixture(scope="session")
def heard(club, browser, session, host_session, episode):
    """The episode, when a member has listened to a part of it and the figures know."""
    context = browser.new_context(storage_state=session, locale="ru-RU")
    page = context.new_page()
    page.goto(club.web + episode)
    page.wait_for_function("() => document.querySelector('audio').duration > 0")
    page.evaluate("document.querySelector('audio').currentTime = 5")
    page.get_by_role("button", name="Слушать", exact=True).click()
    page.wait_for_function("() => document.querySelector('audio').currentTime >= 20")
    with page.expect_response(lambda answer: answer.request.method == "POST" and "/progress" in answer.url):
        page.get_by_role("button", name="Пауза").click()
    context.close()
    host = browser.new_context(storage_state=host_session)

    def curve():
        return host.request.get(f"{club.web}/api{of_episode(episode)}").json()["tables"]["retention"]

    assert len(wait_until(curve, what="the curve")) == 100
    host.close()
    return episode


@pytest.mark.parametrize("viewport", VIEWPORTS, ids=lambda viewport: str(viewport["width"]))
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_section_is_open_to_everybody(open_page, host_session, heard, viewport, scheme):
    for section in SECTIONS:
        page = open_page(f"/analytics{section}", state=host_session, viewport=viewport, color_scheme=scheme)
        check(page)
        page.context.close()


@pytest.mark.parametrize("viewport", VIEWPORTS, ids=lambda viewport: str(viewport["width"]))
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_episode_and_a_show_have_their_pictures_on_every_screen(
    open_page, host_session, heard, show, viewport, scheme
):
    for path in (of_episode(heard), f"/analytics/shows/{show}"):
        page = open_page(path, state=host_session, viewport=viewport, color_scheme=scheme)
        expect(page.locator("svg.plot").first).to_be_visible()
        check(page)
        page.context.close()


def test_a_host_comes_from_the_club_to_the_curve_of_an_episode_and_takes_the_table_along(
    club, open_page, host_session, heard
):
    page = open_page("/analytics", state=host_session)
    page.locator(".analytics-nav").get_by_role("link", name="Выпуски").click()
    page.locator(".analytics-nav").get_by_role("link", name="7 дней").click()
    page.locator("#figure-episodes + .plots + details summary").click()
    page.get_by_role("row").get_by_role("link", name="Голоса пустого города").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Голоса пустого города")
    expect(page.locator("svg.plot path.plot-mark")).to_have_count(2)
    page.locator("#figure-retention + .plots + details summary").click()
    table = page.get_by_role("region").filter(has_text="Мост & река")
    expect(table.get_by_role("row")).to_have_count(101)
    with page.expect_download() as download:
        page.locator("a[href*='table=retention']").click()
    lines = Path(download.value.path()).read_text().splitlines()
    assert lines[0] == "position,listeners,share,chapter"
    assert lines[51].startswith("20.0,") and lines[51].endswith(",Мост & река")


def test_the_figures_work_without_scripts(open_page, host_session):
    page = open_page("/analytics/members?days=30", state=host_session, java_script_enabled=False)
    expect(page.locator("#figure-levels")).to_be_visible()
    expect(page.locator("[aria-current=page]", has_text="30 дней")).to_be_visible()


def test_members_do_not_see_the_figures(open_page):
    page = open_page("/analytics")
    expect(page.locator(".figures")).to_have_count(0)
    assert ["403" in trouble for trouble in open_page.troubles] == [True]
    open_page.troubles.clear()

"""What the browser tests share: the running club, a browser, and a member who is signed in."""

import os
import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

from club import MEMBER, POSTER, running_club, wait_until
from live_room import live_show

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
EPISODE = "Голоса пустого города"


@pytest.fixture(scope="session")
def club(tmp_path_factory):
    with running_club(tmp_path_factory.mktemp("club")) as club:
        yield club


@pytest.fixture(scope="session")
def browser():
    chromium = os.environ.get("FOMO_CHROMIUM") or shutil.which("chromium")
    assert chromium, "Chromium is missing: install Debian's package, or name one in FOMO_CHROMIUM"
    arguments = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield browser
        browser.close()


def signed_in(club, browser, person):
    """The cookies of somebody who signed in by the link, as people do."""
    context = browser.new_context(locale="ru-RU")
    page = context.new_page()
    page.goto(club.web + "/login")
    page.get_by_role("button", name="Войти через Telegram").click()
    question = club.sandbox.confirm_sign_in(page.locator("[data-open]").get_attribute("href"), person)
    assert page.locator(".number strong").inner_text() in question
    page.wait_for_url("**/library")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture(scope="session")
def session(club, browser):
    """A member's."""
    return signed_in(club, browser, MEMBER)


@pytest.fixture(scope="session")
def host_session(club, browser):
    """That of the club's owner, who runs shows as well."""
    return signed_in(club, browser, POSTER)


@pytest.fixture
def open_page(club, browser, session):
    """Opens pages as a member, or as whoever's cookies `state` has. At the end, no page may have had errors or asked another site for anything.

    A test that provokes errors takes them out of `open_page.troubles`.
    """
    contexts = []
    troubles = []

    def open_page(path, signed_in=True, state=None, **options):
        options.setdefault("viewport", DESKTOP)
        options.setdefault("locale", "ru-RU")
        context = browser.new_context(storage_state=(state or session) if signed_in else None, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"{path}: {error}"))
        page.on("console", lambda line: line.type == "error" and troubles.append(f"{path}: {line.text}"))
        page.on("request", lambda request: _note_foreign(request.url, club, troubles))
        page.goto(club.web + path)
        return page

    open_page.troubles = troubles
    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def show(request, club, browser, host_session):
    """The id of a show that is live for the length of a test."""
    with live_show(club, browser, host_session, f"Эфир {request.node.name[:60]}") as show:
        yield show


@pytest.fixture
def room(show, club, browser, session, host_session):
    """Opens the room: as a member, or as the host. The club has no LiveKit unless a test brings one."""
    contexts, troubles = [], []

    def room(is_host=False, prepare=None, **options):
        options.setdefault("viewport", DESKTOP)
        context = browser.new_context(storage_state=host_session if is_host else session, locale="ru-RU", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        if prepare:
            prepare(page)
        page.goto(f"{club.web}/live/{show}")
        expect(page.locator("[data-body]")).to_be_visible()
        return page

    yield room
    for context in contexts:
        context.close()
    assert troubles == []


def _note_foreign(address, club, troubles):
    if not address.startswith((club.web, "data:", "blob:")):
        troubles.append(f"a request to {address}")


@pytest.fixture(scope="session")
def episode(club, browser, session):
    """The address of an episode that was posted in the channel and of which there is a copy for browsers."""
    text = "Прогулка с микрофоном, без единого слова.\n\nПодробности: https://example.org/walk."
    marks = "00:00 Двор\n00:20 Мост & река\n@anna_walks\n#звук #город"
    club.sandbox.post_recording(f"S2E5 {EPISODE}\n{text}\n{marks}", seconds=40)
    context = browser.new_context(storage_state=session)

    def heard():
        items = context.request.get(club.web + "/api/podcasts").json()["items"]
        number = next((item["id"] for item in items if item["title"] == EPISODE), None)
        podcast = context.request.get(f"{club.web}/api/podcasts/{number}").json() if number else {}
        has_copy = any("waveform" in recording for recording in podcast.get("recordings", []))
        return f"/podcast/{number}" if has_copy else None

    address = wait_until(heard, what="the episode")
    context.close()
    return address


expect.set_options(timeout=10_000)

"""Shows as hosts plan and run them and members answer to them: in a real browser, over the whole program."""

import datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from club import BOT, MEMBER, POSTER, wait_until
from conftest import DESKTOP, PHONE

ACCESSIBLE = (Path(__file__).parent / "accessible.js").read_text()
NAMES = {MEMBER: "Misha", POSTER: "Polina"}


def day(ahead):
    return (datetime.date.today() + datetime.timedelta(days=ahead)).isoformat()


@pytest.fixture
def host(open_page, host_session):
    """Opens pages as the owner."""
    return lambda path, **options: open_page(path, state=host_session, **options)


# A recording that is posted within two hours after a show completes that show's episode. The other tests want theirs to
# be an episode of its own, so it is posted before any show ends.
pytestmark = pytest.mark.usefixtures("episode")


@pytest.fixture
def plan(host):
    """Plans a show by the form, as a host does."""

    def plan(title, ahead=3, **fields):
        page = host("/live-management/new")
        page.get_by_label("Название").fill(title)
        page.get_by_label("День").fill(day(ahead))
        page.get_by_label("Время начала").fill(fields.get("time", "21:00"))
        page.get_by_label("Описание").fill(fields.get("summary", ""))
        page.get_by_label("Повторять каждую неделю").set_checked(fields.get("weekly", False))
        page.get_by_role("button", name="Запланировать").click()
        expect(page.get_by_role("status")).to_have_text("Эфир запланирован.")
        return page

    return plan


def card(page, title):
    return page.get_by_role("article", name=title, exact=True)


def test_a_host_plans_a_show_and_a_member_says_that_they_come(plan, open_page):
    plan("Разговор о ночи", summary="Как звучит город.\n\nИ кто его слушает.", weekly=True)
    page = open_page("/library")
    page.get_by_role("navigation", name="Разделы").get_by_role("link", name="Эфиры").click()
    show = card(page, "Разговор о ночи")
    expect(show.get_by_text("21:00–22:00")).to_be_visible()
    expect(show.get_by_text("каждую неделю")).to_be_visible()
    expect(show.get_by_text("И кто его слушает.")).to_be_visible()
    expect(show.get_by_text("Ведёт Polina")).to_be_visible()
    with page.expect_download() as download:
        show.get_by_role("link", name="В календарь").click()
    assert "SUMMARY:Разговор о ночи" in Path(download.value.path()).read_text()
    page.evaluate("window.isTheSamePage = true")
    coming = show.get_by_role("button", name="Приду")
    expect(coming).to_have_attribute("aria-pressed", "false")
    coming.focus()
    page.keyboard.press("Space")
    expect(coming).to_have_attribute("aria-pressed", "true")
    expect(coming).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("Ответ сохранён")
    expect(show.get_by_text("Придёт 1 человек")).to_be_visible()
    show.get_by_role("button", name="Напомнить").click()
    expect(show.get_by_role("button", name="Напомнить")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("window.isTheSamePage")
    page.reload()
    expect(coming).to_have_attribute("aria-pressed", "true")
    expect(show.get_by_role("button", name="Напомнить")).to_have_attribute("aria-pressed", "true")
    coming.click()
    expect(coming).to_have_attribute("aria-pressed", "false")
    expect(show.get_by_text("Придёт 1 человек")).to_have_count(0)


def test_without_scripts_an_answer_is_given_by_the_form(plan, open_page):
    plan("Без скриптов")
    page = open_page("/lives", java_script_enabled=False)
    show = card(page, "Без скриптов")
    show.get_by_role("button", name="Приду").click()
    assert "#show-" in page.url
    expect(show.get_by_role("button", name="Приду")).to_have_attribute("aria-pressed", "true")
    page.reload()
    show.get_by_role("button", name="Приду").click()
    expect(show.get_by_role("button", name="Приду")).to_have_attribute("aria-pressed", "false")


def test_an_answer_that_comes_too_late_is_explained_in_place(plan, open_page, host):
    plan("Слишком поздно")
    page = open_page("/lives")
    desk = host("/live-management")
    card(desk, "Слишком поздно").get_by_role("link", name="Отменить").click()
    desk.get_by_role("button", name="Отменить эфир").click()
    expect(desk.get_by_role("status")).to_have_text("Эфир отменён.")
    card(page, "Слишком поздно").get_by_role("button", name="Приду").click()
    expect(page.get_by_role("status")).to_have_text("Этот эфир отменён.")
    expect(page.get_by_role("status")).to_be_visible()
    assert ["409" in trouble for trouble in open_page.troubles] == [True]
    open_page.troubles.clear()
    page.reload()
    expect(card(page, "Слишком поздно")).to_have_count(0)


def test_what_is_wrong_in_the_form_is_said_beside_its_field_and_the_rest_stays(host, open_page):
    page = host("/live-management/new")
    page.get_by_label("Название").fill("Вчерашний эфир")
    page.get_by_label("День").fill(day(-1))
    page.get_by_label("Описание").fill("Опоздали.")
    page.get_by_role("button", name="Запланировать").click()
    field = page.get_by_label("День")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#date-wrong")).to_have_text("Это время уже прошло.")
    assert "date-wrong" in field.get_attribute("aria-describedby")
    expect(page.get_by_label("Название")).to_have_value("Вчерашний эфир")
    expect(page.get_by_label("Описание")).to_have_value("Опоздали.")
    page.get_by_role("alert").get_by_role("link", name="Это время уже прошло.").click()
    assert page.evaluate("document.activeElement.id") == "date"
    assert page.evaluate(ACCESSIBLE) == []
    field.fill(day(1))
    page.get_by_role("button", name="Запланировать").click()
    expect(page.get_by_role("status")).to_have_text("Эфир запланирован.")
    assert ["400" in trouble for trouble in open_page.troubles] == [True]
    open_page.troubles.clear()


def test_a_show_is_changed_begun_and_ended_and_everybody_sees_it(club, plan, open_page):
    desk = plan("Черновое имя")
    card(desk, "Черновое имя").get_by_role("link", name="Изменить").click()
    expect(desk.get_by_label("Название")).to_have_value("Черновое имя")
    desk.get_by_label("Название").fill("Вечерний эфир")
    desk.get_by_label("Время начала").fill("19:30")
    desk.get_by_role("button", name="Сохранить").click()
    expect(desk.get_by_role("status")).to_have_text("Изменения сохранены.")
    page = open_page("/lives")
    expect(card(page, "Вечерний эфир").get_by_text("19:30–20:30")).to_be_visible()

    card(desk, "Вечерний эфир").get_by_role("link", name="Начать эфир").click()
    desk.get_by_role("button", name="Начать эфир").click()
    expect(desk.get_by_role("status")).to_have_text("Эфир начался. Удачи!")
    page.reload()
    live = page.get_by_role("region", name="Сейчас в эфире")
    expect(live.get_by_role("heading", name="Вечерний эфир")).to_be_visible()
    expect(live.get_by_text("Идёт с")).to_be_visible()

    card(desk, "Вечерний эфир").get_by_role("link", name="Завершить эфир").click()
    desk.get_by_role("button", name="Завершить эфир").click()
    expect(desk.get_by_text("Эфир завершён.")).to_be_visible()
    page.reload()
    past = page.get_by_role("region", name="Прошедшие")
    show = past.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Вечерний эфир"))
    expect(show.get_by_text("Записи пока нет")).to_be_visible()

    club.sandbox.post_recording("", seconds=3)
    link = show.get_by_role("link", name="Слушать запись")
    wait_until(lambda: page.reload() and link.count(), what="the recording")
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Вечерний эфир")


def test_who_is_no_host_is_not_led_to_the_desk(open_page):
    page = open_page("/lives")
    expect(page.get_by_role("link", name="Управление")).to_have_count(0)
    page.goto(page.url.replace("/lives", "/live-management"))
    expect(page.get_by_text("На это у вас нет прав.")).to_be_visible()
    assert ["403" in trouble for trouble in open_page.troubles] == [True]
    open_page.troubles.clear()


@pytest.fixture(params=["ru", "en"])
def language(request, club, browser, session, host_session):
    """The language in which both are spoken to for the length of a test."""

    def speak(language):
        for person, state in ((MEMBER, session), (POSTER, host_session)):
            values = {"id": person, "first_name": NAMES[person], "language_code": language}
            club.sandbox.call("/sandbox/people", values)
            chat = f"/sandbox/chats/{BOT}/messages"
            before = club.sandbox.call(f"{chat}?as={person}")["sequence"]
            club.sandbox.call(chat, {"as": person, "text": "/help"})

            def is_answered():
                shown = club.sandbox.call(f"{chat}?as={person}&since={before}&wait=5")["messages"]
                return any(entry["message"]["from"]["is_bot"] for entry in shown)

            wait_until(is_answered, what=f"an answer to {NAMES[person]}")
            context = browser.new_context(storage_state=state)
            assert f'lang="{language}"' in context.request.get(club.web + "/lives").text()
            context.close()

    speak(request.param)
    yield request.param
    speak("ru")


@pytest.fixture(scope="module")
def shows(club, browser, host_session):
    """Shows of every kind: one that is live, one to come with long words, one that is over."""
    context = browser.new_context(storage_state=host_session)
    api = f"{club.web}/api/live-sessions/sessions"
    headers = {"Origin": club.web}
    ids = {}
    for name in ("over", "live", "ahead"):
        moment = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=30)
        plan = {
            "title": "Сверхдлинноеназваниебезединогопробела " * 4 if name == "ahead" else "Разговор",
            "summary": "О чём угодно: https://example.org/about.\n\nВторой абзац.",
            "starts_at": moment.isoformat(timespec="seconds"),
            "repeats_weekly": name == "ahead",
        }
        answer = context.request.post(api, data=plan, headers=headers)
        assert answer.status == 201, answer.text()
        ids[name] = answer.json()["id"]
        for step in {"over": ["start", "end"], "live": ["start"], "ahead": []}[name]:
            assert context.request.post(f"{api}/{ids[name]}/{step}", headers=headers).status == 200
    answer = context.request.post(f"{api}/{ids['ahead']}/rsvp", data={"coming": True, "remind": False}, headers=headers)
    assert answer.status == 200
    yield ids
    context.request.post(f"{api}/{ids['live']}/end", headers=headers)
    context.close()


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_shows_is_open_to_everybody(language, shows, open_page, host, viewport, scheme):
    page = open_page("/lives", viewport=viewport, color_scheme=scheme)
    assert page.evaluate("document.documentElement.lang") == language
    assert page.evaluate(ACCESSIBLE) == []
    page.goto(page.url + "?list=past")
    assert page.evaluate(ACCESSIBLE) == []
    desk = host("/live-management", viewport=viewport, color_scheme=scheme)
    root = desk.url
    for path in ("", "/new", f"/{shows['ahead']}", f"/{shows['ahead']}/cancel", f"/{shows['live']}/end"):
        desk.goto(root + path)
        assert desk.evaluate(ACCESSIBLE) == [], path

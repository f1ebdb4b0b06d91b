"""The sandbox's own page, used as a newcomer uses it: post a recording, hear it as a member, sign in by its link."""

import pytest
from club import BOT, running_club, tone
from playwright.sync_api import expect


@pytest.fixture(scope="module")
def club(tmp_path_factory):
    """A club of its own: where a show has just ended, what is posted is taken as its recording."""
    with running_club(tmp_path_factory.mktemp("club")) as club:
        yield club


@pytest.fixture
def sandbox_page(club, browser):
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(club.sandbox.address + "/")
    yield page
    context.close()
    assert errors == []


def become(page, name):
    page.locator("#people").get_by_role("button", name=name).click()


def open_chat(page, title):
    page.locator("#chats").get_by_text(title, exact=True).click()


def write(page, text):
    field = page.get_by_label("Message", exact=True)
    field.fill(text)
    field.press("Enter")


def test_what_polina_posts_misha_plays_in_the_bot(sandbox_page):
    page = sandbox_page
    become(page, "Polina")
    open_chat(page, "FOMO Recordings")
    page.locator("input[type=file]").first.set_input_files(
        {"name": "talk.wav", "mimeType": "audio/wav", "buffer": tone(2, 300)}
    )
    write(page, "Песочница\nПервый выпуск отсюда #песок")
    expect(page.locator("#conversation").get_by_text("Песочница").first).to_be_visible()

    become(page, "Misha")
    open_chat(page, "FOMO Podcasts")
    write(page, "/search песочница")
    card = page.locator("#conversation").get_by_role("button", name="1. Песочница")
    card.last.click()
    page.locator("#conversation").get_by_role("button", name="▶️ Слушать").last.click()
    played = page.locator("#conversation").get_by_role("button", name="Play").last
    expect(played).to_be_visible()


def test_stella_asks_to_join_and_polina_lets_her_in(sandbox_page):
    page = sandbox_page
    become(page, "Stella")
    open_chat(page, "FOMO Podcasts")
    start = page.get_by_role("button", name="Start", exact=True)
    expect(start.or_(page.get_by_label("Message", exact=True))).to_be_visible()
    # Another test may have begun her conversation.
    start.click() if start.is_visible() else write(page, "/start")
    page.locator("#conversation").get_by_role("button", name="🙋 Ask to join").last.click()
    expect(page.locator("#conversation").get_by_text("Your request is on its way").last).to_be_visible()

    become(page, "Polina")
    open_chat(page, "FOMO Podcasts")
    page.locator("#conversation").get_by_role("button", name="✅ Принять").last.click()
    expect(page.locator("#conversation").get_by_text("теперь в клубе").last).to_be_visible()

    become(page, "Stella")
    open_chat(page, "FOMO Podcasts")
    expect(page.locator("#conversation").get_by_text("Welcome to the club, Stella").last).to_be_visible()


def test_a_show_has_one_post_in_the_channel_that_lives_as_long_as_it_does(sandbox_page):
    page = sandbox_page
    conversation = page.locator("#conversation")

    def tap(label):
        conversation.get_by_role("button", name=label).last.click()

    def channel_shows(person, words):
        become(page, person)
        open_chat(page, "FOMO Recordings")
        # Answers edit the announcement every ten seconds at most.
        expect(conversation.get_by_text(words).last).to_be_visible(timeout=30_000)

    become(page, "Polina")
    open_chat(page, "FOMO Podcasts")
    start = page.get_by_role("button", name="Start", exact=True)
    expect(start.or_(page.get_by_label("Message", exact=True))).to_be_visible()
    if start.is_visible():
        start.click()
    write(page, "/newlive Вечер в песочнице завтра 21:00")
    expect(conversation.get_by_role("button", name="▶️ Начать эфир").last).to_be_visible()
    channel_shows("Misha", "Вечер в песочнице")
    tap("🙋 Я приду")
    channel_shows("Misha", "Придёт 1 человек")

    become(page, "Polina")
    open_chat(page, "FOMO Podcasts")
    tap("▶️ Начать эфир")
    channel_shows("Polina", "В эфире: Вечер в песочнице")
    open_chat(page, "FOMO Podcasts")
    tap("⏹ Завершить эфир")
    tap("⏹ Да, завершить")
    channel_shows("Polina", "Запись скоро будет.")
    # One post, which has become another one each time, and one that answers it.
    expect(conversation.get_by_text("Запись скоро будет в библиотеке.")).to_have_count(1)
    for past in ("Придёт 1 человек", "В эфире: Вечер в песочнице"):
        expect(conversation.get_by_text(past)).to_have_count(0)


def test_the_sign_in_page_leads_to_the_bot_and_back(club, browser):
    context = browser.new_context(locale="ru-RU", viewport={"width": 1280, "height": 800})
    telegram = context.new_page()
    telegram.goto(club.sandbox.address + "/")
    become(telegram, "Misha")
    site = context.new_page()
    site.goto(club.web + "/login")
    site.get_by_role("button", name="Войти через Telegram").click()
    number = site.locator(".number strong").inner_text()
    link = site.locator("[data-open]").get_attribute("href")
    assert f"bot={BOT}" in link

    telegram.goto(link)
    question = telegram.locator("#conversation").get_by_text("Число на странице").last
    expect(question).to_contain_text(number)
    telegram.locator("#conversation").get_by_role("button", name="✅ Да, это я").last.click()

    site.wait_for_url("**/library")
    context.close()

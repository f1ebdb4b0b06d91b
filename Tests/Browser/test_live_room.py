"""The live room as people use it: several browsers in one show, over the whole program."""

import datetime
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from club import wait_until
from conftest import DESKTOP, PHONE
from live_room import Wire, choose, log, raise_hand, say, texts

ACCESSIBLE = (Path(__file__).parent / "accessible.js").read_text()

# Collects what the line beside the message field says to screen readers.
READ_ALOUD = """() => {
  window.readAloud = [];
  const said = document.querySelector("[data-composer-said]");
  new MutationObserver(() => readAloud.push(said.textContent)).observe(said, { childList: true });
}"""

# A show that ends takes the next recording that is posted; the other tests want theirs as an episode of its own.
pytestmark = pytest.mark.usefixtures("episode")


def forget_refused_sound(page, troubles):
    """The club has no LiveKit; the page is told so with a 503, and the browser notes that."""
    expect(page.get_by_text("Здесь пока без звука")).to_be_visible()
    troubles[:] = [trouble for trouble in troubles if "503" not in trouble]


def test_two_people_talk_and_questions_are_marked(room):
    misha, polina = room(), room(is_host=True)
    say(misha, "Добрый вечер!")
    expect(log(polina).get_by_text("Добрый вечер!")).to_be_visible()
    say(polina, "Привет, <b>Миша</b>")
    expect(log(misha).get_by_text("Привет, <b>Миша</b>")).to_be_visible()
    misha.get_by_role("button", name="Вопрос тем, кто на сцене").click()
    say(misha, "Как звучит ночь?")
    question = log(polina).get_by_role("listitem").filter(has_text="Как звучит ночь?")
    expect(question.get_by_text("Вопрос", exact=True)).to_be_visible()
    assert texts(misha) == texts(polina) == ["Добрый вечер!", "Привет, <b>Миша</b>", "Как звучит ночь?"]
    expect(misha.get_by_text("Слушают: 2")).to_be_visible()


def test_a_reaction_is_seen_by_the_others(room):
    misha, polina = room(), room(is_host=True)
    misha.get_by_role("button", name="🔥").click()
    expect(polina.locator(".reaction.is-heard", has_text="🔥")).to_be_visible()
    expect(polina.locator(".float", has_text="🔥")).to_have_count(1)


def test_with_reduced_motion_nothing_floats(room):
    misha, polina = room(), room(is_host=True, reduced_motion="reduce")
    misha.get_by_role("button", name="👏").click()
    expect(polina.locator(".reaction.is-heard", has_text="👏")).to_be_visible()
    expect(polina.locator(".float")).to_have_count(0)


def test_a_hand_leads_to_the_stage_by_two_consents(room):
    misha, polina = room(viewport=PHONE), room(is_host=True)
    misha.get_by_role("button", name="Поднять руку").click()
    misha.get_by_label("О чём хотите сказать?").fill("О тишине")
    misha.get_by_role("dialog").get_by_role("button", name="Поднять руку").click()
    expect(misha.get_by_text("Вы в очереди: 1")).to_be_visible()
    hands = polina.get_by_role("region", name="Поднятые руки")
    expect(hands.get_by_role("listitem")).to_contain_text("О тишине")
    polina.get_by_role("button", name="Позвать следующего").click()
    expect(polina.get_by_text("Ждём ответа: Misha")).to_be_visible()
    expect(misha.get_by_role("alert").filter(has_text="Вас зовут на сцену.")).to_be_visible()
    expect(misha.locator("[data-invitation-time]")).to_have_text(re.compile(r"0:5\d|1:00"))
    expect(misha).to_have_title("✋ Вас зовут на сцену.")
    assert misha.evaluate(ACCESSIBLE) == []
    misha.get_by_role("button", name="Выйти на сцену", exact=True).click()
    for page in (misha, polina):
        expect(page.locator(".seat").filter(has_text="Misha")).to_be_visible()
    expect(misha.get_by_role("status").filter(has_text="Вы на сцене").first).to_be_visible()
    # The club has no sound, so no microphone is spoken of.
    expect(misha.get_by_text("Включите микрофон")).to_have_count(0)
    expect(misha).not_to_have_title("✋ Вас зовут на сцену.")
    expect(hands.get_by_role("listitem")).to_have_count(0)
    stage = polina.get_by_role("region", name="Сцена")
    stage.get_by_role("button", name="Сказать спасибо: Misha").click()
    expect(polina.get_by_text("Спасибо передано: Misha")).to_be_visible()
    expect(misha.get_by_text("говорит вам спасибо")).to_be_visible()


def test_the_thanks_of_many_are_told_in_one_line(room):
    wires = []
    polina = room(is_host=True, prepare=lambda page: wires.append(Wire(page)))
    own = polina.locator(".seat").get_attribute("data-user")
    wires[0].tell({"type": "supported", "user_id": own, "by": "nobody", "count": 4})
    expect(polina.get_by_text("Вам говорят спасибо: кто-то из клуба и ещё 3")).to_be_visible()


def test_a_hand_is_lowered_and_an_invitation_declined(room):
    misha, polina = room(), room(is_host=True)
    for _ in range(2):
        misha.get_by_role("button", name="Поднять руку").click()
        misha.get_by_role("dialog").get_by_role("button", name="Поднять руку").click()
        expect(misha.get_by_text("Вы в очереди: 1")).to_be_visible()
        misha.get_by_role("button", name="Опустить руку").click()
        expect(misha.get_by_role("button", name="Поднять руку")).to_be_visible()
    say(misha, "Я здесь")
    choose(polina, log(polina).get_by_role("listitem").filter(has_text="Я здесь"), "Позвать на сцену")
    misha.get_by_role("button", name="Не сейчас").click()
    expect(misha.get_by_role("button", name="Поднять руку")).to_be_visible()
    expect(polina.get_by_text("Ждём ответа")).to_have_count(0)


def test_the_host_pins_a_topic_and_takes_it_down(room):
    misha, polina = room(), room(is_host=True)
    polina.get_by_label("Тема разговора").fill("Как слушать город")
    polina.get_by_role("button", name="Закрепить", exact=True).click()
    expect(misha.get_by_role("region", name="Тема")).to_have_text("Как слушать город")
    polina.get_by_role("button", name="Открепить").click()
    expect(misha.get_by_role("region", name="Тема")).to_have_count(0)


def test_slow_mode_counts_down_and_a_closed_chat_says_why(room):
    misha, polina = room(), room(is_host=True)
    polina.get_by_label("Медленный режим").select_option("30")
    line = misha.locator("[data-composer-line]")
    expect(line).to_have_text("Медленный режим: одно сообщение за 0:30")
    misha.evaluate(READ_ALOUD)
    say(misha, "Первое")
    expect(line).to_contain_text("Следующее сообщение через 0:2")
    misha.get_by_label("Сообщение", exact=True).fill("Второе")
    expect(misha.get_by_role("button", name="Отправить")).to_be_disabled()
    expect(line).to_have_text("Следующее сообщение через 0:26")
    polina.get_by_label("Медленный режим").select_option("0")
    expect(misha.get_by_role("button", name="Отправить")).to_be_enabled()
    # Screen readers are told the beginning and the end, not every second.
    assert misha.evaluate("window.readAloud") == ["Следующее сообщение через 0:30", "Можно писать."]
    polina.get_by_label("Кто пишет в чат").select_option("hosts")
    expect(line).to_have_text("Сейчас пишут только ведущие.")
    expect(misha.get_by_label("Сообщение", exact=True)).to_be_disabled()
    say(polina, "Говорят ведущие")
    expect(log(misha).get_by_text("Говорят ведущие")).to_be_visible()
    polina.get_by_label("Кто пишет в чат").select_option("off")
    for page in (misha, polina):
        expect(page.locator("[data-composer-line]")).to_have_text("Чат выключен.")
        expect(page.get_by_label("Сообщение", exact=True)).to_be_disabled()


def test_slow_mode_keeps_what_was_written_without_a_network(room):
    misha, polina = room(), room(is_host=True)
    polina.get_by_label("Медленный режим").select_option("10")
    expect(misha.locator("[data-composer-line]")).to_contain_text("0:10")
    misha.context.set_offline(True)
    expect(misha.get_by_text("Нет сети.")).to_be_visible()
    whole = ["Раз", "Два", "Три"]
    for text in whole:
        say(misha, text)
    misha.get_by_label("Сообщение", exact=True).fill("Пишу дальше")
    misha.context.set_offline(False)
    expect(log(misha).get_by_text("ждёт: медленный режим")).to_have_count(2)
    wait_until(lambda: texts(polina) == whole, what="all three, one after the other")
    wait_until(lambda: texts(misha) == whole, what="all three at home")
    expect(misha.get_by_label("Сообщение", exact=True)).to_have_value("Пишу дальше")


def test_an_own_message_is_one_row_from_the_first_moment(room):
    misha = room()
    misha.evaluate("""() => {
      window.rows = 0;
      const count = (changes) => { for (const { addedNodes } of changes) window.rows += addedNodes.length; };
      new MutationObserver(count).observe(document.querySelector("[data-messages]"), { childList: true });
    }""")
    say(misha, "Одна строка")
    expect(log(misha).locator(".message:not(.is-on-its-way)").get_by_text("Одна строка")).to_be_visible()
    assert misha.evaluate("window.rows") == 1


def test_what_is_deleted_vanishes_for_everybody(room):
    misha, polina = room(), room(is_host=True)
    say(misha, "Лишнее")
    choose(polina, log(polina).get_by_role("listitem").filter(has_text="Лишнее"), "Удалить сообщение")
    for page in (misha, polina):
        expect(log(page).get_by_text("Лишнее")).to_have_count(0)
    say(misha, "Моё")
    choose(misha, log(misha).get_by_role("listitem").filter(has_text="Моё"), "Удалить сообщение")
    expect(log(polina).get_by_text("Моё")).to_have_count(0)
    assert "Лишнее" not in polina.content()


def test_a_deleted_topic_of_a_hand_vanishes_for_everybody_and_the_hand_stays_up(room):
    misha, polina = room(), room(is_host=True)
    raise_hand(misha, "Лишняя тема")
    hand = polina.locator("[data-hand]")
    expect(hand).to_contain_text("Лишняя тема")
    choose(polina, hand, "Удалить тему")
    for page in (misha, polina):
        expect(page.get_by_text("Лишняя тема")).to_have_count(0)
    expect(hand).to_have_count(1)


def test_who_is_removed_reads_why_and_stays_out(room):
    misha, polina = room(), room(is_host=True)
    say(misha, "Пока")
    choose(polina, log(polina).get_by_role("listitem").filter(has_text="Пока"), "Удалить из эфира")
    polina.get_by_role("dialog").get_by_role("button", name="Удалить из эфира").click()
    expect(misha.get_by_role("heading", name="Вас удалили из этого эфира")).to_be_visible()
    expect(misha.get_by_text("Так решил ведущий.")).to_be_visible()
    expect(misha.get_by_role("log")).to_have_count(0)
    misha.reload()
    expect(misha.get_by_role("heading", name="Вас удалили из этого эфира")).to_be_visible()


def test_ten_seconds_without_a_network_lose_and_double_nothing(room):
    misha, polina = room(), room(is_host=True)
    say(misha, "До обрыва")
    expect(log(polina).get_by_text("До обрыва")).to_be_visible()
    misha.context.set_offline(True)
    expect(misha.get_by_text("Нет сети.")).to_be_visible()
    say(misha, "Во время обрыва")
    expect(log(misha).get_by_text("Во время обрыва")).to_be_visible()
    expect(log(misha).get_by_text("отправляется…")).to_be_visible()
    for number in range(3):
        say(polina, f"Пропущенное {number}")
    misha.wait_for_timeout(10_000)
    assert "Пропущенное" not in "".join(texts(misha))
    misha.context.set_offline(False)
    expect(misha.get_by_text("Снова на связи.")).to_be_visible()
    expect(log(misha).get_by_text("отправляется…")).to_have_count(0)
    whole = ["До обрыва", "Пропущенное 0", "Пропущенное 1", "Пропущенное 2", "Во время обрыва"]
    wait_until(lambda: texts(misha) == texts(polina) == whole, what="the same log on both sides")


def test_an_answer_that_is_lost_makes_no_second_message(room):
    wires = []
    misha = room(prepare=lambda page: wires.append(Wire(page)))
    polina = room(is_host=True)
    wire = wires[0]
    wire.deafen()
    say(misha, "Один раз")
    expect(log(polina).get_by_text("Один раз")).to_be_visible()
    expect(log(misha).get_by_text("отправляется…")).to_be_visible()
    wire.cut()
    wire.mend()
    expect(log(misha).get_by_text("отправляется…")).to_have_count(0)
    # Said anew under the same name, the room keeps one.
    first = wire.said("chat")[0]
    say(misha, "Второй раз")
    expect(log(polina).get_by_text("Второй раз")).to_be_visible()
    assert texts(misha) == texts(polina) == ["Один раз", "Второй раз"]
    assert all(frame["client_id"] == first["client_id"] for frame in wire.sent if frame.get("message") == "Один раз")


def test_a_hand_that_is_raised_on_a_dead_line_is_raised_once_it_is_back(room):
    wires = []
    misha = room(prepare=lambda page: wires.append(Wire(page)))
    polina = room(is_host=True)
    wires[0].freeze()
    raise_hand(misha, "О связи")
    hands = polina.get_by_role("region", name="Поднятые руки")
    expect(hands.get_by_role("listitem")).to_contain_text("О связи", timeout=20_000)
    expect(misha.get_by_text("Вы в очереди: 1")).to_be_visible()
    misha.get_by_role("button", name="Опустить руку").click()
    expect(hands.get_by_role("listitem")).to_have_count(0)
    assert [frame["action"] for frame in wires[0].said("hand_raise")] == ["raise", "raise", "lower"]


def test_what_the_room_has_heard_is_not_asked_again(room):
    wires = []
    misha, polina = room(), room(is_host=True, prepare=lambda page: wires.append(Wire(page)))
    raise_hand(misha)
    expect(polina.get_by_role("button", name="Позвать следующего")).to_be_enabled()
    wires[0].deafen()
    polina.get_by_role("button", name="Позвать следующего").click()
    expect(misha.get_by_role("alert").filter(has_text="Вас зовут на сцену.")).to_be_visible()
    expect(polina.get_by_text("Ждём ответа: Misha")).to_be_visible(timeout=20_000)
    polina.get_by_label("Тема разговора").fill("Связь")
    polina.get_by_role("button", name="Закрепить", exact=True).click()
    expect(misha.get_by_role("region", name="Тема")).to_have_text("Связь")
    assert len(wires[0].said("next_hand")) == 1


def test_a_store_that_does_not_answer_is_left_in_peace_for_a_while(room):
    wires = []
    misha = room(prepare=lambda page: wires.append(Wire(page)))
    wire = wires[0]
    wire.cut(code=1013)
    wire.mend()
    misha.wait_for_timeout(4_500)
    assert wire.tries == 1
    expect(misha.get_by_text("Снова на связи.")).to_be_visible()
    assert wire.tries == 2


def test_who_has_too_many_pages_open_reads_so_and_comes_in_when_one_is_closed(room, show, open_page):
    others = [room() for _ in range(5)]
    page = open_page("/lives")
    refusal = {"error": {"code": "too_many_sockets", "message": "Эфир открыт уже на пяти страницах."}}
    page.route("**/room/*/state", lambda route: route.fulfill(status=429, json=refusal))
    page.goto(page.url.replace("/lives", f"/live/{show}"))
    expect(page.get_by_role("status").filter(has_text="Эфир открыт уже на пяти страницах.")).to_be_visible()
    others[0].close()
    page.get_by_role("button", name="Ещё раз").click()
    expect(page.get_by_role("log")).to_be_visible()
    expect(page.get_by_role("button", name="Ещё раз")).to_have_count(0)
    forget_refused_sound(page, open_page.troubles)
    assert all("429" in trouble for trouble in open_page.troubles)
    open_page.troubles.clear()


def test_what_was_typed_survives_a_reload_and_news_wait_for_whoever_reads_above(room):
    misha, polina = room(viewport=PHONE), room(is_host=True)
    for number in range(4):
        say(polina, f"Длинное сообщение {number} " + "о звуках города " * 30)
    expect(log(misha).get_by_role("listitem")).to_have_count(4)
    log(misha).evaluate("(list) => list.scrollTo(0, 0)")
    newer = misha.get_by_role("button", name="Новые сообщения")
    expect(newer).to_be_hidden()
    say(polina, "Свежее")
    expect(newer).to_be_visible()
    newer.click()
    expect(newer).to_be_hidden()
    expect(log(misha).get_by_text("Свежее")).to_be_in_viewport()
    misha.get_by_label("Сообщение", exact=True).fill("ж" * 950)
    line = misha.locator("[data-composer-line]")
    expect(line).to_have_text("Осталось символов: 50")
    misha.reload()
    expect(misha.get_by_label("Сообщение", exact=True)).to_have_value("ж" * 950)
    misha.get_by_label("Сообщение", exact=True).fill("ж" * 1001)
    expect(line).to_have_text("Слишком длинно на 1")
    expect(misha.get_by_role("button", name="Отправить")).to_be_disabled()


def test_the_end_of_the_show_leads_to_what_remains_of_it(room, club, show):
    misha, polina = room(), room(is_host=True)
    polina.get_by_role("button", name="Завершить эфир").click()
    polina.get_by_role("dialog").get_by_role("button", name="Завершить эфир").click()
    for page in (misha, polina):
        expect(page.locator(".eyebrow")).to_have_text("Эфир завершён", timeout=15_000)
        expect(page.locator("[data-attendance]")).to_contain_text("Слушали: 2")
    assert misha.evaluate(ACCESSIBLE) == []


def test_whoever_waits_comes_in_when_the_host_begins(club, browser, host_session, open_page):
    context = browser.new_context(storage_state=host_session)
    api, headers = f"{club.web}/api/live-sessions/sessions", {"Origin": club.web}
    moment = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=2)
    plan = {"title": "Ещё не начался", "starts_at": moment.isoformat(timespec="seconds")}
    show = context.request.post(api, data=plan, headers=headers).json()["id"]
    misha = open_page(f"/live/{show}")
    polina = open_page(f"/live/{show}", state=host_session)
    expect(misha.get_by_role("heading", name="Эфир ещё не начался")).to_be_visible()
    misha.get_by_role("button", name="Приду").click()
    expect(misha.get_by_role("button", name="Приду")).to_have_attribute("aria-pressed", "true")
    assert misha.evaluate(ACCESSIBLE) == []
    polina.get_by_role("button", name="Начать эфир").click()
    polina.get_by_role("dialog").get_by_role("button", name="Начать эфир").click()
    for page in (misha, polina):
        expect(page.get_by_role("log")).to_be_visible()
        forget_refused_sound(page, open_page.troubles)
    expect(misha.get_by_role("heading", name="Эфир ещё не начался")).to_have_count(0)
    context.request.post(f"{api}/{show}/end", headers=headers)
    context.close()


@pytest.mark.parametrize("viewport", [{"width": 320, "height": 640}, PHONE, DESKTOP], ids=["narrow", "phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_room_is_open_to_everybody(room, viewport, scheme):
    misha = room(viewport=viewport, color_scheme=scheme)
    polina = room(is_host=True, viewport=viewport, color_scheme=scheme)
    say(misha, "Слово " * 30)
    misha.get_by_role("button", name="Поднять руку").click()
    misha.get_by_role("dialog").get_by_role("button", name="Поднять руку").click()
    expect(misha.get_by_text("Вы в очереди: 1")).to_be_visible()
    assert misha.evaluate(ACCESSIBLE) == []
    parts = polina.get_by_role("navigation", name="Части эфира")
    for part in ("Чат", "Руки", "Пульт"):
        if viewport != DESKTOP:
            parts.get_by_role("button", name=part).click()
        assert polina.evaluate(ACCESSIBLE) == [], part


def test_by_keyboard_alone_one_writes_and_raises_a_hand(room):
    misha = room()
    misha.get_by_label("Сообщение", exact=True).focus()
    misha.keyboard.type("С клавиатуры")
    misha.keyboard.press("Enter")
    expect(log(misha).get_by_text("С клавиатуры")).to_be_visible()
    raise_hand = misha.get_by_role("button", name="Поднять руку")
    raise_hand.focus()
    misha.keyboard.press("Enter")
    expect(misha.get_by_label("О чём хотите сказать?")).to_be_focused()
    misha.keyboard.press("Escape")
    expect(misha.get_by_role("dialog")).to_have_count(0)
    expect(raise_hand).to_be_focused()
    misha.keyboard.press("Enter")
    misha.keyboard.press("Enter")
    expect(misha.get_by_text("Вы в очереди: 1")).to_be_visible()


def test_strangers_sign_in_first_and_a_show_that_is_none_leads_to_the_others(club, open_page, show):
    page = open_page(f"/live/{show}", signed_in=False)
    assert "/login?next=" in page.url
    page = open_page("/live/nothing")
    expect(page.get_by_role("heading", name="Такого эфира нет")).to_be_visible()
    page.get_by_role("link", name="Ко всем эфирам").click()
    page.wait_for_url("**/lives")
    page.get_by_role("link", name="Войти в эфир").first.click()
    page.wait_for_url("**/live/*")
    forget_refused_sound(page, open_page.troubles)
    assert ["404" in trouble for trouble in open_page.troubles] == [True]
    open_page.troubles.clear()

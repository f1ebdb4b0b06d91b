"""The room's sound, with a stand-in in the place of LiveKit's script: who joins, when the microphone is published."""

import pytest
from playwright.sync_api import expect

from club import wait_until
from live_room import Wire, asked, choose, log, say, with_audio

# A show that ends takes the next recording that is posted; the other tests want theirs as an episode of its own.
pytestmark = pytest.mark.usefixtures("episode")


def test_without_livekit_the_room_says_so_and_works(room):
    misha = room()
    expect(misha.get_by_text("Здесь пока без звука")).to_be_visible()
    say(misha, "Слышно чат")
    expect(log(misha).get_by_text("Слышно чат")).to_be_visible()


def test_the_microphone_is_published_on_stage_only_and_after_a_tap(room):
    tokens = []
    misha = room(prepare=lambda page: tokens.append(with_audio(page)))
    polina = room(is_host=True)
    wait_until(lambda: asked(misha, "connect"), what="joining the audio")
    assert asked(misha, "connect") == [["connect", "wss://audio.example", "token-1"]]
    turn_on = misha.get_by_role("button", name="Включить микрофон")
    expect(turn_on).to_be_hidden()
    say(misha, "Готов")
    choose(polina, log(polina).get_by_role("listitem").filter(has_text="Готов"), "Позвать на сцену")
    misha.get_by_role("button", name="Выйти на сцену", exact=True).click()
    expect(misha.get_by_text("Вы на сцене. Включите микрофон, когда будете готовы.")).to_be_visible()
    expect(turn_on).to_be_visible()
    assert asked(misha, "microphone") == []
    misha.evaluate("window.livekit.mayPublish = true")
    turn_on.click()
    expect(misha.get_by_role("button", name="Выключить микрофон")).to_be_visible()
    expect(misha.get_by_label("Какой микрофон")).to_be_visible()
    misha.get_by_label("Какой микрофон").select_option("outer")
    wait_until(lambda: asked(misha, "device") == [["device", "audioinput", "outer"]], what="the other microphone")
    stage = polina.get_by_role("region", name="Сцена")
    choose(polina, stage.get_by_role("listitem").filter(has_text="Misha"), "Выключить микрофон")
    polina.get_by_role("dialog").get_by_role("button", name="Выключить микрофон").click()
    expect(misha.get_by_text("Ведущий выключил ваш микрофон.")).to_be_visible()
    assert asked(misha, "microphone") == [["microphone", True], ["microphone", False]]


def test_who_speaks_is_shown_and_a_second_device_takes_the_sound_over(room):
    polina = room(is_host=True, prepare=with_audio)
    seat = polina.get_by_role("region", name="Сцена").get_by_role("listitem").filter(has_text="Polina")
    expect(seat).to_be_visible()
    identity = seat.get_attribute("data-user")
    polina.evaluate("(id) => window.livekit.room.emit('activeSpeakersChanged', [{ identity: id }])", identity)
    expect(seat.get_by_text("говорит")).to_have_count(1)
    polina.evaluate("window.livekit.room.emit('disconnected', 2)")
    expect(polina.get_by_text("Звук теперь на другом вашем устройстве.")).to_be_visible()
    polina.wait_for_timeout(2_500)
    assert len(asked(polina, "connect")) == 1
    polina.get_by_role("button", name="Слушать здесь").click()
    wait_until(lambda: len(asked(polina, "connect")) == 2, what="the sound's return")


def test_a_browser_that_wants_a_tap_gets_a_button_and_a_lost_room_a_new_token(room):
    misha = room(prepare=with_audio)
    wait_until(lambda: asked(misha, "connect"), what="joining the audio")
    misha.evaluate("window.livekit.canPlay = false; window.livekit.room.emit('audioPlaybackChanged')")
    misha.get_by_role("button", name="Включить звук").click()
    wait_until(lambda: asked(misha, "startAudio"), what="the sound")
    expect(misha.get_by_role("button", name="Включить звук")).to_be_hidden()
    misha.evaluate("window.livekit.room.emit('disconnected', 3)")
    wait_until(lambda: len(asked(misha, "connect")) == 2, what="the sound's return")
    assert asked(misha, "connect")[1][2] == "token-2"


def test_whose_microphone_is_on_is_drawn_from_what_is_heard(room):
    wires = []

    def prepare(page):
        with_audio(page)
        wires.append(Wire(page))

    misha, polina = room(prepare=prepare), room(is_host=True)
    wait_until(lambda: asked(misha, "connect"), what="joining the audio")
    seat = misha.get_by_role("region", name="Сцена").get_by_role("listitem").filter(has_text="Polina")
    expect(seat).to_contain_text("микрофон выключен")
    person = polina.locator(".seat").get_attribute("data-user")
    turn = """([person, isOn]) => {
      const other = { identity: person, isMicrophoneEnabled: isOn };
      window.livekit.others.set(person, other);
      window.livekit.room.emit(isOn ? "trackUnmuted" : "trackMuted", {}, other);
    }"""
    misha.evaluate(turn, [person, True])
    expect(seat).to_contain_text("микрофон включён")
    # That somebody was muted says nothing about what they do next.
    wires[0].tell({"type": "user_muted", "user_id": person, "by": "1"})
    misha.evaluate(turn, [person, False])
    expect(seat).to_contain_text("микрофон выключен")
    misha.evaluate(turn, [person, True])
    expect(seat).to_contain_text("микрофон включён")

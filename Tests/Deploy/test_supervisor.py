"""The club as supervisor runs it: the shipped file, a real supervisord, the real program."""

import os
import signal
import time

import pytest
from club import tone, wait_until
from conftest import opened
from installation import CLUB_TOKEN, RECORDER_TOKEN
from supervision import CLUB_PROGRAMS, supervised

CLUB_LOGS = {"backend.err.log", "backend.out.log", "telegram_bot.err.log", "telegram_bot.out.log"}
MONGO_LOGS = {"mongodb.err.log", "mongodb.out.log"}


@pytest.fixture(scope="module")
def mongo_club(installation, sandbox, sqlite_club, tmp_path_factory):
    """The club under supervisor with all three programs. The other club sleeps meanwhile: they share the bots."""
    sqlite_club.ctl("stop", "all")
    with supervised(tmp_path_factory.mktemp("mongodb"), installation, sandbox, store="mongodb") as club:
        yield opened(club, sandbox)
    # The store ends last.
    order = ["telegram_recording_bot", "backend", "mongodb"]
    assert club.ends()[-3:] == [(program, "exit status 0") for program in order]
    sqlite_club.start()


@pytest.fixture(params=["sqlite", "mongodb"], scope="module")
def supervised_club(request):
    """Both clubs, one after the other: all tests with the first come before those with the second."""
    return request.getfixturevalue({"sqlite": "sqlite_club", "mongodb": "mongo_club"}[request.param])


with_sqlite = pytest.mark.parametrize("supervised_club", ["sqlite"], indirect=True)
with_mongodb = pytest.mark.parametrize("supervised_club", ["mongodb"], indirect=True)


def test_all_programs_run_and_log_under_their_names(supervised_club):
    logs = CLUB_LOGS | (MONGO_LOGS if "mongodb" in supervised_club.programs else set())
    assert set(supervised_club.states().values()) == {"RUNNING"}
    assert {path.name for path in (supervised_club.folder / "log").iterdir()} == logs
    assert supervised_club.is_ready()
    assert str(supervised_club.port) in supervised_club.log("backend.err.log")


def test_what_is_posted_comes_through_the_recording_bot_and_is_heard_on_the_site(supervised_club, sandbox):
    before = sandbox.call("/sandbox/calls?since=0&wait=0")["last"]
    title = f"Под присмотром, {len(supervised_club.programs)}"
    sandbox.post_recording(f"{title}\n#служба", seconds=2)
    episode = supervised_club.owner.episode(title)
    audio = supervised_club.owner.get(f"/api/podcasts/{episode['id']}/audio")
    assert (audio.status, audio.body) == (200, tone(2, 440))
    fetches = sandbox.call(f"/sandbox/calls?since={before}&wait=0&method=getFile")["calls"]
    assert {call["bot"] for call in fetches} == {5151}


def test_a_killed_program_comes_back(supervised_club):
    for program in supervised_club.programs:
        before = supervised_club.process(program)
        os.kill(before, signal.SIGKILL)
        wait_until(lambda: supervised_club.process(program) not in (0, before), what=f"a new {program}")
        supervised_club.wait_for("RUNNING", supervised_club.programs)
        wait_until(supervised_club.is_ready, what="the site")


@with_sqlite
def test_episodes_and_sessions_outlive_killed_programs(supervised_club, sandbox):
    title = "До и после"
    sandbox.post_recording(title, seconds=1, pitch=300)
    before = supervised_club.owner.episode(title)["id"]
    processes = [supervised_club.process(program) for program in CLUB_PROGRAMS]
    for process in processes:
        os.kill(process, signal.SIGKILL)
    wait_until(
        lambda: all(supervised_club.process(program) not in (0, *processes) for program in CLUB_PROGRAMS),
        what="new processes",
    )
    supervised_club.start()
    sandbox.post_recording(f"{title} снова", seconds=1, pitch=310)
    assert supervised_club.owner.episode(f"{title} снова")["id"] != supervised_club.owner.episode(title)["id"] == before


def test_no_token_is_in_a_log_or_on_a_command_line(supervised_club):
    lines = [supervised_club.told(), (supervised_club.folder / "supervisord.log").read_text()]
    for program in supervised_club.programs:
        with open(f"/proc/{supervised_club.process(program)}/cmdline") as line:
            lines.append(line.read())
        with open(f"/proc/{supervised_club.process(program)}/environ") as line:
            lines.append(line.read())
    for token in (CLUB_TOKEN, RECORDER_TOKEN):
        assert not any(token in line for line in lines)


def test_stopping_ends_everything_in_time(supervised_club):
    began = time.monotonic()
    supervised_club.ctl("stop", "all")
    took = time.monotonic() - began
    try:
        assert took < 15
        assert set(supervised_club.states().values()) == {"STOPPED"}
        assert not supervised_club.is_ready()
        for program in CLUB_PROGRAMS:
            # Where the store goes at the same moment, the programs use up their 10 s, but need not be killed.
            how = "exit status" if "mongodb" in supervised_club.programs else "exit status 0"
            assert how in supervised_club.last_end(program)
    finally:
        supervised_club.start()


@with_mongodb
def test_stopped_before_their_store_the_programs_end_cleanly(supervised_club):
    supervised_club.ctl("stop", *CLUB_PROGRAMS)
    try:
        assert {supervised_club.last_end(program) for program in CLUB_PROGRAMS} == {"exit status 0"}
    finally:
        supervised_club.start()


@with_mongodb
def test_a_club_that_comes_before_its_store_waits_for_it(supervised_club):
    supervised_club.ctl("stop", "all")
    supervised_club.ctl("start", "backend")
    wait_until(lambda: "exit status 75" in supervised_club.last_end("backend"), what="the first try")
    supervised_club.ctl("start", "mongodb")
    supervised_club.start()
    assert supervised_club.is_ready()


def test_wrong_settings_end_in_fatal_with_the_reason_in_the_log(wrong_club):
    wrong_club.wait_for("FATAL", CLUB_PROGRAMS, seconds=260)
    for log in ("backend.err.log", "telegram_bot.err.log"):
        lines = [line for line in wrong_club.log(log).splitlines() if line.startswith("fomo:")]
        assert len(lines) == 21
        assert set(lines) == {lines[0]} and lines[0].startswith("fomo: TELEGRAM_CHANNEL_ID:")
    for program in CLUB_PROGRAMS:
        assert "exit status 78" in wrong_club.last_end(program)

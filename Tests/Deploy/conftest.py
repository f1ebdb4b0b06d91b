"""What the deployment tests share: the program installed as on a machine, and the club under supervisor.

Everything is real but two: the sandbox stands for Telegram, and Tests/Support/Mongo for the MongoDB server.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
sys.path.append(str(PROJECT / "Tests/Browser"))

from installation import PROGRAM, Installation, second_bot
from supervision import supervised
from visitor import Visitor

from club import Sandbox, answers, free_port, wait_until


@pytest.fixture(scope="session")
def installation(tmp_path_factory):
    """The program, its resources and its services' files, as install.sh puts them, below a folder."""
    place = Installation(tmp_path_factory.mktemp("root"))
    place.install("supervisor")
    place.install("systemd")
    yield place
    # It is large, and pytest would keep it for the next times.
    shutil.rmtree(place.root)


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory):
    """Telegram, with the club's bot and a second one for the recordings."""
    folder, port = tmp_path_factory.mktemp("telegram"), free_port()
    environment = {"PATH": "/usr/bin:/bin", "SANDBOX_PORT": str(port), "DATA_DIR": str(folder)}
    log = folder / "sandbox.log"
    with log.open("wb") as output:
        process = subprocess.Popen([PROGRAM, "sandbox"], cwd=PROJECT, env=environment, stdout=output, stderr=output)
    try:
        telegram = Sandbox(f"http://127.0.0.1:{port}")
        wait_until(lambda: answers(telegram.address + "/sandbox/state", process, log), what="the sandbox")
        second_bot(telegram)
        yield telegram
    finally:
        process.terminate()
        assert process.wait(timeout=15) == 0, log.read_text()


@pytest.fixture(scope="session")
def sqlite_club(installation, sandbox, tmp_path_factory):
    """The club under supervisor as it is without MongoDB."""
    with supervised(tmp_path_factory.mktemp("sqlite"), installation, sandbox, store="sqlite") as club:
        yield opened(club, sandbox)


@pytest.fixture(scope="session", autouse=True)
def wrong_club(installation, sandbox, tmp_path_factory):
    """A club with a wrong setting. It begins before all tests, since supervisor takes minutes to give it up."""
    wrong = {"TELEGRAM_CHANNEL_ID": "https://t.me/club"}
    folder = tmp_path_factory.mktemp("wrong")
    with supervised(folder, installation, sandbox, store="sqlite", settings=wrong) as club:
        yield club


def opened(club, sandbox):
    """Starts a club and signs its owner in: before any recording is posted, whose news would come between."""
    club.start()
    club.owner = Visitor(club.web).sign_in(sandbox)
    return club

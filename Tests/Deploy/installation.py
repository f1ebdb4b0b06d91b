"""The program as an operator has it on a machine, below a folder of the test."""

import os
import shutil
import subprocess
from pathlib import Path

from club import CHANNEL, POSTER, PROJECT

PROGRAM = os.environ.get("FOMO_PROGRAM", str(PROJECT / ".build/debug/fomo"))
DEPLOY = PROJECT / "Resources/Deploy"
CLUB_TOKEN = "4242:sandbox-token-not-a-secret"
RECORDER_TOKEN = "5151:another-token-that-opens-nothing"


def second_bot(telegram):
    """Makes the recording bot and, as the README says, an admin of the channel."""
    telegram.call("/sandbox/bots", {"token": RECORDER_TOKEN, "username": "Recorder_FOMO_bot", "name": "FOMO Recorder"})
    telegram.call(f"/sandbox/chats/{CHANNEL}/members", {"user": 5151, "status": "administrator", "by": POSTER})


class Installation:
    """What install.sh made."""

    def __init__(self, root, built=PROGRAM):
        self.root = root
        self.built = built

    def install(self, services=""):
        """Runs install.sh; what it said."""
        done = subprocess.run(
            [DEPLOY / "install.sh", *filter(None, [services])],
            env=os.environ | {"DESTDIR": str(self.root), "FOMO_PROGRAM": str(self.built)},
            stderr=subprocess.PIPE,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stderr

    def path(self, name):
        """Where something is that on a machine is at `name`."""
        return self.root / name.lstrip("/")

    @property
    def program(self):
        return self.path("/opt/fomo/current/fomo")

    @property
    def resources(self):
        return self.path("/opt/fomo/current/Resources")

    def new_home(self, folder, settings):
        """A folder of a club of its own, with its .env."""
        home = folder / "home"
        shutil.copytree(self.path("/var/lib/fomo"), home, symlinks=True)
        (home / ".env").write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
        assert (home / ".env").stat().st_mode & 0o777 == 0o600
        return home


def club_settings(installation, telegram, port):
    """The settings of a club with two bots behind a proxy, with the sandbox in Telegram's place."""
    return {
        "TELEGRAM_BOT_TOKEN": CLUB_TOKEN,
        "TELEGRAM_RECORDING_BOT_TOKEN": RECORDER_TOKEN,
        "TELEGRAM_CHANNEL_ID": CHANNEL,
        "TELEGRAM_API_URL": telegram.address,
        "OWNER_TELEGRAM_ID": POSTER,
        "TRUSTED_PROXIES": "127.0.0.1",
        "PORT": port,
        "RESOURCES_DIR": installation.resources,
    }


def loopback_environment():
    """What a service is given of the environment: no settings of whoever runs the tests."""
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(Path.home()), "LANG": "C.UTF-8"}

"""The sandbox alone, as a process, and its control API."""

import contextlib
import json
import os
import socket
import subprocess
import time
import urllib.request
import uuid
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
TOKEN = "4242:sandbox-token-not-a-secret"
BOT = "Podcast_FOMO_bot"
POSTER, MEMBER, STRANGER = 700000001, 700000002, 700000003
CHANNEL = -1001000004242


@dataclass
class StandIn:
    address: str

    def act(self, path, values=None, method="POST", files=()):
        """Asks the control API for something; `files` are `(part, file name, bytes)`."""
        request = urllib.request.Request(self.address + "/sandbox" + path, method=method)
        if files:
            boundary = uuid.uuid4().hex
            request.add_header("Content-Type", f"multipart/form-data; boundary={boundary}")
            request.data = _multipart(values, files, boundary)
        elif method != "GET":
            request.add_header("Content-Type", "application/json")
            request.data = json.dumps(values or {}).encode()
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def disturb(self, kind, **values):
        self.act("/faults", {"kind": kind, "bot": BOT, **values})

    def write(self, text, person=MEMBER, chat=BOT):
        return self.act(f"/chats/{chat}/messages", {"as": person, "text": text})["message"]

    def post(self, content, kind="voice", name="note.ogg", **values):
        """Posts a file in the channel."""
        values = {"as": POSTER, "kind": kind, **values}
        return self.act(f"/chats/{CHANNEL}/messages", values, files=[("file", name, content)])["message"]

    def await_poll(self):
        """Waits until the bot is held in getUpdates."""
        assert self.act(f"/bots/{BOT}/poll?wait=20", method="GET")["held"]


@contextlib.contextmanager
def running_stand_in(folder, *options):
    """Runs `fomo sandbox` on a free port."""
    port = _free_port()
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment |= {"SANDBOX_PORT": str(port), "DATA_DIR": str(folder)}
    program = os.environ.get("FOMO_PROGRAM", str(PROJECT / ".build/debug/fomo"))
    log = folder / "program.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [program, "sandbox", *options], cwd=PROJECT, env=environment, stdout=output, stderr=output
        )
    try:
        stand_in = StandIn(f"http://127.0.0.1:{port}")
        _wait_for(stand_in, process, log)
        stand_in.act("/settings", {"flood_limits": False, "poll_surprises": False}, method="PATCH")
        yield stand_in
    finally:
        process.terminate()
        assert process.wait(timeout=15) == 0, log.read_text()


def _wait_for(stand_in, process, log):
    end = time.monotonic() + 30
    while True:
        assert process.poll() is None, log.read_text()
        try:
            return stand_in.act("/state", method="GET")
        except OSError:
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.05)


def _multipart(values, files, boundary):
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in values.items()
    ]
    for part, name, content in files:
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{part}"; filename="{name}"\r\n'
        parts += [f"{head}Content-Type: application/octet-stream\r\n\r\n".encode(), content, b"\r\n"]
    return b"".join([*parts, f"--{boundary}--\r\n".encode()])


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]

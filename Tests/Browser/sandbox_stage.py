"""The sandbox alone, as a process, with a bot that the test plays."""

import contextlib
import os
import struct
import subprocess
import zlib

from club import PROJECT, Sandbox, answers, free_port, wait_until

TOKEN = "4242:sandbox-token-not-a-secret"
KINDS = [
    "message", "channel_post", "edited_channel_post", "callback_query", "inline_query", "my_chat_member",
    "chat_member", "chat_join_request", "message_reaction_count",
]


class Stage(Sandbox):
    """The sandbox with the bot's side of it."""

    def bot(self, method, **values):
        return self.call(f"/bot{TOKEN}/{method}", values or {"x": 1})["result"]

    def updates(self, kind):
        """What came since the last look, all confirmed."""
        found = self.bot("getUpdates", limit=100)
        if found:
            self.bot("getUpdates", offset=found[-1]["update_id"] + 1)
        return [update[kind] for update in found if kind in update]


@contextlib.contextmanager
def running(folder):
    port = free_port()
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment |= {"SANDBOX_PORT": str(port), "DATA_DIR": str(folder)}
    program = os.environ.get("FOMO_PROGRAM", str(PROJECT / ".build/debug/fomo"))
    log = folder / "program.log"
    with log.open("wb") as output:
        process = subprocess.Popen([program, "sandbox"], cwd=PROJECT, env=environment, stdout=output, stderr=output)
    try:
        stage = Stage(f"http://127.0.0.1:{port}")
        wait_until(lambda: answers(stage.address + "/sandbox/state", process, log), what="the start of the sandbox")
        values = {"flood_limits": False, "poll_surprises": False, "self_protection": False, "reaction_delay": 0}
        stage.call("/sandbox/settings", values, method="PATCH")
        yield stage
    finally:
        process.terminate()
        assert process.wait(timeout=15) == 0, log.read_text()


def file(name, kind, content=b"1234"):
    return {"name": name, "mimeType": kind, "buffer": content}


def picture():
    """A PNG of one pixel."""
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\x20\x80\xc0")) + chunk(b"IEND", b"")

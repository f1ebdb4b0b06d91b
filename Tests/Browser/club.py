"""The running club as the browser tests see it: its site, and the sandbox in Telegram's place."""

import contextlib
import io
import json
import math
import os
import socket
import struct
import subprocess
import time
import urllib.error
import urllib.request
import uuid
import wave
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
# People of the sandbox club.
POSTER = 700000001
MEMBER = 700000002
STRANGER = 700000003
CHANNEL = -1001000004242
BOT = "Podcast_FOMO_bot"


def wait_until(condition, seconds=30, what="it"):
    """Asks again and again until `condition` has an answer."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = condition()
        if answer:
            return answer
        time.sleep(0.1)
    raise AssertionError(f"{what} did not happen within {seconds} s")


def tone(seconds, pitch):
    """A WAV file with a quiet tone."""
    rate = 8000
    samples = (int(3000 * math.sin(2 * math.pi * pitch * n / rate)) for n in range(rate * seconds))
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return buffer.getvalue()


@dataclass
class Sandbox:
    """Acts as people do in the messenger."""

    address: str

    def call(self, path, values=None, method=None, file=None):
        request = urllib.request.Request(self.address + path, method=method or ("POST" if values else "GET"))
        if file is not None:
            boundary = uuid.uuid4().hex
            request.add_header("Content-Type", f"multipart/form-data; boundary={boundary}")
            request.data = self._multipart(values, file, boundary)
        elif values is not None:
            request.add_header("Content-Type", "application/json")
            request.data = json.dumps(values).encode()
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def post_recording(self, caption, seconds, pitch=440):
        """Posts an audio file in the recording channel."""
        values = {
            "as": POSTER,
            "kind": "audio",
            "caption": caption,
            "duration": seconds,
            "file_name": "tone.wav",
            "mime_type": "audio/wav",
        }
        self.call(f"/sandbox/chats/{CHANNEL}/messages", values, file=tone(seconds, pitch))

    def announce(self, words):
        """Tells the whole club something, as its poster does in the bot."""
        chat = f"/sandbox/chats/{BOT}/messages"
        since = self.call(f"{chat}?as={POSTER}")["sequence"]
        self.call(chat, {"as": POSTER, "text": f"/announce {words}"})

        def button():
            for view in reversed(self.call(f"{chat}?as={POSTER}&since={since}")["messages"]):
                markup = view["message"].get("reply_markup", {})
                for key in sum(markup.get("inline_keyboard", []), []):
                    if key.get("callback_data", "").startswith("a:b:s:"):
                        return view["message"]["message_id"], key["callback_data"]
            return None

        message, data = wait_until(button, what="the question whether to send it")
        self.call(f"{chat}/{message}/press", {"as": POSTER, "data": data})

    def confirm_sign_in(self, link, person=MEMBER):
        """Opens a sign-in link and presses the button that says yes."""
        payload = link.split("start=")[1]
        before = self.call(f"/sandbox/chats/{BOT}/messages?as={person}")["sequence"]
        self.call(f"/sandbox/chats/{BOT}/start", {"as": person, "payload": payload})

        def question():
            shown = self.call(f"/sandbox/chats/{BOT}/messages?as={person}&since={before}&wait=5")
            for entry in shown["messages"]:
                keyboard = entry["message"].get("reply_markup", {}).get("inline_keyboard")
                if keyboard:
                    return entry["message"]
            return None

        message = wait_until(question, what="the bot's question")
        button = message["reply_markup"]["inline_keyboard"][0][0]
        chat = f"/sandbox/chats/{BOT}/messages/{message['message_id']}/press"
        self.call(chat, {"as": person, "data": button["callback_data"]})
        return message["text"]

    @staticmethod
    def _multipart(values, file, boundary):
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in values.items()
        ]
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="tone.wav"\r\n'
            "Content-Type: audio/wav\r\n\r\n"
        )
        return b"".join([*parts, head.encode(), file, f"\r\n--{boundary}--\r\n".encode()])


@dataclass
class Club:
    web: str
    sandbox: Sandbox


@contextlib.contextmanager
def running_club(folder, settings=None):
    """The club that FOMO_WEB_URL and FOMO_SANDBOX_URL name; without them, the program itself, started for the tests."""
    if "FOMO_WEB_URL" in os.environ:
        yield Club(os.environ["FOMO_WEB_URL"], Sandbox(os.environ["FOMO_SANDBOX_URL"]))
        return
    port, sandbox_port = free_port(), free_port()
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment |= {"PORT": str(port), "SANDBOX_PORT": str(sandbox_port), "DATA_DIR": str(folder)}
    environment |= settings or {}
    program = os.environ.get("FOMO_PROGRAM", str(PROJECT / ".build/debug/fomo"))
    log = folder / "program.log"
    with log.open("wb") as output:
        process = subprocess.Popen([program, "serve"], cwd=PROJECT, env=environment, stdout=output, stderr=output)
    try:
        club = Club(f"http://127.0.0.1:{port}", Sandbox(f"http://127.0.0.1:{sandbox_port}"))
        wait_until(lambda: answers(club.web + "/readyz", process, log), what="the start of the program")
        yield club
    finally:
        process.terminate()
        assert process.wait(timeout=15) == 0, log.read_text()


def answers(address, process, log):
    assert process.poll() is None, log.read_text()
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]

"""The live room for browser tests: shows that are live, people in them, and sockets that can be cut."""

import contextlib
import datetime
import json
from pathlib import Path

from playwright.sync_api import expect

STAND_IN = (Path(__file__).parent / "livekit_client_stand_in.mjs").read_text()


@contextlib.contextmanager
def live_show(club, browser, host_state, title):
    """A show that has begun, run by the owner; its id. It is ended afterwards."""
    context = browser.new_context(storage_state=host_state)
    api, headers = f"{club.web}/api/live-sessions/sessions", {"Origin": club.web}
    moment = datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=5)
    answer = context.request.post(
        api, data={"title": title, "starts_at": moment.isoformat(timespec="seconds")}, headers=headers
    )
    assert answer.status == 201, answer.text()
    show = answer.json()["id"]
    answer = context.request.post(f"{api}/{show}/start", headers=headers)
    assert answer.status == 200, answer.text()
    yield show
    context.request.post(f"{api}/{show}/end", headers=headers)
    context.close()


class Line:
    """One socket of a page, and its way to the server."""

    def __init__(self, socket, server):
        self.socket = socket
        self.server = server
        self.is_deaf = False
        self.is_dead = False


class Wire:
    """Stands between a page's sockets and the server: passes frames on, and can cut the line or swallow what comes."""

    def __init__(self, page):
        self.lines = []
        self.sent = []
        self.tries = 0
        self.cut_with = None
        page.route_web_socket("**/api/live-sessions/ws/**", self._connect)

    def _connect(self, socket):
        self.tries += 1
        if self.cut_with:
            socket.close(code=self.cut_with)
            return
        line = Line(socket, socket.connect_to_server())
        self.lines.append(line)

        def from_page(text):
            self.sent.append(json.loads(text))
            if not line.is_dead:
                line.server.send(text)

        def from_server(text):
            if not line.is_deaf and not line.is_dead:
                socket.send(text)

        socket.on_message(from_page)
        line.server.on_message(from_server)

    def said(self, kind):
        """What the page has sent of this kind."""
        return [frame for frame in self.sent if frame["type"] == kind]

    def tell(self, frame):
        """Tells the page something that no server said."""
        self.lines[-1].socket.send(json.dumps(frame))

    def deafen(self):
        """From now on, nothing comes through to the page by the lines that there are; they stay open."""
        for line in self.lines:
            line.is_deaf = True

    def freeze(self):
        """From now on, nothing comes through either way by the lines that there are; they stay open."""
        for line in self.lines:
            line.is_dead = True

    def cut(self, code=1001):
        """Ends every socket, and each new one at once, until `mend`."""
        self.cut_with = code
        for line in self.lines:
            line.socket.close(code=code)
            line.server.close()
        self.lines.clear()

    def mend(self):
        self.cut_with = None


def with_audio(page, can_publish=False):
    """Puts the stand-in in the place of LiveKit's script, and answers for the server's tokens, which need a LiveKit."""
    tokens = []

    def token(route):
        tokens.append(json.loads(route.request.post_data))
        answer = {
            "token": f"token-{len(tokens)}",
            "url": "wss://audio.example",
            "room": tokens[-1]["session_id"],
            "identity": "someone",
            "can_publish": can_publish,
            "expires_at": "2099-01-01T00:00:00Z",
            "client": "/vendor/livekit-client.mjs?v=1",
        }
        route.fulfill(status=200, json=answer)

    page.route("**/api/live-sessions/livekit/token", token)
    page.route(
        "**/vendor/livekit-client.mjs*",
        lambda route: route.fulfill(status=200, content_type="text/javascript", body=STAND_IN),
    )
    return tokens


def asked(page, kind):
    """What the stand-in was asked of this kind."""
    return page.evaluate("(kind) => (window.livekit?.asked ?? []).filter(([name]) => name === kind)", kind)


def log(page):
    return page.get_by_role("log")


def say(page, text):
    page.get_by_label("Сообщение", exact=True).fill(text)
    page.keyboard.press("Enter")


def texts(page):
    return log(page).locator(".message:not(.is-on-its-way) .message-text").all_inner_texts()


def choose(page, row, label):
    """Opens the actions of a message, hand or seat, and takes one."""
    row.get_by_role("button", name="Действия").click()
    page.get_by_role("dialog").get_by_role("button", name=label).click()


def raise_hand(page, topic=""):
    page.get_by_role("button", name="Поднять руку").click()
    page.get_by_label("О чём хотите сказать?").fill(topic)
    page.get_by_role("dialog").get_by_role("button", name="Поднять руку").click()
    expect(page.get_by_role("dialog")).to_have_count(0)

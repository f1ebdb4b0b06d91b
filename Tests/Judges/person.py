"""Somebody who is signed in to the running club, as a program knows them: by a Bearer token."""

import json
import sys
import urllib.error
import urllib.request

from stand_in import PROJECT
from websockets.asyncio.client import connect

sys.path.append(str(PROJECT / "Tests/Browser"))
from club import MEMBER, POSTER, running_club, wait_until  # noqa: E402, F401

ROOM = "/api/live-sessions"


class Person:
    def __init__(self, club, person):
        self.web = club.web
        # What polls has to be the browser that began, which its cookie says.
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        browser.addheaders = [("Origin", club.web)]
        started = self.ask(browser, "POST", "/api/auth/link", {})
        club.sandbox.confirm_sign_in(started["url"], person)
        answer = wait_until(
            lambda: self.ask(browser, "POST", "/api/auth/link/redeem", {"poll": started["poll"]}), what="signing in"
        )
        self.id = answer["member"]["user_id"]
        self.token = answer["token"]
        self.program = urllib.request.build_opener()
        self.program.addheaders = [("Authorization", f"Bearer {self.token}")]

    def call(self, method, path, values=None):
        return self.ask(self.program, method, path, values)

    def ask(self, opener, method, path, values):
        request = urllib.request.Request(self.web + path, method=method)
        if values is not None:
            request.add_header("Content-Type", "application/json")
            request.data = json.dumps(values).encode()
        with opener.open(request, timeout=30) as answer:
            body = answer.read()
            found = json.loads(body) if body else None
            return None if answer.status == 202 else found

    def enter(self, show, **query):
        """A socket to the room of a show."""
        parts = "&".join(f"{name}={value}" for name, value in query.items())
        address = f"{self.web.replace('http', 'ws', 1)}{ROOM}/ws/{show}?device=program&{parts}"
        return connect(address, additional_headers={"Authorization": f"Bearer {self.token}"})


async def hear(client, kind):
    """The next frame of a kind."""
    while True:
        frame = json.loads(await client.recv())
        if frame["type"] == kind:
            return frame

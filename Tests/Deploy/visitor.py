"""Somebody who uses the site over HTTP, straight or through the proxy."""

import http.client
import json
import urllib.parse

from club import POSTER, wait_until


class Answer:
    def __init__(self, response, body):
        self.status = response.status
        self.headers = response.msg
        self.body = body

    @property
    def json(self):
        return json.loads(self.body)


class Visitor:
    """Asks one site; keeps cookies. `source`: the address of this machine from which it asks."""

    def __init__(self, web, source="127.0.0.1", context=None):
        parts = urllib.parse.urlsplit(web)
        self.host, self.port, self.is_secure = parts.hostname, parts.port, parts.scheme == "https"
        self.source = source
        self.context = context
        self.cookies = {}

    def connection(self):
        where = {"timeout": 30, "source_address": (self.source, 0)}
        if self.is_secure:
            return http.client.HTTPSConnection(self.host, self.port, context=self.context, **where)
        return http.client.HTTPConnection(self.host, self.port, **where)

    def begin(self, method, path, headers=None, body=None):
        """Sends a request; the connection and the answer without its body."""
        headers = dict(headers or {})
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            headers.setdefault("Sec-Fetch-Site", "same-origin")
        if isinstance(body, dict):
            body = json.dumps(body)
            headers["Content-Type"] = "application/json"
        connection = self.connection()
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        for line in response.msg.get_all("Set-Cookie") or []:
            name, value = line.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return connection, response

    def ask(self, method, path, headers=None, body=None):
        connection, response = self.begin(method, path, headers, body)
        answer = Answer(response, response.read())
        connection.close()
        return answer

    def get(self, path, **headers):
        return self.ask("GET", path, {name.replace("_", "-"): value for name, value in headers.items()})

    def sign_in(self, telegram, person=POSTER):
        """Signs in by the link, as people do."""
        started = self.ask("POST", "/api/auth/link", body={})
        assert started.status == 200, started.body
        telegram.confirm_sign_in(started.json["url"], person)

        def redeemed():
            answer = self.ask("POST", "/api/auth/link/redeem", body={"poll": started.json["poll"]})
            assert answer.status in (200, 202), answer.body
            return answer.status == 200

        wait_until(redeemed, what="the session")
        return self

    def episode(self, title, seconds=30):
        """The episode of that title as soon as it can be heard."""

        def heard():
            items = self.get("/api/podcasts").json["items"]
            ready = [item for item in items if item["recordings"][0]["availability"] == "ready"]
            return next((item for item in ready if item["title"] == title), None)

        return wait_until(heard, seconds, what=f"the episode {title}")

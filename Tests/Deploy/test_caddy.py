"""The club behind the shipped Caddyfile: what Caddy passes on, what it adds and what it keeps away."""

import gzip
import io
import json
import os
import signal
import socket
import ssl
import subprocess
import threading
import time
import wave

import pytest
from club import CHANNEL, POSTER, wait_until
from proxy import CADDYFILE, environment, plain_proxy, secure_proxy, upgrading_server
from visitor import Visitor

SAFETY = ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy"]


def _noise(size):
    """A sound file of so many bytes and some more."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((2, 2, 44_100, 0, "NONE", ""))
        sound.writeframes(os.urandom(size))
    return file.getvalue()


# Larger than what the sockets on the way hold.
AUDIO = _noise(8 << 20)


@pytest.fixture(scope="module")
def proxy(sqlite_club, tmp_path_factory):
    with plain_proxy(tmp_path_factory.mktemp("caddy"), sqlite_club.port) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def member(proxy, sqlite_club):
    member = Visitor(proxy.web)
    member.cookies = dict(sqlite_club.owner.cookies)
    return member


@pytest.fixture(scope="module")
def audio(member, sandbox):
    """The address of a large episode's audio, as it was posted."""
    values = {"as": POSTER, "kind": "audio", "caption": "Длинный разговор", "duration": 600}
    values |= {"file_name": "long.wav", "mime_type": "audio/wav"}
    sandbox.call(f"/sandbox/chats/{CHANNEL}/messages", values, file=AUDIO)
    return f"/api/podcasts/{member.episode('Длинный разговор')['id']}/audio?format=original"


def test_the_file_is_valid_and_in_caddys_own_form(tmp_path):
    settings = environment(tmp_path, "club.example.org", 8001)
    valid = subprocess.run(["/usr/bin/caddy", "validate", "--config", CADDYFILE], env=settings, capture_output=True)
    assert valid.returncode == 0, valid.stderr
    formatted = subprocess.run(["/usr/bin/caddy", "fmt", CADDYFILE], capture_output=True, text=True)
    assert formatted.stdout == CADDYFILE.read_text()
    adapted = subprocess.run(["/usr/bin/caddy", "adapt", "--config", CADDYFILE], env=settings, capture_output=True)
    assert adapted.stderr == b"" or b'"level":"warn"' not in adapted.stderr, adapted.stderr
    server = json.loads(adapted.stdout)["apps"]["http"]["servers"]["srv0"]
    assert server["listen"] == [":443"]
    assert server["routes"][0]["match"] == [{"host": ["club.example.org"]}]


def test_pages_come_with_the_clubs_own_headers_once(proxy):
    page = Visitor(proxy.web).get("/login")
    assert page.status == 200
    assert page.headers.get_content_type() == "text/html"
    for name in SAFETY:
        assert len(page.headers.get_all(name)) == 1, name


def test_text_is_compressed_and_audio_is_not(proxy, member, audio):
    page = Visitor(proxy.web).get("/login", Accept_Encoding="gzip")
    assert page.headers["Content-Encoding"] == "gzip"
    assert b"<html" in gzip.decompress(page.body)
    whole = member.get(audio, Accept_Encoding="gzip, zstd")
    assert whole.headers["Content-Encoding"] is None
    assert whole.body == AUDIO


@pytest.mark.parametrize("first, last", [(0, 0), (1, 65_536), (5_000_000, 8_000_000), (len(AUDIO) - 7, len(AUDIO) - 1)])
def test_parts_of_audio_are_the_files_own_bytes(member, audio, first, last):
    part = member.get(audio, Range=f"bytes={first}-{last}", Accept_Encoding="gzip")
    assert part.status == 206
    assert part.headers["Content-Range"] == f"bytes {first}-{last}/{len(AUDIO)}"
    assert part.body == AUDIO[first : last + 1]


def test_head_tells_the_length_and_a_known_file_is_not_sent_again(member, audio):
    head = member.ask("HEAD", audio)
    assert (head.status, head.headers["Content-Length"], head.body) == (200, str(len(AUDIO)), b"")
    assert head.headers["Accept-Ranges"] == "bytes"
    assert member.get(audio, If_None_Match=head.headers["ETag"]).status == 304


def starts(visitor, **headers):
    """How many sign-ins one may begin before the club says that it is enough."""
    for count in range(40):
        if visitor.ask("POST", "/api/auth/link", headers, body={}).status == 429:
            return count
        visitor.cookies.clear()
    raise AssertionError("there is no limit")


def test_behind_the_proxy_each_visitor_has_limits_of_their_own(proxy):
    assert starts(Visitor(proxy.web, source="127.0.0.11")) >= 20
    assert Visitor(proxy.web, source="127.0.0.12").ask("POST", "/api/auth/link", body={}).status == 200


@pytest.mark.parametrize("way, source", [("proxy", "127.0.0.13"), ("sqlite_club", "127.0.0.14")])
def test_nobody_gets_round_the_limits_by_claiming_another_address(request, way, source):
    web = request.getfixturevalue(way).web
    visitor = Visitor(web, source=source)
    assert starts(visitor, **{"X-Forwarded-For": "203.0.113.1"}) >= 20
    for number in range(2, 5):
        claimed = {"X-Forwarded-For": f"203.0.113.{number}", "X-Real-IP": f"203.0.113.{number}"}
        assert visitor.ask("POST", "/api/auth/link", claimed, body={}).status == 429


def test_a_websocket_is_upgraded_and_passes_both_ways(tmp_path):
    with upgrading_server() as (port, heads), plain_proxy(tmp_path, port) as proxy:
        host = proxy.web.removeprefix("http://")
        with socket.create_connection(("127.0.0.1", int(host.split(":")[1])), timeout=10) as connection:
            connection.sendall(
                f"GET /api/live-sessions/ws/1?since=7 HTTP/1.1\r\nHost: {host}\r\nOrigin: {proxy.web}\r\n"
                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
            )
            answer = connection.recv(4096)
            assert answer.startswith(b"HTTP/1.1 101 ")
            assert b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in answer
            for frame in (b"\x81\x85\x00\x00\x00\x00hello", b"\x81\x82\x00\x00\x00\x00hi"):
                connection.sendall(frame)
                assert connection.recv(4096) == frame
        head = heads[0].lower()
        assert head.startswith("get /api/live-sessions/ws/1?since=7 http/1.1")
        for line in ("upgrade: websocket", f"host: {host}", f"origin: {proxy.web}", "x-forwarded-for: 127.0.0.1"):
            assert f"\r\n{line}\r\n" in head


def test_a_body_that_is_too_large_is_refused_as_such(member):
    refused = member.ask("POST", "/api/auth/link/redeem", body={"poll": "x" * 100_000})
    assert (refused.status, refused.headers.get_content_type()) == (413, "application/json")


def test_a_body_without_an_end_does_not_reach_the_club(member):
    announced = {"Content-Type": "application/json", "Content-Length": str(5 << 20), "Sec-Fetch-Site": "same-origin"}
    refused = member.ask("POST", "/api/auth/link/redeem", announced)
    assert (refused.status, refused.body) == (413, b"")


def test_a_restart_of_the_club_is_a_pause_and_no_error(proxy, sqlite_club):
    visitor = Visitor(proxy.web)
    restart = threading.Thread(target=sqlite_club.ctl, args=("restart", "backend"))
    before = sqlite_club.process("backend")
    restart.start()
    statuses = []
    while restart.is_alive():
        statuses.append(visitor.get("/healthz").status)
        time.sleep(0.05)
    restart.join()
    assert sqlite_club.process("backend") != before
    assert set(statuses) == {200}


def test_without_the_club_the_proxy_says_so_in_time(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as place:
        port = place.getsockname()[1]
    with plain_proxy(tmp_path, port) as proxy:
        began = time.monotonic()
        assert Visitor(proxy.web).get("/").status == 502
        assert time.monotonic() - began < 15


def test_a_reload_does_not_cut_off_who_is_listening(proxy, member, audio):
    connection, response = member.begin("GET", audio)
    heard = response.read(100_000)
    assert proxy.reload() == 0
    assert Visitor(proxy.web).get("/healthz").status == 200
    assert heard + response.read() == AUDIO
    connection.close()


def test_answers_under_way_are_finished_when_the_proxy_stops(sqlite_club, member, audio, tmp_path):
    with plain_proxy(tmp_path, sqlite_club.port) as proxy:
        listener = Visitor(proxy.web)
        listener.cookies = dict(member.cookies)
        connection, response = listener.begin("GET", audio)
        heard = response.read(100_000)
        proxy.process.send_signal(signal.SIGTERM)
        port = int(proxy.web.rsplit(":", 1)[1])
        wait_until(lambda: _is_closed(port), what="the end of new connections")
        assert heard + response.read() == AUDIO
        connection.close()


def _is_closed(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def test_with_a_host_name_there_is_tls_and_plain_http_leads_to_it(sqlite_club, tmp_path):
    with secure_proxy(tmp_path, sqlite_club.port) as (proxy, plain):
        root = tmp_path / "caddy/pki/authorities/local/root.crt"
        wait_until(root.exists, what="the authority")
        trusting = ssl.create_default_context(cafile=root)
        page = wait_until(lambda: _page(proxy.web, trusting), what="the certificate")
        assert page.status == 200
        moved = Visitor(plain).get("/login")
        assert moved.status == 308
        assert moved.headers["Location"].startswith("https://localhost")


def _page(web, context):
    try:
        return Visitor(web, context=context).get("/login")
    except ssl.SSLError as error:
        assert "internal error" in str(error), error
        return None

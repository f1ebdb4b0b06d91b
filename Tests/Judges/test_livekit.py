"""The sound of shows, judged by LiveKit's own package: tokens, calls, and webhooks that it signs."""

import base64
import datetime
import hashlib
import json
import sys
import urllib.error
import urllib.request
import uuid

import pytest
from google.protobuf import json_format
from livekit.api import AccessToken, TokenVerifier, WebhookReceiver
from livekit.protocol import models, webhook

from livekit_room import KEY, SECRET, running_judge
from stand_in import PROJECT

sys.path.append(str(PROJECT / "Tests/Browser"))
from club import MEMBER, POSTER, running_club, wait_until  # noqa: E402

WEBHOOK = "/api/live-sessions/livekit/webhook"


@pytest.fixture(scope="module")
def judge():
    with running_judge() as (address, judge):
        judge.address = address
        yield judge


@pytest.fixture(scope="module")
def club(judge, tmp_path_factory):
    settings = {
        "LIVEKIT_URL": judge.address,
        "LIVEKIT_API_KEY": KEY,
        "LIVEKIT_API_SECRET": SECRET,
        # Nobody is asked for the script here.
        "LIVEKIT_CLIENT_URL": judge.address + "/no-script",
    }
    folder = tmp_path_factory.mktemp("club")
    with running_club(folder, settings) as club:
        club.log = folder / "program.log"
        yield club
    assert judge.faults == []


def ask(club, path, values=None, session=None, method="POST", headers=None, body=None):
    request = urllib.request.Request(club.web + path, method=method)
    if session:
        request.add_header("Authorization", f"Bearer {session}")
    for name, value in (headers or {"Content-Type": "application/json"}).items():
        request.add_header(name, value)
    request.data = body if body is not None else json.dumps(values or {}).encode()
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers, json.loads(answer.read() or b"{}")
    except urllib.error.HTTPError as error:
        return error.code, error.headers, json.loads(error.read() or b"{}")


def sign_in(club, person):
    """By the link, as a program does."""
    _, headers, link = ask(club, "/api/auth/link")
    cookie = headers["Set-Cookie"].split(";")[0]
    club.sandbox.confirm_sign_in(link["url"], person)
    own = {"Content-Type": "application/json", "Cookie": cookie, "Origin": club.web}
    status, _, answer = ask(club, "/api/auth/link/redeem", {"poll": link["poll"]}, headers=own)
    assert status == 200, answer
    return answer["token"], answer["member"]["user_id"]


@pytest.fixture(scope="module")
def host(club):
    return sign_in(club, POSTER)


@pytest.fixture(scope="module")
def member(club):
    return sign_in(club, MEMBER)


@pytest.fixture(scope="module")
def show(club, host):
    """A show that is live."""
    begin = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=10)
    plan = {"title": "Judged", "starts_at": begin.strftime("%Y-%m-%dT%H:%M:00Z"), "duration_minutes": 60}
    status, _, made = ask(club, "/api/live-sessions/sessions", plan, host[0])
    assert status == 201, made
    status, _, started = ask(club, f"/api/live-sessions/sessions/{made['id']}/start", {}, host[0])
    assert status == 200, started
    return made["id"]


def called(judge, method):
    return wait_until(lambda: [call for name, call in judge.calls if name == method], what=method)


def test_a_show_that_begins_has_a_room(judge, club, show):
    assert called(judge, "CreateRoom")[0].name == show


def test_tokens_are_ones_that_livekit_takes(club, show, member):
    status, _, answer = ask(club, "/api/live-sessions/livekit/token", {"session_id": show}, member[0])
    assert status == 200, answer
    claims = TokenVerifier(KEY, SECRET).verify(answer["token"])
    assert (claims.identity, claims.name) == (member[1], "Misha Belov")
    assert (claims.video.room_join, claims.video.room) == (True, show)
    assert (claims.video.can_publish, claims.video.can_publish_data, claims.video.can_subscribe) == (False, False, True)
    assert not (claims.video.room_admin or claims.video.room_create or claims.video.room_list)
    with pytest.raises(Exception, match="Signature verification failed"):
        TokenVerifier(KEY, SECRET + "x").verify(answer["token"])


def signed(event):
    """A webhook as LiveKit sends it; its own receiver takes it."""
    body = json_format.MessageToJson(event)
    digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
    token = AccessToken(KEY, SECRET).with_sha256(digest).with_ttl(datetime.timedelta(minutes=5)).to_jwt()
    assert WebhookReceiver(TokenVerifier(KEY, SECRET)).receive(body, token).event == event.event
    return body.encode(), {"Content-Type": "application/webhook+json", "Authorization": token}


def event(name, show, identity, **fields):
    return webhook.WebhookEvent(
        event=name,
        id=f"EV_{uuid.uuid4().hex}",
        room=models.Room(name=show, sid="RM_1", turn_password="of-the-room-a-secret"),
        participant=models.ParticipantInfo(sid="PA_1", identity=identity, state=models.ParticipantInfo.ACTIVE, **fields),
    )


def test_a_stranger_in_the_sound_is_taken_out(judge, club, show):
    body, headers = signed(event("participant_joined", show, "nobody-of-the-club"))
    status, _, _ = ask(club, WEBHOOK, headers=headers, body=body)
    assert status == 204
    assert called(judge, "RemoveParticipant")[0].identity == "nobody-of-the-club"


def test_who_may_not_speak_loses_the_right_to(judge, club, show, member):
    permission = models.ParticipantPermission(can_subscribe=True, can_publish=True)
    body, headers = signed(event("participant_joined", show, member[1], permission=permission))
    status, _, _ = ask(club, WEBHOOK, headers=headers, body=body)
    assert status == 204
    call = called(judge, "UpdateParticipant")[0]
    assert (call.room, call.identity) == (show, member[1])
    assert (call.permission.can_subscribe, call.permission.can_publish) == (True, False)
    assert not call.permission.can_publish_data


def test_a_webhook_that_was_changed_is_refused(club, show, member):
    body, headers = signed(event("participant_joined", show, member[1]))
    status, _, answer = ask(club, WEBHOOK, headers=headers, body=body + b" ")
    assert (status, answer["error"]["code"]) == (401, "bad_signature")


def test_nothing_secret_is_in_the_log(club, show, member):
    log = club.log.read_text()
    assert SECRET not in log and "of-the-room-a-secret" not in log and "eyJ" not in log


def test_the_room_ends_with_the_show(judge, club, show, host):
    status, _, answer = ask(club, f"/api/live-sessions/sessions/{show}/end", {}, host[0])
    assert status == 200, answer
    assert called(judge, "DeleteRoom")[0].room == show

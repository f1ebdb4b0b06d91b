"""The sound of shows, judged by LiveKit's own package: tokens, calls, and webhooks that it signs."""

import asyncio
import base64
import contextlib
import datetime
import hashlib
import json
import urllib.error
import urllib.request
import uuid

import pytest
from google.protobuf import json_format
from livekit.api import AccessToken, TokenVerifier, WebhookReceiver
from livekit.protocol import models, webhook

from livekit_room import KEY, SECRET, running_judge
from person import MEMBER, POSTER, ROOM, Person, hear, running_club, wait_until

WEBHOOK = f"{ROOM}/livekit/webhook"
MICROPHONE = models.TrackSource.MICROPHONE


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


@pytest.fixture(scope="module")
def host(club):
    return Person(club, POSTER)


@pytest.fixture(scope="module")
def member(club):
    return Person(club, MEMBER)


@pytest.fixture(scope="module")
def show(host):
    """A show that is live."""
    begin = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=10)
    plan = {"title": "Judged", "starts_at": begin.strftime("%Y-%m-%dT%H:%M:00Z"), "duration_minutes": 60}
    made = host.call("POST", f"{ROOM}/sessions", plan)
    host.call("POST", f"{ROOM}/sessions/{made['id']}/start", {})
    return made["id"]


def token(person, show):
    """Who is to connect to LiveKit, and as what, as its own verifier reads it."""
    answer = person.call("POST", f"{ROOM}/livekit/token", {"session_id": show})
    return TokenVerifier(KEY, SECRET).verify(answer["token"]), answer["token"]


def event(name, show, participant, track=None):
    return webhook.WebhookEvent(
        event=name,
        id=f"EV_{uuid.uuid4().hex}",
        room=models.Room(name=show, sid="RM_1", turn_password="of-the-room-a-secret"),
        participant=participant,
        track=track,
    )


def signed(event):
    """A webhook as LiveKit sends it; its own receiver takes it."""
    body = json_format.MessageToJson(event)
    digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
    token = AccessToken(KEY, SECRET).with_sha256(digest).with_ttl(datetime.timedelta(minutes=5)).to_jwt()
    assert WebhookReceiver(TokenVerifier(KEY, SECRET)).receive(body, token).event == event.event
    return body.encode(), {"Content-Type": "application/webhook+json", "Authorization": token}


def tell(club, body, headers):
    """Brings the club a webhook; its status and the code of its fault."""
    request = urllib.request.Request(club.web + WEBHOOK, data=body, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, None
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())["error"]["code"]


@contextlib.contextmanager
def joined(club, judge, show, identity, **fields):
    """Somebody who is in the sound, and the club was told."""
    participant = models.ParticipantInfo(
        sid=f"PA_{uuid.uuid4().hex}", identity=identity, state=models.ParticipantInfo.ACTIVE, **fields
    )
    judge.people[show][identity] = participant
    assert tell(club, *signed(event("participant_joined", show, participant))) == (204, None)
    yield participant
    judge.people[show].pop(identity, None)
    participant.state = models.ParticipantInfo.DISCONNECTED
    assert tell(club, *signed(event("participant_left", show, participant))) == (204, None)


def test_a_show_that_begins_has_a_room(judge, club, show):
    wait_until(lambda: show in judge.people, what="the room")
    assert judge.asked("ListRooms")


def test_a_listeners_token_lets_them_hear_and_nothing_else(club, show, member):
    claims, text = token(member, show)
    assert (claims.identity, claims.name) == (member.id, "Misha Belov")
    assert (claims.video.room_join, claims.video.room) == (True, show)
    assert (claims.video.can_publish, claims.video.can_publish_data, claims.video.can_subscribe) == (False, False, True)
    assert not (claims.video.room_admin or claims.video.room_create or claims.video.room_list)
    assert not (claims.video.can_update_own_metadata or claims.video.hidden or claims.video.recorder)
    with pytest.raises(Exception, match="Signature verification failed"):
        TokenVerifier(KEY, SECRET + "x").verify(text)


def test_who_comes_onto_the_stage_may_speak_until_they_leave_it(judge, club, show, host, member):
    async def speak():
        async with asyncio.timeout(30), host.enter(show) as one, member.enter(show) as two:
            await hear(two, "room_state")
            await one.send(json.dumps({"type": "promote", "target_user_id": member.id}))
            await hear(two, "user_invited")
            await two.send(json.dumps({"type": "accept_invite"}))
            await hear(two, "user_promoted")
            claims, _ = await asyncio.to_thread(token, member, show)
            assert (claims.video.can_publish, claims.video.can_publish_sources) == (True, ["microphone"])
            assert not claims.video.can_publish_data
            await asyncio.to_thread(wait_until, lambda: participant.permission.can_publish, what="the right to speak")
            assert list(participant.permission.can_publish_sources) == [MICROPHONE]
            assert participant.permission.can_subscribe and not participant.permission.can_publish_data

            track = models.TrackInfo(sid="TR_1", type=models.TrackType.AUDIO, source=MICROPHONE)
            judge.people[show][member.id].tracks.append(track)
            published = signed(event("track_published", show, participant, track))
            assert await asyncio.to_thread(tell, club, *published) == (204, None)
            assert (await hear(one, "microphone")) == {"type": "microphone", "user_id": member.id, "is_on": True}
            await one.send(json.dumps({"type": "mute", "target_user_id": member.id}))
            assert (await hear(two, "microphone"))["is_on"] is True
            assert (await hear(two, "microphone"))["is_on"] is False
            await asyncio.to_thread(wait_until, lambda: participant.tracks[0].muted, what="the silence")
            assert judge.asked("MutePublishedTrack", identity=member.id, track_sid="TR_1", muted=True)

            await two.send(json.dumps({"type": "leave_stage"}))
            await hear(two, "user_demoted")
            await asyncio.to_thread(wait_until, lambda: not participant.permission.can_publish, what="the end of it")

    permission = models.ParticipantPermission(can_subscribe=True)
    with joined(club, judge, show, member.id, permission=permission) as participant:
        asyncio.run(speak())


def test_a_stranger_in_the_sound_is_taken_out(judge, club, show):
    with joined(club, judge, show, "nobody-of-the-club"):
        wait_until(lambda: "nobody-of-the-club" not in judge.people[show], what="the removal")


def test_who_may_not_speak_loses_the_right_to(judge, club, show, member):
    permission = models.ParticipantPermission(can_subscribe=True, can_publish=True)
    with joined(club, judge, show, member.id, permission=permission) as participant:
        wait_until(lambda: not participant.permission.can_publish, what="the end of the right to speak")
        assert participant.permission.can_subscribe and not participant.permission.can_publish_data


def test_a_webhook_that_was_changed_is_refused(club, show, member):
    body, headers = signed(event("participant_joined", show, models.ParticipantInfo(sid="PA_1", identity=member.id)))
    assert tell(club, body + b" ", headers) == (401, "bad_signature")
    assert tell(club, body, {**headers, "Authorization": "Bearer x.y.z"}) == (401, "bad_signature")


def test_nothing_secret_is_in_the_log(club, show, member):
    log = club.log.read_text()
    assert SECRET not in log and "of-the-room-a-secret" not in log and "eyJ" not in log


def test_the_room_ends_with_the_show(judge, club, show, host):
    host.call("POST", f"{ROOM}/sessions/{show}/end", {})
    wait_until(lambda: show not in judge.people, what="the end of the room")

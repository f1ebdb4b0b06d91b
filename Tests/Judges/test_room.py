"""The club's live room, judged by the client of the package `websockets`, on the program itself and its sandbox."""

import asyncio
import contextlib
import datetime
import json
import urllib.error

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from person import MEMBER, POSTER, ROOM, Person, hear, running_club


@pytest.fixture(scope="module")
def club(tmp_path_factory):
    with running_club(tmp_path_factory.mktemp("room")) as club:
        yield club


@pytest.fixture(scope="module")
def host(club):
    return Person(club, POSTER)


@pytest.fixture(scope="module")
def member(club):
    return Person(club, MEMBER)


@pytest.fixture
def show(host):
    """A show that is live, and ended after the test."""
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=5)
    plan = {"title": "Judged", "starts_at": moment.strftime("%Y-%m-%dT%H:%M:%SZ")}
    made = host.call("POST", f"{ROOM}/sessions", plan)
    host.call("POST", f"{ROOM}/sessions/{made['id']}/start")
    yield made["id"]
    with contextlib.suppress(urllib.error.HTTPError):
        host.call("POST", f"{ROOM}/sessions/{made['id']}/end")


def judged(test):
    """Runs an asynchronous test, within a time limit."""
    def run(host, member, show):
        async def limited():
            async with asyncio.timeout(30):
                await test(host, member, show)
        asyncio.run(limited())
    return run


async def say(client, text, client_id):
    await client.send(json.dumps({"type": "chat", "message": text, "client_id": client_id}))


async def close_code(client):
    with pytest.raises(ConnectionClosed) as closed:
        while True:
            await client.recv()
    return closed.value.rcvd.code


@judged
async def test_who_comes_in_is_told_the_room_and_hears_what_is_said(host, member, show):
    async with host.enter(show) as one, member.enter(show) as two:
        state = await hear(two, "room_state")
        assert (state["session_id"], state["phase"], state["title"]) == (show, "live", "Judged")
        assert state["you"]["user_id"] == member.id and state["you"]["place"] == "audience"
        assert [person["user_id"] for person in state["stage"]] == [host.id]
        await hear(one, "room_state")
        await say(one, "Привет 🎙", "a")
        for client in (one, two):
            heard = await hear(client, "chat_message")
            assert heard["message"]["text"] == "Привет 🎙"
            assert heard["seq"] > state["seq"]


@judged
async def test_what_was_missed_comes_exactly_once(host, member, show):
    async with host.enter(show) as one:
        async with member.enter(show) as two:
            state = await hear(two, "room_state")
        for number in range(5):
            await say(one, f"m{number}", str(number))
            await hear(one, "chat_message")
        async with member.enter(show, since=state["seq"], epoch=state["epoch"]) as back:
            assert (await hear(back, "resumed"))["epoch"] == state["epoch"]
            missed = [await hear(back, "chat_message") for _ in range(5)]
            assert [frame["message"]["text"] for frame in missed] == [f"m{number}" for number in range(5)]
            await hear(back, "presence")
            await say(back, "here again", "x")
            assert (await hear(back, "chat_message"))["message"]["text"] == "here again"


@judged
async def test_a_repeated_message_is_stored_once(host, member, show):
    async with member.enter(show) as client:
        await hear(client, "room_state")
        for _ in range(2):
            await say(client, "once", "same")
        first, second = [await hear(client, "chat_message") for _ in range(2)]
        assert first["message"] == second["message"]
    listed = member.call("GET", f"{ROOM}/sessions/{show}/messages")["items"]
    assert [message["text"] for message in listed] == ["once"]


@judged
async def test_coming_onto_the_stage_takes_two(host, member, show):
    async with host.enter(show) as one, member.enter(show) as two:
        await hear(one, "room_state")
        await hear(two, "room_state")
        await two.send(json.dumps({"type": "hand_raise", "action": "raise", "topic": "a question"}))
        queue = await hear(one, "hand_raised_update")
        assert [hand["topic"] for hand in queue["hands"]] == ["a question"]
        await one.send(json.dumps({"type": "next_hand"}))
        assert (await hear(two, "user_invited"))["invitation"]["user_id"] == member.id
        await two.send(json.dumps({"type": "accept_invite"}))
        assert (await hear(one, "user_promoted"))["user"]["user_id"] == member.id
        await one.send(json.dumps({"type": "demote", "target_user_id": member.id}))
        assert (await hear(two, "user_demoted"))["why"] == "host"


@judged
async def test_errors_are_named_and_the_socket_stays(host, member, show):
    async with member.enter(show) as client:
        await hear(client, "room_state")
        for text, code in [("{", "malformed_body"), ('{"type":"dance"}', "unknown_type"),
                           ('{"type":"next_hand"}', "not_allowed")]:
            await client.send(text)
            assert (await hear(client, "error"))["code"] == code
        await client.send(json.dumps({"type": "ping"}))
        await hear(client, "pong")


@judged
async def test_who_is_removed_is_out_and_stays_out(host, member, show):
    async with host.enter(show) as one, member.enter(show) as two:
        await hear(one, "room_state")
        await hear(two, "room_state")
        await one.send(json.dumps({"type": "kick", "target_user_id": member.id}))
        assert await close_code(two) == 4003
    with pytest.raises(InvalidStatus) as refused:
        await member.enter(show)
    assert refused.value.response.status_code == 403
    assert json.loads(refused.value.response.body)["error"]["code"] == "removed_from_room"


@judged
async def test_the_end_of_the_show_closes_the_room(host, member, show):
    async with member.enter(show) as client:
        await hear(client, "room_state")
        await asyncio.to_thread(host.call, "POST", f"{ROOM}/sessions/{show}/end")
        assert (await hear(client, "session_ended"))["why"] == "host"
        assert await close_code(client) == 4001


@judged
async def test_a_ticket_opens_the_door_once(host, member, show):
    ticket = member.call("POST", f"{ROOM}/ws-ticket", {"session_id": show})["ticket"]
    address = f"{member.web.replace('http', 'ws', 1)}{ROOM}/ws/{show}?ticket={ticket}"
    async with connect(address) as client:
        assert (await hear(client, "room_state"))["you"]["user_id"] == member.id
    with pytest.raises(InvalidStatus) as refused:
        await connect(address)
    assert refused.value.response.status_code == 401


@judged
async def test_strangers_and_foreign_pages_are_refused(host, member, show):
    address = f"{member.web.replace('http', 'ws', 1)}{ROOM}/ws/{show}"
    with pytest.raises(InvalidStatus) as stranger:
        await connect(address)
    assert stranger.value.response.status_code == 401
    with pytest.raises(InvalidStatus) as foreign:
        await connect(
            address,
            origin="https://elsewhere.example",
            additional_headers={"Authorization": f"Bearer {member.token}"},
        )
    assert foreign.value.response.status_code == 403

"""The sockets of the web port, judged by the client of the package `websockets`."""

import asyncio
import contextlib
import os
import signal
import subprocess
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

PROJECT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("ROOM_BENCH_PROGRAM", str(PROJECT / ".build/debug/RoomBench"))
LONGEST = 8 * 1024


@contextlib.contextmanager
def serving(*options):
    """Runs the sockets without the club on a free port."""
    process = subprocess.Popen([PROGRAM, "serve", "--bare", *options], stdout=subprocess.PIPE, text=True)
    try:
        yield process, f"ws://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.terminate()
        assert process.wait(timeout=10) == 0


@pytest.fixture(scope="module")
def address():
    with serving() as (_, address):
        yield address


def judged(test):
    """Runs an asynchronous test, within a time limit."""
    def run(address):
        async def limited():
            async with asyncio.timeout(30):
                await test(address)
        asyncio.run(limited())
    return run


async def close_code(client):
    with pytest.raises(ConnectionClosed) as closed:
        while True:
            await client.recv()
    return closed.value.rcvd.code


@judged
async def test_messages_come_back(address):
    async with connect(address + "/echo", compression=None) as client:
        for text in ["", "hello", "привет, мир", "🎙" * 100, "a" * LONGEST]:
            await client.send(text)
            assert await client.recv() == text


@judged
async def test_compression_is_agreed_on_without_context_takeover(address):
    async with connect(address + "/echo") as client:
        agreed, = client.protocol.extensions
        assert agreed.name == "permessage-deflate"
        assert agreed.local_no_context_takeover and agreed.remote_no_context_takeover
        for number in range(20):
            text = f"сообщение {number} " * 50
            await client.send(text)
            assert await client.recv() == text


@judged
async def test_one_compressed_message_serves_who_compresses_and_who_does_not(address):
    async with connect(address + "/crowd") as one, connect(address + "/crowd", compression=None) as two:
        # Once heard, both are in.
        for number in range(100):
            text = f"{number} " + "to all " * 60
            await one.send(text)
            assert await one.recv() == text
        heard = [await two.recv() for _ in range(50)]
        first = int(heard[0].split()[0])
        assert [int(text.split()[0]) for text in heard] == list(range(first, first + 50))


@judged
async def test_a_message_in_pieces_is_one_message(address):
    async with connect(address + "/echo") as client:
        await client.send(["При", "", "вет", " всем"])
        assert await client.recv() == "Привет всем"


@judged
async def test_pings_are_answered(address):
    async with connect(address + "/echo") as client:
        answered = await client.ping(b"are you there")
        assert await answered >= 0


@judged
async def test_closing_is_answered_with_the_same_code(address):
    async with connect(address + "/echo") as client:
        await client.close(4321, "enough")
        assert client.protocol.close_rcvd.code == 4321


@judged
async def test_what_is_too_long_is_refused(address):
    async with connect(address + "/echo", compression=None) as client:
        await client.send("a" * (LONGEST + 1))
        assert await close_code(client) == 1009


@judged
async def test_what_is_too_long_when_it_is_decompressed_is_refused(address):
    async with connect(address + "/echo") as client:
        await client.send("a" * 1_000_000)
        assert await close_code(client) == 1009


@judged
async def test_binary_messages_are_refused(address):
    async with connect(address + "/echo") as client:
        await client.send(b"\x00\x01")
        assert await close_code(client) == 1003


@judged
async def test_a_closed_door_is_a_plain_answer(address):
    with pytest.raises(InvalidStatus) as refused:
        await connect(address + "/closed")
    assert refused.value.response.status_code == 403
    assert refused.value.response.body == b'{"error":{"code":"closed"}}'


@judged
async def test_many_clients_hear_the_same(address):
    async with contextlib.AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(connect(address + "/crowd")) for _ in range(100)]
        for client in clients:
            # Its own word comes back once it is in.
            await client.send("in")
            while await client.recv() != "in":
                pass
        for number in range(50):
            await clients[number].send(f"message {number}")
        expected = {f"message {number}" for number in range(50)}
        orders = []
        for client in clients:
            order = []
            while len(order) < 50:
                text = await client.recv()
                if text in expected:
                    order.append(text)
            orders.append(order)
        assert set(orders[0]) == expected
        assert all(order == orders[0] for order in orders)


def test_a_server_that_stops_says_so_and_ends():
    async def hears_the_end(process, address):
        async with asyncio.timeout(10), connect(address + "/echo") as client:
            process.send_signal(signal.SIGTERM)
            assert await close_code(client) == 1001

    with serving() as (process, address):
        asyncio.run(hears_the_end(process, address))
        assert process.wait(timeout=10) == 0

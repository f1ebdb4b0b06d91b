"""The protocol and the server's manners: messages, cursors, limits, clients that misbehave, sign-in, the end."""

import os
import signal
import socket
import struct
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import bson
import pymongo
import pytest
from bson.int64 import Int64
from bson.son import SON
from pymongo.database import Database
from pymongo.errors import BulkWriteError, OperationFailure

from conftest import running_server

Connect = Callable[..., pymongo.MongoClient]


class Raw:
    """A connection on which a test writes the bytes itself."""

    def __init__(self, address: str) -> None:
        host, port = address.removeprefix("mongodb://").split(":")
        self.socket = socket.create_connection((host, int(port)), timeout=10)

    def send(self, operation: int, content: bytes, number: int = 7) -> None:
        self.socket.sendall(struct.pack("<iiii", 16 + len(content), number, 0, operation) + content)

    def command(self, body: dict[str, Any], flags: int = 0, rest: bytes = b"") -> None:
        self.send(2013, struct.pack("<I", flags) + b"\0" + bson.encode(body) + rest)

    def read(self) -> tuple[int, int, bytes]:
        """The operation, the request that is answered, and the content."""
        length, _, answered, operation = struct.unpack("<iiii", self._exactly(16))
        return operation, answered, self._exactly(length - 16)

    def reply(self) -> dict[str, Any]:
        operation, _, content = self.read()
        assert operation == 2013 and content[:5] == bytes(5)
        return bson.decode(content[5:])

    def is_closed(self) -> bool:
        try:
            return self.socket.recv(1) == b""
        except ConnectionError:
            return True

    def _exactly(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            part = self.socket.recv(count - len(data))
            assert part, "the server closed the connection"
            data += part
        return data


@pytest.fixture
def raw(address: str) -> Raw:
    return Raw(address)


def test_the_greeting_is_that_of_a_standalone_server(database: Database) -> None:
    greeting = database.client.admin.command("hello")
    assert greeting["isWritablePrimary"] and greeting["maxWireVersion"] == 17 and greeting["minWireVersion"] == 0
    assert not {"setName", "logicalSessionTimeoutMinutes", "compression"} & set(greeting)
    assert database.client.admin.command("buildInfo")["version"] == "6.0.0"


def test_the_legacy_greeting_is_answered_by_op_reply(raw: Raw) -> None:
    query = struct.pack("<i", 0) + b"admin.$cmd\0" + struct.pack("<ii", 0, -1)
    raw.send(2004, query + bson.encode({"isMaster": 1, "helloOk": True}), number=42)
    operation, answered, content = raw.read()
    assert (operation, answered) == (1, 42)
    assert bson.decode(content[20:])["helloOk"] is True
    raw.send(2004, query + bson.encode({"find": "a"}))
    assert bson.decode(raw.read()[2][20:])["code"] == 352


def test_a_document_sequence_is_read(raw: Raw, database: Database) -> None:
    sequence = b"documents\0" + b"".join(bson.encode({"_id": number}) for number in range(3))
    section = b"\1" + struct.pack("<i", 4 + len(sequence)) + sequence
    raw.command({"insert": "a", "$db": database.name}, rest=section)
    assert raw.reply() == {"n": 3, "ok": 1.0}


def test_a_message_with_more_to_come_is_not_answered(raw: Raw, database: Database) -> None:
    raw.command({"insert": "a", "documents": [{"_id": 1}], "$db": database.name}, flags=2)
    raw.command({"count": "a", "$db": database.name}, flags=1 << 16)
    assert raw.reply()["n"] == 1


def test_a_checksum_is_tolerated(raw: Raw) -> None:
    raw.command({"ping": 1, "$db": "admin"}, flags=1, rest=b"\1\2\3\4")
    assert raw.reply()["ok"] == 1


@pytest.mark.parametrize(
    "content",
    [
        b"GET / HTTP/1.1\r\nHost: example\r\n\r\n",
        struct.pack("<iiii", 20, 1, 0, 2013) + b"\4\0\0\0",
        struct.pack("<iiii", 2**31 - 1, 1, 0, 2013),
        struct.pack("<iiii", 26, 1, 0, 2013) + struct.pack("<IB", 0, 0) + b"\xff\xff\xff\x7f\0",
        struct.pack("<iiii", 26, 1, 0, 2013) + struct.pack("<IB", 0, 0) + b"\5\0\0\0\0",
        struct.pack("<iiii", 30, 1, 0, 2004) + b"\0" * 14,
        bytes(64),
    ],
)
def test_garbage_ends_only_its_own_connection(address: str, database: Database, content: bytes) -> None:
    raw = Raw(address)
    raw.socket.sendall(content)
    assert raw.is_closed()
    assert database.command("ping")["ok"] == 1


def test_a_client_that_is_gone_or_never_reads_keeps_nobody_waiting(address: str, database: Database) -> None:
    database.a.insert_one({"text": "x" * 15_000_000})
    cut, silent = Raw(address), Raw(address)
    cut.socket.sendall(struct.pack("<iiii", 5_000, 1, 0, 2013) + b"\0" * 100)
    cut.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    cut.socket.close()
    for _ in range(5):
        silent.command({"find": "a", "$db": database.name})
    assert database.a.count_documents({}) == 1


def test_an_unknown_command_or_option_is_refused(database: Database) -> None:
    refusals = [
        ({"frobnicate": 1}, 59),
        ({"find": "a", "collation": {"locale": "ru"}}, 9),
        ({"insert": "a", "documents": [{}], "frob": 1}, 9),
        ({"update": "a", "updates": [{"q": {}, "u": {"$set": {"a": 1}}, "arrayFilters": []}]}, None),
        ({"insert": "a", "documents": [{}], "writeConcern": {"w": 2}}, 2),
        ({"insert": "a", "documents": [{}], "txnNumber": Int64(1)}, 9),
        ({"find": "a", "filter": {"$where": "1"}}, 2),
        ({"find": "a", "filter": {"b": {"$near": 1}}}, 2),
        ({"aggregate": "a", "pipeline": [{"$lookup": {}}], "cursor": {}}, 40324),
        ({"aggregate": "a", "pipeline": []}, 9),
        ({"insert": "a", "documents": []}, 16),
        ({"find": "a", "limit": -1}, 51024),
    ]
    for body, code in refusals:
        reply = database.command(SON(body), check=False)
        errors = reply.get("writeErrors", [reply])
        assert errors[0]["code"] == (code or 9), body
    assert database.a.count_documents({}) == 0


def test_a_thousand_documents_go_in_one_batch_and_come_back_by_cursor(database: Database) -> None:
    database.a.insert_many([{"_id": number} for number in range(1000)])
    reply = database.command("find", "a", sort={"_id": 1})
    assert len(reply["cursor"]["firstBatch"]) == 101
    assert isinstance(reply["cursor"]["id"], Int64) and reply["cursor"]["id"] != 0
    rest = database.command("getMore", reply["cursor"]["id"], collection="a")["cursor"]
    assert [entry["_id"] for entry in rest["nextBatch"]] == list(range(101, 1000)) and rest["id"] == 0
    assert [entry["_id"] for entry in database.a.find().sort("_id", 1).skip(5).limit(300).batch_size(7)] == list(
        range(5, 305)
    )


def test_batches_of_other_sizes(database: Database) -> None:
    database.a.insert_many([{"_id": number} for number in range(10)])
    empty = database.command("find", "a", batchSize=0)["cursor"]
    assert empty["firstBatch"] == [] and empty["id"] != 0
    with pytest.raises(OperationFailure) as wrong:
        database.command("getMore", empty["id"], collection="b")
    assert wrong.value.code == 13
    more = database.command("getMore", empty["id"], collection="a", batchSize=4)["cursor"]
    assert [entry["_id"] for entry in more["nextBatch"]] == [0, 1, 2, 3]
    killed = database.command("killCursors", "a", cursors=[empty["id"], Int64(5)])
    assert killed["cursorsKilled"] == [empty["id"]] and killed["cursorsNotFound"] == [5]
    with pytest.raises(OperationFailure) as gone:
        database.command("getMore", empty["id"], collection="a")
    assert gone.value.code == 43
    single = database.command("find", "a", batchSize=3, singleBatch=True)["cursor"]
    assert len(single["firstBatch"]) == 3 and single["id"] == 0


def test_a_batch_never_outgrows_an_answer(database: Database) -> None:
    for number in range(4):
        database.a.insert_one({"_id": number, "text": "x" * 6_000_000})
    first = database.command("find", "a")["cursor"]
    assert len(first["firstBatch"]) == 2 and first["id"] != 0
    assert len(list(database.a.find())) == 4


def test_the_largest_document(raw: Raw, database: Database) -> None:
    database.a.insert_one({"_id": 1, "text": "x" * 15_000_000})
    assert len(database.a.find_one({"_id": 1})["text"]) == 15_000_000
    raw.command({"insert": "a", "documents": [{"_id": 2, "text": "x" * (16 << 20)}], "$db": database.name})
    assert raw.reply()["writeErrors"][0]["code"] == 2
    with pytest.raises(OperationFailure) as grown:
        database.a.update_one({"_id": 1}, {"$set": {"more": "x" * 2_000_000}})
    assert grown.value.code == 17419
    assert set(database.a.find_one({"_id": 1})) == {"_id", "text"}


def test_thirty_two_clients_count_without_losing_one(connect: Connect, database: Database) -> None:
    client = connect(maxPoolSize=32)
    together = threading.Barrier(32)

    def count(_: int) -> list[int]:
        together.wait(10)
        counters, change = client[database.name].counters, {"$inc": {"n": 1}}
        options = {"upsert": True, "return_document": True}
        return [counters.find_one_and_update({"_id": "c"}, change, **options)["n"] for _ in range(25)]

    with ThreadPoolExecutor(32) as pool:
        seen = sorted(number for numbers in pool.map(count, range(32)) for number in numbers)
    assert seen == list(range(1, 32 * 25 + 1))


def test_databases_and_collections_are_listed_and_dropped(database: Database) -> None:
    database.a.insert_one({})
    database.create_collection("b")
    assert database.list_collection_names() == ["a", "b"]
    assert database.name in database.client.list_database_names()
    with pytest.raises(OperationFailure) as exists:
        database.command("create", "b")
    assert exists.value.code == 48
    database.a.drop()
    assert database.list_collection_names() == ["b"]
    assert database.command("drop", "a", check=False)["code"] == 26
    assert database.command("dropDatabase")["dropped"] == database.name
    assert database.name not in database.client.list_database_names()


def test_unordered_batches_go_on_after_an_error(database: Database) -> None:
    entries = [{"_id": 1}, {"_id": 1}, {"_id": 2}]
    with pytest.raises(BulkWriteError) as ordered:
        database.a.insert_many(entries)
    assert ordered.value.details["nInserted"] == 1
    with pytest.raises(BulkWriteError) as unordered:
        database.a.insert_many(entries, ordered=False)
    assert [error["index"] for error in unordered.value.details["writeErrors"]] == [0, 1]
    assert unordered.value.details["nInserted"] == 1


def test_sign_in_by_password() -> None:
    with running_server("--quiet", "--user", "club", WIRE_PASSWORD="right, =word") as (address, _):
        options = {"username": "club", "authSource": "admin", "serverSelectionTimeoutMS": 5000}
        for mechanism in ({}, {"authMechanism": "SCRAM-SHA-256"}):
            with pymongo.MongoClient(address, password="right, =word", **options, **mechanism) as client:
                assert client.a.b.insert_one({"_id": 1}).inserted_id == 1 or mechanism
                client.a.b.delete_one({"_id": 1})
        for wrong in ({"password": "wrong"}, {"password": "right, =word", "username": "other"}):
            with pymongo.MongoClient(address, **{**options, **wrong}) as client:
                with pytest.raises(OperationFailure) as refused:
                    client.a.b.find_one()
                assert refused.value.code in (18, 334)
        with pymongo.MongoClient(address) as client:
            assert client.admin.command("ping")["ok"] == 1
            with pytest.raises(OperationFailure) as refused:
                client.a.b.find_one()
            assert refused.value.code == 13


def test_a_signal_ends_it_with_success() -> None:
    with running_server("--quiet") as (address, process):
        raw = Raw(address)
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(10) == 0
        assert raw.is_closed()

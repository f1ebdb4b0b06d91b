"""The faults that tests ask for, and the journal of what a database was asked."""

import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pymongo
import pytest
from bson.int64 import Int64
from pymongo.database import Database
from pymongo.errors import AutoReconnect, DuplicateKeyError, OperationFailure

Connect = Callable[..., pymongo.MongoClient]


def fail(database: Database, mode: Any, **data: Any) -> dict[str, Any]:
    """Turns a fault on for this database only."""
    data.setdefault("namespace", database.name)
    return database.client.admin.command("configureFailPoint", "failCommand", mode=mode, data=data)


def test_a_connection_closes_before_the_command_as_often_as_was_said(database: Database) -> None:
    fail(database, {"times": 2}, failCommands=["insert"], closeConnection=True)
    for _ in range(2):
        with pytest.raises(AutoReconnect):
            database.a.insert_one({"_id": 1})
    assert database.a.count_documents({}) == 0
    database.a.insert_one({"_id": 1})


def test_an_error_code_until_it_is_turned_off(database: Database) -> None:
    fail(database, "alwaysOn", failCommands=["find", "update"], errorCode=8000)
    for _ in range(3):
        with pytest.raises(OperationFailure) as failed:
            database.a.find_one()
        assert failed.value.code == 8000
    database.a.insert_one({})
    fail(database, "off")
    assert database.a.find_one() is not None


def test_a_connection_closes_after_the_command_was_applied(database: Database) -> None:
    fail(database, {"times": 1}, failCommands=["insert"], closeAfterApplying=True)
    with pytest.raises(AutoReconnect):
        database.a.insert_one({"_id": 1})
    assert database.a.find_one() == {"_id": 1}


def test_a_blocked_connection_blocks_nobody_else(database: Database) -> None:
    fail(database, {"times": 1}, failCommands=["find"], blockConnection=True, blockTimeMS=700)
    with ThreadPoolExecutor(1) as pool:
        began = time.monotonic()
        blocked = pool.submit(database.a.find_one)
        pings = 0
        while not blocked.done():
            database.command("ping")
            pings += 1
        assert time.monotonic() - began >= 0.7
    assert pings > 20


def test_faults_meet_only_their_namespace_and_application(connect: Connect, database: Database) -> None:
    fail(database, "alwaysOn", failCommands=["insert"], errorCode=8, namespace=f"{database.name}.a")
    fail(database, "alwaysOn", failCommands=["insert"], errorCode=9, appName="one")
    with pytest.raises(OperationFailure) as by_namespace:
        database.a.insert_one({})
    assert by_namespace.value.code == 8
    database.b.insert_one({})
    with pytest.raises(OperationFailure) as by_application:
        connect(appname="one")[database.name].b.insert_one({})
    assert by_application.value.code == 9
    connect(appname="two")[database.name].b.insert_one({})
    fail(database, "off", namespace=f"{database.name}.a")
    fail(database, "off", appName="one")
    database.a.insert_one({})


@pytest.mark.parametrize(
    ("mode", "data"),
    [
        ("sometimes", {"failCommands": ["find"], "errorCode": 1}),
        ({"skip": 3}, {"failCommands": ["find"], "errorCode": 1}),
        ("alwaysOn", {"failCommands": ["find"]}),
        ("alwaysOn", {"errorCode": 1}),
        ("alwaysOn", {"failCommands": ["find"], "blockConnection": True}),
        ("alwaysOn", {"failCommands": ["find"], "errorCode": 1, "errorLabels": []}),
    ],
)
def test_a_fault_that_cannot_be_had_is_refused(database: Database, mode: Any, data: dict[str, Any]) -> None:
    with pytest.raises(OperationFailure) as refused:
        fail(database, mode, **data)
    assert refused.value.code == 9


def test_every_distinct_write_loses_its_answer_once_where_the_database_says_so(connect: Connect) -> None:
    client = connect()
    database = client[f"test_{uuid.uuid4().hex}_dropping"]
    writes: list[Callable[[], Any]] = [
        lambda: database.a.insert_one({"_id": 1, "n": 0}),
        lambda: database.a.update_one({"_id": 1}, {"$inc": {"n": 1}}),
        lambda: database.a.update_one({"_id": 1}, {"$inc": {"n": 10}}),
        lambda: database.a.find_one_and_update({"_id": 1}, {"$inc": {"n": 100}}),
        lambda: database.a.delete_one({"_id": 2}),
    ]
    for write in writes:
        with pytest.raises(AutoReconnect):
            write()
    assert database.a.find_one() == {"_id": 1, "n": 111}
    with pytest.raises(DuplicateKeyError):
        writes[0]()
    for write in writes[1:]:
        write()
    assert database.a.find_one() == {"_id": 1, "n": 222}
    database.client.drop_database(database.name)


def test_the_journal_holds_what_was_asked(database: Database) -> None:
    database.a.create_index("x")
    database.a.insert_one({"_id": 1, "x": 1})
    list(database.a.find({"x": 1}, sort=[("x", -1)]).limit(5))
    database.a.update_many({"x": {"$gt": 5}}, {"$set": {"y": 1}})
    database.a.find_one_and_delete({"_id": 7}, sort=[("x", 1)])
    database.b.delete_many({"z": 1})
    database.a.count_documents({"x": 2})
    reply = database.command("fomoJournal", 1, collection="a")["cursor"]
    assert reply["id"] == 0
    assert [entry["command"] for entry in reply["firstBatch"]] == [
        "createIndexes", "insert", "find", "update", "findAndModify", "aggregate",
    ]  # fmt: skip
    find, update, modify = reply["firstBatch"][2:5]
    assert find == {"command": "find", "collection": "a", "filter": {"x": 1}, "sort": {"x": -1}, "limit": 5}
    assert update["filter"] == {"x": {"$gt": 5}} and update["multi"] is True
    assert modify["filter"] == {"_id": 7} and modify["sort"] == {"x": 1}
    assert len(database.command("fomoJournal", 1)["cursor"]["firstBatch"]) == 7
    database.command("fomoJournal", "clear")
    assert database.command("fomoJournal", 1)["cursor"]["firstBatch"] == []


def test_the_journal_keeps_the_last_ten_thousand(database: Database) -> None:
    statements = [{"q": {"_id": number}, "limit": 1} for number in range(10_005)]
    database.command("delete", "a", deletes=statements)
    entries = database.command("fomoJournal", 1)["cursor"]["firstBatch"]
    assert len(entries) == 10_000 and entries[0]["filter"] == {"_id": 5}
    first = database.command("fomoJournal", 1, cursor={"batchSize": 6000})["cursor"]
    rest = database.command("getMore", Int64(first["id"]), collection="fomoJournal")["cursor"]
    assert len(rest["nextBatch"]) == 4000 and rest["id"] == 0

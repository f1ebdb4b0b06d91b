"""Updates, findAndModify, projections and pipelines answer as the real server."""

import random
from collections.abc import Mapping
from typing import Any

import pytest
from bson.int64 import Int64
from bson.son import SON
from pymongo.collection import ReturnDocument
from pymongo.database import Database
from pymongo.errors import OperationFailure

Document = dict[str, Any]
#: The document before, the update, the document after (without `_id`), and whether that counts as modified.
UPDATES: list[tuple[Document, Document, Document, bool]] = [
    ({"a": 1}, {"$set": {"a": 1}}, {"a": 1}, False),
    ({"a": 1}, {"$set": {"a": 1.0}}, {"a": 1.0}, True),
    ({"a": 1}, {"$set": {"z": 1, "b.c": 2}}, {"a": 1, "b": {"c": 2}, "z": 1}, True),
    ({"a": [1, 2]}, {"$set": {"a.1": 5, "a.3": 6}}, {"a": [1, 5, None, 6]}, True),
    ({"a": 1, "b": {"c": 1}}, {"$unset": {"b.c": "", "d.e": ""}}, {"a": 1, "b": {}}, True),
    ({"a": 1}, {"$unset": {"b": ""}}, {"a": 1}, False),
    ({"a": 1}, {"$inc": {"a": 0}}, {"a": 1}, False),
    ({"a": 1}, {"$inc": {"a": Int64(4), "b": 2}}, {"a": 5, "b": 2}, True),
    ({"a": 1}, {"$setOnInsert": {"a": 5}}, {"a": 1}, False),
    ({}, {"$push": {"a": 1}}, {"a": [1]}, True),
    ({"a": [1, 2]}, {"$push": {"a": {"$each": [3, 4], "$slice": -3}}}, {"a": [2, 3, 4]}, True),
    ({"a": [1, 2]}, {"$push": {"a": {"$each": []}}}, {"a": [1, 2]}, False),
    ({"a": [1]}, {"$addToSet": {"a": 1.0}}, {"a": [1]}, False),
    ({"a": [1]}, {"$addToSet": {"a": {"$each": [1, 2, 2]}}}, {"a": [1, 2]}, True),
    ({"a": [1, 2, 3]}, {"$pull": {"a": {"$gte": 2}}}, {"a": [1]}, True),
    ({"a": [1, 2, 1]}, {"$pull": {"a": 1}}, {"a": [2]}, True),
    ({"a": [{"x": 1, "y": 1}, {"x": 2}]}, {"$pull": {"a": {"x": 1}}}, {"a": [{"x": 2}]}, True),
    ({"a": [1]}, {"$pull": {"a": 2, "b.c": 1}}, {"a": [1]}, False),
    ({"a": 5}, {"$max": {"a": 4, "b": 1}, "$min": {"c": 2}}, {"a": 5, "b": 1, "c": 2}, True),
    ({"a": 5}, {"$min": {"a": 4}}, {"a": 4}, True),
    ({"a": 5}, {"$max": {"a": "text"}}, {"a": "text"}, True),
    ({"a": 5, "b": 1}, {"c": 1}, {"c": 1}, True),
    ({"a": 5}, {"a": 5}, {"a": 5}, False),
    ({"a": 5}, {"$set": {}}, {"a": 5}, False),
]


def updated(database: Database, **statement: Any) -> Mapping[str, Any]:
    return database.command("update", "a", updates=[statement])


@pytest.mark.parametrize(("before", "change", "after", "modified"), UPDATES)
def test_updates(database: Database, before: Document, change: Document, after: Document, modified: bool) -> None:
    database.a.insert_one({"_id": 1, **before})
    assert updated(database, q={"_id": 1}, u=change) == {"n": 1, "nModified": int(modified), "ok": 1.0}
    found = database.a.find_one()
    assert list(found.items()) == list({"_id": 1, **after}.items())
    assert [type(value) for value in found.values()] == [type(value) for value in {"_id": 1, **after}.values()] or (
        isinstance(found["a"], Int64)
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"$set": {"a": 1, "a.b": 1}}, 40),
        ({"$set": {"a": 1}, "$inc": {"a": 1}}, 40),
        ({"$set": {"a.b": 1}}, 28),
        ({"$set": {"_id": 2}}, 66),
        ({"_id": 2}, 66),
        ({"$inc": {"t": 1}}, 14),
        ({"$inc": {"a": "1"}}, 14),
        ({"$push": {"a": 1}}, 2),
        ({"$rename": {"a": "b"}}, 9),
        ({"$set": {"l.$": 1}}, 2),
        ({"$set": {"l.$[]": 1}}, 2),
        ({"$set": {"a..b": 1}}, 56),
        ({"$set": 1}, 9),
        ([{"$set": {"a": 1}}], 9),
    ],
)
def test_updates_that_do_not_fit_are_refused(database: Database, change: Any, code: int) -> None:
    before = {"_id": 1, "a": 1, "t": "text", "l": [1]}
    database.a.insert_one(before)
    reply = updated(database, q={"_id": 1}, u=change)
    assert reply["writeErrors"][0]["code"] == code and reply["n"] == 0
    assert database.a.find_one() == before


def test_an_upsert_starts_from_what_the_filter_demands(database: Database) -> None:
    query = {"_id": "x", "a.b": 1, "c": {"$eq": 2}, "d": {"$gt": 5}, "$and": [{"e": 3}]}
    change = {"$set": {"f": 4}, "$setOnInsert": {"g": 5}, "$inc": {"a.b": 1}}
    reply = updated(database, q=query, u=change, upsert=True)
    assert reply == {"n": 1, "nModified": 0, "upserted": [{"index": 0, "_id": "x"}], "ok": 1.0}
    assert database.a.find_one() == {"_id": "x", "a": {"b": 2}, "c": 2, "e": 3, "f": 4, "g": 5}
    assert updated(database, q={"_id": "x"}, u={"$setOnInsert": {"g": 6}}, upsert=True)["nModified"] == 0
    made = updated(database, q={"_id": 7, "z": 1}, u={"only": 1}, upsert=True)["upserted"][0]["_id"]
    assert database.a.find_one({"_id": made}) == {"_id": 7, "only": 1}


def test_statements_of_one_update_run_until_the_first_that_fails(database: Database) -> None:
    database.a.insert_many([{"_id": 1, "n": 1}, {"_id": 2, "n": "text"}, {"_id": 3, "n": 3}])
    statements = [{"q": {"_id": number}, "u": {"$inc": {"n": 1}}} for number in (1, 2, 3)]
    ordered = database.command("update", "a", updates=statements)
    assert (ordered["n"], ordered["nModified"], ordered["writeErrors"][0]["index"]) == (1, 1, 1)
    unordered = database.command("update", "a", updates=statements, ordered=False)
    assert (unordered["n"], unordered["nModified"]) == (2, 2)
    assert updated(database, q={}, u={"x": 1}, multi=True)["writeErrors"][0]["code"] == 9


def test_find_and_modify(database: Database) -> None:
    database.a.insert_many([{"_id": number, "n": number % 3} for number in range(9)])
    run = database.command
    reply = run("findAndModify", "a", query={"n": 1}, sort={"_id": -1}, update={"$set": {"t": 1}}, fields={"t": 1})
    assert reply == {"lastErrorObject": {"n": 1, "updatedExisting": True}, "value": {"_id": 7}, "ok": 1.0}
    reply = run("findAndModify", "a", query={"_id": 7}, update={"$inc": {"t": 1}}, new=True)
    assert reply["value"] == {"_id": 7, "n": 1, "t": 2}
    reply = run("findAndModify", "a", query={"_id": "u"}, update={"$set": {"t": 1}}, upsert=True)
    assert reply["lastErrorObject"] == {"n": 1, "updatedExisting": False, "upserted": "u"} and reply["value"] is None
    reply = run("findAndModify", "a", query={"_id": "u"}, remove=True)
    assert reply == {"lastErrorObject": {"n": 1}, "value": {"_id": "u", "t": 1}, "ok": 1.0}
    reply = run("findAndModify", "a", query={"_id": "u"}, update={"$set": {"t": 1}})
    assert reply == {"lastErrorObject": {"n": 0, "updatedExisting": False}, "value": None, "ok": 1.0}
    for wrong in ({}, {"remove": True, "update": {}}, {"remove": True, "new": True}):
        with pytest.raises(OperationFailure) as refused:
            run(SON([("findAndModify", "a"), *wrong.items()]))
        assert refused.value.code == 9
    replaced = database.a.find_one_and_replace({"_id": 1}, {"r": 1}, return_document=ReturnDocument.AFTER)
    assert replaced == {"_id": 1, "r": 1}


def test_deletes_take_one_or_all(database: Database) -> None:
    database.a.insert_many([{"_id": number, "n": 1} for number in range(5)])
    assert database.command("delete", "a", deletes=[{"q": {"n": 1}, "limit": 1}])["n"] == 1
    assert database.command("delete", "a", deletes=[{"q": {"n": 1}, "limit": 2}])["writeErrors"][0]["code"] == 9
    assert database.command("delete", "a", deletes=[{"q": {"n": 1}, "limit": 0}])["n"] == 4


@pytest.mark.parametrize(
    ("projection", "expected"),
    [
        ({"a": 1}, {"_id": 1, "a": 1}),
        ({"a": 1, "_id": 0}, {"a": 1}),
        ({"a": 0}, {"_id": 1, "b": {"c": 1, "d": 2}, "l": [{"x": 1, "y": 2}, 5]}),
        ({"b.c": 1, "l.x": 1}, {"_id": 1, "b": {"c": 1}, "l": [{"x": 1}]}),
        ({"b.c": 0, "l": 0}, {"_id": 1, "a": 1, "b": {"d": 2}}),
        ({"b": {"d": 1}, "_id": 0}, {"b": {"d": 2}}),
        ({"_id": 1}, {"_id": 1}),
        ({"none": 1, "_id": 0}, {}),
    ],
)
def test_projections(database: Database, projection: Document, expected: Document) -> None:
    database.a.insert_one({"_id": 1, "a": 1, "b": {"c": 1, "d": 2}, "l": [{"x": 1, "y": 2}, 5]})
    assert database.a.find_one({}, projection) == expected
    assert list(database.a.aggregate([{"$project": projection}])) == [expected]


def test_projections_that_cannot_be_are_refused(database: Database) -> None:
    for wrong, code in [({"a": 1, "b": 0}, 31254), ({"a": {"$slice": 1}}, 9), ({"a.b": 1, "a": 1}, 31250)]:
        assert database.command("find", "a", projection=wrong, check=False)["code"] == code


def test_a_pipeline(database: Database) -> None:
    database.a.insert_many([{"_id": number, "kind": number % 2, "n": Int64(number)} for number in range(10)])
    grouped = [
        {"$match": {"_id": {"$gt": 0}}},
        {"$group": {"_id": "$kind", "count": {"$sum": 1}, "total": {"$sum": "$n"}, "least": {"$min": "$_id"},
                    "mean": {"$avg": "$n"}, "all": {"$push": "$_id"}}},
        {"$sort": {"_id": -1}},
    ]  # fmt: skip
    odd, even = database.a.aggregate(grouped)
    assert odd == {"_id": 1, "count": 5, "total": 25, "least": 1, "mean": 5.0, "all": [1, 3, 5, 7, 9]}
    assert even["count"] == 4 and type(odd["total"]) is Int64 and type(odd["count"]) is int
    assert list(database.a.aggregate([{"$skip": 2}, {"$limit": 5}, {"$count": "n"}])) == [{"n": 5}]
    assert list(database.a.aggregate([{"$match": {"_id": "none"}}, {"$count": "n"}])) == []
    computed = [{"$match": {"_id": 3}}, {"$project": {"kind": 1, "next": {"$add": ["$n", 1]}, "same": "$kind"}}]
    assert list(database.a.aggregate(computed)) == [{"_id": 3, "kind": 1, "next": 4, "same": 1}]
    condition = {"$cond": [{"$gte": ["$_id", 8]}, "high", {"$ifNull": ["$none", "low"]}]}
    kinds = [{"$group": {"_id": condition, "n": {"$sum": 1}}}, {"$sort": {"_id": 1}}]
    assert list(database.a.aggregate(kinds)) == [{"_id": "high", "n": 2}, {"_id": "low", "n": 8}]
    assert database.a.count_documents({"kind": 1}, skip=1, limit=3) == 3


def test_distinct_and_count(database: Database) -> None:
    database.a.insert_many([{"t": ["a", "b"], "d": [{"x": 1}]}, {"t": "b", "d": {"x": 2}}, {}])
    assert sorted(database.a.distinct("t")) == ["a", "b"]
    assert sorted(database.a.distinct("d.x", {"t": "b"})) == [1, 2]
    assert database.command("count", "a", query={"t": "b"}, limit=1)["n"] == 1
    assert database.command("count", "none")["n"] == 0


def test_an_index_never_changes_what_is_found(database: Database) -> None:
    chance = random.Random(7)

    def value(depth: int = 0) -> Any:
        kind = chance.random()
        if kind < 0.6 or depth > 2:
            return chance.choice(["a", "b", 1, 2.0, None])
        if kind < 0.8 and depth == 0:
            return [value(depth + 1) for _ in range(chance.randint(0, 2))]
        return {name: value(depth + 1) for name in chance.sample("xy", chance.randint(0, 2))}

    entries = [{"_id": number, "k": value(), "l": chance.choice(["a", "b", None])} for number in range(200)]
    for name in ("plain", "indexed"):
        database[name].insert_many(entries)
    database.indexed.create_index("k")
    database.indexed.create_index([("k.x", 1), ("k.y", 1)])
    database.indexed.create_index([("l", 1), ("k.x", -1)], sparse=True)
    database.indexed.create_index("l", name="partial", partialFilterExpression={"l": "a"})
    database.indexed.create_index("k.y", name="exists", partialFilterExpression={"k.y": {"$exists": True}})
    database.indexed.update_many({"l": "b"}, {"$set": {"l": "a"}})
    database.plain.update_many({"l": "b"}, {"$set": {"l": "a"}})
    for _ in range(200):
        operators = [{"$in": ["a", None]}, {"$in": ["b", 1]}, {"$exists": True}, {"$gte": 1}, {"$eq": 2}, {"$ne": "b"}]
        condition = chance.choice([value(3), *operators])
        query = {chance.choice(["k", "k.x", "k.y", "l"]): condition, chance.choice(["l", "k.y"]): value(3)}
        found = [sorted(entry["_id"] for entry in database[name].find(query)) for name in ("plain", "indexed")]
        assert found[0] == found[1], query


def test_lists_are_unwound(database: Database) -> None:
    database.a.insert_many([{"_id": 1, "x": ["b", "a"]}, {"_id": 2, "x": []}, {"_id": 3}, {"_id": 4, "x": "a"}])
    unwound = [{"_id": 1, "x": "b"}, {"_id": 1, "x": "a"}, {"_id": 4, "x": "a"}]
    assert list(database.a.aggregate([{"$unwind": "$x"}])) == unwound
    for wrong, code in [("x", 28818), ({"path": "$x"}, 28818), ("$x.y", 9)]:
        with pytest.raises(OperationFailure) as refused:
            database.a.aggregate([{"$unwind": wrong}])
        assert refused.value.code == code

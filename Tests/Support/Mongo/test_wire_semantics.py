"""Documents, filters, updates and unique indexes behave as the real server's."""

import random
from typing import Any

import bson
import pytest
from bson import Decimal128, MaxKey, MinKey, ObjectId, Regex, Timestamp
from bson.binary import Binary
from bson.codec_options import CodecOptions
from bson.int64 import Int64
from bson.raw_bson import RawBSONDocument
from bson.son import SON
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError, OperationFailure

DUPLICATES: list[tuple[str, dict[str, Any], Any, list[dict[str, Any]], dict[str, Any]]] = [
    ("missing is null", {}, "k", [{}], {"k": None}),
    ("numbers of other types are equal", {}, "k", [{"k": 1}], {"k": 1.0}),
    ("an element of an array", {}, "k", [{"k": ["a", "b"]}], {"k": "b"}),
    ("elements of two arrays", {}, "k", [{"k": ["a", "b"]}], {"k": ["c", "b"]}),
    ("two empty arrays", {}, "k", [{"k": []}], {"k": []}),
    ("inside documents of an array", {}, "k.x", [{"k": [{"x": 1}, {"x": 2}]}], {"k": [{"x": 2}]}),
    ("compound", {}, [("k", 1), ("l", -1)], [{"k": 1, "l": 2}], {"k": 1, "l": 2}),
    ("compound with an array", {}, [("k", 1), ("l", 1)], [{"k": 1, "l": [2, 3]}], {"k": 1, "l": 3}),
    ("sparse and null", {"sparse": True}, "k", [{"k": None}], {"k": None}),
    ("partial", {"partialFilterExpression": {"k": {"$exists": True}}}, "k", [{"k": 1}], {"k": 1}),
    ("partial by type", {"partialFilterExpression": {"k": {"$gt": ""}}}, "k", [{"k": "a"}], {"k": "a"}),
    ("documents", {}, "k", [{"k": {"a": 1, "b": 2}}], {"k": {"a": 1, "b": 2}}),
]
NEIGHBOURS: list[tuple[str, dict[str, Any], Any, list[dict[str, Any]]]] = [
    ("a number and its text", {}, "k", [{"k": 1}, {"k": "1"}, {"k": True}, {}]),
    ("twice in one document", {}, "k", [{"k": ["a", "a"]}, {"k": "b"}]),
    ("sparse", {"sparse": True}, "k", [{}, {}, {"k": 1}]),
    ("sparse compound, all missing", {"sparse": True}, [("k", 1), ("l", 1)], [{}, {}, {"k": 1}, {"l": 1}]),
    ("partial", {"partialFilterExpression": {"k": {"$exists": True}}}, "k", [{}, {}, {"k": 1}]),
    ("partial by another", {"partialFilterExpression": {"on": True}}, "k", [{"k": 1}, {"k": 1}, {"k": 1, "on": True}]),
    ("partial by type", {"partialFilterExpression": {"k": {"$gt": ""}}}, "k", [{"k": None}, {}, {"k": 5}, {"k": 5}]),
    ("compound", {}, [("k", 1), ("l", 1)], [{"k": 1, "l": 2}, {"k": 1, "l": 3}, {"k": 2, "l": 2}]),
    ("empty and null", {}, "k", [{"k": []}, {"k": None}]),
    ("order of fields", {}, "k", [{"k": {"a": 1, "b": 2}}, {"k": {"b": 2, "a": 1}}]),
]


@pytest.mark.parametrize(
    ("options", "key", "there", "second"), [case[1:] for case in DUPLICATES], ids=[case[0] for case in DUPLICATES]
)
def test_a_duplicate_is_refused_by_every_way_to_write(
    database: Database, options: dict[str, Any], key: Any, there: list[dict[str, Any]], second: dict[str, Any]
) -> None:
    collection = database.a
    name = collection.create_index(key, unique=True, **options)
    collection.insert_many(there)
    with pytest.raises(DuplicateKeyError) as inserted:
        collection.insert_one({"_id": "second", **second})
    pattern = dict([(key, 1)] if isinstance(key, str) else key)
    assert inserted.value.details["keyPattern"] == pattern
    assert list(inserted.value.details["keyValue"]) == list(pattern)
    other = {"_id": "other", "k": "other", "l": "other"}
    collection.insert_one(other)
    with pytest.raises(DuplicateKeyError):
        collection.replace_one({"_id": "other"}, second)
    change = {"$set": second} if second else {"$unset": {"k": ""}}
    with pytest.raises(DuplicateKeyError):
        collection.update_many({"_id": "other"}, change)
    with pytest.raises(OperationFailure) as modified:
        collection.find_one_and_update({"_id": "other"}, change)
    assert modified.value.code == 11000 and modified.value.details["keyPattern"] == pattern
    with pytest.raises(DuplicateKeyError):
        collection.update_one({"_id": "new"}, {"$set": {**second, "n": 1}}, upsert=True)
    assert collection.find_one({"_id": "other"}) == other
    assert collection.count_documents({}) == len(there) + 1
    collection.drop_index(name)
    collection.insert_one({"_id": "second", **second})
    with pytest.raises(OperationFailure) as built:
        collection.create_index(key, unique=True, **options)
    assert built.value.code == 11000
    assert list(collection.index_information()) == ["_id_"]


@pytest.mark.parametrize(
    ("options", "key", "entries"), [case[1:] for case in NEIGHBOURS], ids=[case[0] for case in NEIGHBOURS]
)
def test_what_is_no_duplicate_is_stored(
    database: Database, options: dict[str, Any], key: Any, entries: list[dict[str, Any]]
) -> None:
    database.a.create_index(key, unique=True, **options)
    database.a.insert_many(entries)
    database.b.insert_many(entries)
    database.b.create_index(key, unique=True, **options)
    assert database.a.update_many({}, {"$set": {"n": 1}}).modified_count == len(entries)


def test_a_key_is_free_again_after_its_document_went_or_changed(database: Database) -> None:
    database.a.create_index("k", unique=True)
    database.a.insert_many([{"_id": 1, "k": ["x", "y"]}, {"_id": 2, "k": "z"}])
    database.a.update_one({"_id": 1}, {"$pull": {"k": "y"}})
    database.a.update_one({"_id": 2}, {"$set": {"k": "y"}})
    database.a.delete_one({"_id": 1})
    database.a.insert_one({"_id": 3, "k": "x"})


def test_a_multi_update_keeps_what_it_did_before_the_duplicate(database: Database) -> None:
    database.a.create_index("k", unique=True)
    database.a.insert_many([{"_id": 1, "k": 1}, {"_id": 2, "k": 2}, {"_id": 3, "k": 3}])
    with pytest.raises(DuplicateKeyError):
        database.a.update_many({}, {"$set": {"k": 9}})
    assert [entry["k"] for entry in database.a.find().sort("_id", 1)] == [9, 2, 3]


def test_indexes_that_conflict_are_refused(database: Database) -> None:
    database.a.create_index("k", name="one")
    database.a.create_index("k", name="one")
    for wrong, code in [
        ({"key": {"k": 1}, "name": "two"}, 85),
        ({"key": {"l": 1}, "name": "one"}, 86),
        ({"key": {"l": "text"}, "name": "t"}, 67),
        ({"key": {"l": 1}, "name": "t", "expireAfterSeconds": 1}, 67),
        ({"key": {"l": 1}, "name": "t", "partialFilterExpression": {"l": {"$exists": False}}}, 67),
        ({"key": {"l": 1}, "name": "t", "partialFilterExpression": {"l": {"$ne": 1}}}, 67),
    ]:
        assert database.command("createIndexes", "a", indexes=[wrong], check=False)["code"] == code
    assert database.command("dropIndexes", "a", index="frob", check=False)["code"] == 27
    database.b.create_index([("k", 1), ("l", 1)])
    with pytest.raises(OperationFailure) as parallel:
        database.b.insert_one({"k": [1, 2], "l": [1, 2]})
    assert parallel.value.code == 171


def test_values_come_back_with_their_types(database: Database) -> None:
    entry = SON(
        [("_id", 1), ("int", 5), ("long", Int64(5)), ("double", 5.0), ("binary", Binary(b"ab", 0)),
         ("uuid", Binary(b"x" * 16, 4)), ("decimal", Decimal128("1.50")), ("oid", ObjectId()), ("null", None),
         ("regex", Regex("^a", "i")), ("time", Timestamp(5, 6)), ("min", MinKey()), ("nested", {"b": [1, {"a": 2}]})]
    )  # fmt: skip
    database.a.insert_one(entry)
    as_bytes = database.a.with_options(codec_options=CodecOptions(document_class=RawBSONDocument))
    assert as_bytes.find_one().raw == bson.encode(entry)
    database.a.update_one({"_id": 1}, {"$inc": {"int": 1, "long": 1, "double": 1}})
    changed = database.a.find_one({}, {"int": 1, "long": 1, "double": 1, "_id": 0})
    assert [type(value) for value in changed.values()] == [int, Int64, float]
    database.a.update_one({"_id": 1}, {"$set": {"int": 2**31 - 1}})
    database.a.update_one({"_id": 1}, {"$inc": {"int": 1}})
    assert type(database.a.find_one()["int"]) is Int64
    database.a.update_one({"_id": 1}, {"$set": {"long": Int64(2**63 - 1)}})
    with pytest.raises(OperationFailure):
        database.a.update_one({"_id": 1}, {"$inc": {"long": 1}})


def test_values_of_all_types_sort_as_the_server_sorts_them(database: Database) -> None:
    values = [MinKey(), [], None, -1, 0.5, Int64(1), 2, "", "Z", "a", {}, {"a": 1}, b"", b"a", ObjectId("0" * 24),
              False, True, Timestamp(1, 1), Regex("a"), MaxKey()]  # fmt: skip
    entries = [{"_id": number, "v": value} for number, value in enumerate(values)]
    random.Random(5).shuffle(entries)
    database.a.insert_many(entries)
    assert [entry["_id"] for entry in database.a.find().sort("v", 1)] == list(range(len(values)))
    assert [entry["_id"] for entry in database.a.find().sort("v", -1)] == list(range(len(values)))[::-1]


def test_an_array_sorts_by_its_least_or_greatest_element(database: Database) -> None:
    database.a.insert_many([{"_id": 1, "v": [1, 9]}, {"_id": 2, "v": 5}, {"_id": 3}])
    assert [entry["_id"] for entry in database.a.find().sort("v", 1)] == [3, 1, 2]
    assert [entry["_id"] for entry in database.a.find().sort("v", -1)] == [1, 2, 3]


FILTERS: list[tuple[dict[str, Any], list[int]]] = [
    ({"k": "b"}, [1, 2]),
    ({"k": {"$elemMatch": {"$gte": "b", "$lt": "c"}}}, [2]),
    ({"k": {"$gte": "b", "$lt": "bb"}}, [1, 2, 3]),
    ({"k": {"$elemMatch": {"$gte": "b", "$lt": "bb"}}}, [2]),
    ({"k": {"$all": ["a", "b"]}}, [2]),
    ({"k": {"$ne": "b"}}, [3, 4, 5, 6]),
    ({"k": {"$nin": ["b", None]}}, [3, 4]),
    ({"k": {"$exists": False}}, [6]),
    ({"k": None}, [5, 6]),
    ({"k": {"$in": ["c", 7]}}, [3, 4]),
    ({"k": {"$regex": "^a"}}, [2, 3]),
    ({"k": Regex("^A", "i")}, [2, 3]),
    ({"k": {"$size": 2}}, [2, 3]),
    ({"k": {"$gt": 5}}, [4]),
    ({"k": True}, []),
    ({"d.x": 1}, [1, 2]),
    ({"d": {"$elemMatch": {"x": 1, "y": 3}}}, [2]),
    ({"d.x": 1, "d.y": 2}, [1, 2]),
    ({"d.0.x": 1}, [1]),
    ({"d.1": {"$exists": True}}, [1, 2]),
    ({"d.x": {"$exists": False}}, [3, 4, 5, 6]),
    ({"$or": [{"_id": 1}, {"$and": [{"_id": {"$gt": 2}}, {"_id": {"$lte": 3}}]}]}, [1, 3]),
    ({"$nor": [{"_id": {"$lt": 5}}]}, [5, 6]),
    ({"k": {"$not": {"$gte": "a"}}}, [4, 5, 6]),
    ({"_id": {"$mod": [3, 1]}}, [1, 4]),
    ({"k": {"$type": "string"}}, [1, 2, 3]),
    ({"d": []}, [3]),
]


@pytest.mark.parametrize("indexed", [False, True])
@pytest.mark.parametrize(("query", "expected"), FILTERS)
def test_filters(database: Database, query: dict[str, Any], expected: list[int], indexed: bool) -> None:
    if indexed:
        database.a.create_index("k")
        database.a.create_index([("d.x", 1), ("d.y", 1)])
    database.a.insert_many(
        [
            {"_id": 1, "k": "b", "d": [{"x": 1, "y": 2}, {"x": 2, "y": 3}]},
            {"_id": 2, "k": ["a", "b"], "d": [{"x": 2, "y": 2}, {"x": 1, "y": 3}]},
            {"_id": 3, "k": ["a", "c"], "d": []},
            {"_id": 4, "k": 7},
            {"_id": 5, "k": None},
            {"_id": 6},
        ]
    )
    assert sorted(entry["_id"] for entry in database.a.find(query)) == expected

"""Collections and databases in memory: documents as BSON, indexes, and the choice of an index for a filter."""

import itertools
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import bson
from bson import CodecOptions, Regex
from bson.binary import UuidRepresentation
from bson.errors import BSONError, InvalidDocument
from bson.raw_bson import RawBSONDocument

import matching
from failure import CommandFailure
from indexes import IdKey, Index
from ordering import canonical, sort_key

Document = dict[str, Any]
#: Binary values keep their subtype, also where it says UUID.
CODEC: CodecOptions = CodecOptions(uuid_representation=UuidRepresentation.UNSPECIFIED)
RAW_CODEC: CodecOptions = CodecOptions(document_class=RawBSONDocument)
LARGEST_DOCUMENT = 16 * 1024 * 1024


class Record(NamedTuple):
    """A stored document; neither form is ever changed, an update stores a new record."""

    order: int
    document: Document
    raw: bytes

    def copy(self) -> Document:
        """The document to change freely."""
        return bson.decode(self.raw, CODEC)

    def encoded(self) -> RawBSONDocument:
        """The document as it goes into an answer, byte for byte as it was stored."""
        return RawBSONDocument(self.raw, RAW_CODEC)


class Collection:
    """The documents of one collection in the order of their insertion, and its indexes."""

    def __init__(self, namespace: str) -> None:
        self.namespace = namespace
        self.records: dict[IdKey, Record] = {}
        self.indexes: dict[str, Index] = {"_id_": Index({"key": {"_id": 1}, "name": "_id_", "unique": True}, namespace)}
        self._numbers = itertools.count()

    def insert(self, document: Document) -> Record:
        """Stores a new document, with a made `_id` where it has none.

        Raises 11000 where a unique index has one of its keys already; nothing is stored then.
        """
        return self._store(document, None)

    def replace(self, before: Record, document: Document) -> Record:
        """Puts `document` in the place of `before`; raises 11000, and changes nothing, as `insert` does."""
        return self._store(document, before)

    def remove(self, record: Record) -> None:
        """Takes a document out."""
        id_key = canonical(record.document["_id"])
        del self.records[id_key]
        for index in self.indexes.values():
            index.remove(id_key)

    def matching(self, query: Document) -> Iterator[Record]:
        """The documents that match a filter, in no promised order beyond that of insertion."""
        matches = matching.compiled(query)
        return (record for record in self._candidates(query) if matches(record.document))

    def add_index(self, index: Index) -> None:
        """Builds an index over what is there; raises 11000 over duplicates, and has no index then."""
        for id_key, record in self.records.items():
            index.check(id_key, record.document)
            index.add(id_key, record.document)
        self.indexes[index.name] = index

    def check_hint(self, hint: Any) -> None:
        """Refuses a hint that names no index, as the real server does."""
        if hint is None or hint == {} or hint == {"$natural": 1}:
            return
        if self.index_named(hint) is None:
            raise CommandFailure(2, "hint provided does not correspond to an existing index")

    def index_named(self, wanted: Any) -> Index | None:
        """The index of that name or key."""
        if isinstance(wanted, str):
            return self.indexes.get(wanted)
        if not isinstance(wanted, dict):
            return None
        pattern = list(wanted.items())
        return next((index for index in self.indexes.values() if list(index.pattern.items()) == pattern), None)

    def _store(self, document: Document, before: Record | None) -> Record:
        raw, document = stored_form(document, 2 if before is None else 17419)
        id_key = canonical(document["_id"])
        for index in self.indexes.values():
            index.check(id_key, document)
            index.entries(document)  # Raises where it cannot be indexed, before anything is changed.
        if before is None and id_key in self.records:
            raise self.indexes["_id_"].duplicate([document["_id"]])
        record = Record(next(self._numbers) if before is None else before.order, document, raw)
        self.records[id_key] = record
        for index in self.indexes.values():
            if before is not None:
                index.remove(id_key)
            index.add(id_key, document)
        return record

    def _candidates(self, query: Document) -> Iterable[Record]:
        """A superset of the filter's matches, as small as the indexes make it."""
        flat = _conjunction(query)
        equalities = {path: choices for path, value in flat.items() if (choices := _choices(value)) is not None}
        if "_id" in equalities:
            keys = {canonical(choice): None for choice in equalities["_id"]}
            found = [self.records[key] for key in keys if key in self.records]
            return sorted(found, key=lambda record: record.order) if len(found) > 1 else found
        sets = [index.candidates(flat, equalities) for index in self.indexes.values()]
        smallest = min((ids for ids in sets if ids is not None), key=len, default=None)
        if smallest is None:
            return list(self.records.values())
        return sorted((self.records[key] for key in smallest), key=lambda record: record.order)


class Database:
    """The collections of one database."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.collections: dict[str, Collection] = {}

    def existing(self, collection: str) -> Collection:
        """The collection, or an empty one that is not kept where there is none."""
        return self.collections.get(collection) or Collection(f"{self.name}.{collection}")

    def created(self, collection: str) -> Collection:
        """The collection, made where there is none."""
        if collection not in self.collections:
            if "$" in collection or collection.startswith((".", "system.")):
                raise CommandFailure(73, f"Invalid namespace specified '{self.name}.{collection}'")
            self.collections[collection] = Collection(f"{self.name}.{collection}")
        return self.collections[collection]


def stored_form(document: Document, code_if_too_large: int) -> tuple[bytes, Document]:
    """A document as it is kept: encoded, and shared with nobody."""
    id_value = document["_id"]
    if isinstance(id_value, (list, Regex)):
        raise CommandFailure(53, f"The '_id' value cannot be of type {type(id_value).__name__.lower()}")
    if isinstance(id_value, dict) and any(name.startswith("$") for name in id_value):
        raise CommandFailure(52, "_id fields may not contain '$'-prefixed fields")
    try:
        raw = bson.encode(document, codec_options=CODEC)
    except (BSONError, InvalidDocument, OverflowError, RecursionError) as error:
        raise CommandFailure(2, f"the document cannot be stored as BSON: {error}") from error
    if len(raw) > LARGEST_DOCUMENT:
        message = f"the document is too large. size in bytes: {len(raw)}, max size: {LARGEST_DOCUMENT}"
        raise CommandFailure(code_if_too_large, message)
    return raw, bson.decode(raw, CODEC)


def in_order(records: Iterable[Record], sort: Document | None) -> list[Record]:
    """Records sorted as a sort document says; without one, as they come."""
    result = list(records)
    for path, way in reversed(list((sort or {}).items())):
        descending, parts = way < 0, path.split(".")
        result.sort(key=lambda record: _least_on(record.document, parts, descending), reverse=descending)
    return result


def checked_sort(sort: Any) -> Document | None:
    """Refuses a sort that is not one of fields, each 1 or -1."""
    if sort is None:
        return None
    if not isinstance(sort, dict):
        raise CommandFailure(14, "Expected field sort to be of type object")
    for path, way in sort.items():
        if isinstance(way, bool) or way not in (1, -1) or not path or path.startswith("$"):
            raise CommandFailure(15975, f"this server sorts by fields only, 1 or -1 each, not by {path}: {way!r}")
    return sort


def _least_on(document: Document, parts: list[str], descending: bool) -> tuple:
    if len(parts) == 1:
        return sort_key(document.get(parts[0]), descending)
    keys = [sort_key(value, descending) for value in matching.terminals(document, parts)]
    return (max if descending else min)(keys) if keys else canonical(None)


def _conjunction(query: Document) -> Document:
    """The fields on which a filter puts conditions that all must hold, those inside $and too."""
    flat: Document = {}
    for name, value in query.items():
        if name == "$and":
            for part in value:
                for inner, condition in _conjunction(part).items():
                    flat.setdefault(inner, condition)
        elif not name.startswith("$"):
            flat[name] = value
    return flat


def _choices(condition: Any) -> list[Any] | None:
    """The values of which a field must equal one, or None where the condition is of another kind."""
    if matching.is_operators(condition):
        if "$eq" in condition:
            choices = [condition["$eq"]]
        elif isinstance(condition.get("$in"), list):
            choices = condition["$in"]
        else:
            return None
    else:
        choices = [condition]
    return None if any(isinstance(choice, (list, Regex)) for choice in choices) else choices

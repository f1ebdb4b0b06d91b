"""The commands that write: insert, update, delete, findAndModify."""

import itertools
from collections.abc import Callable
from typing import Any

import bson

import projection
from arguments import document, documents, flag, only
from collection import CODEC, Collection, Record, checked_sort, in_order
from cursors import encoded
from failure import CommandFailure
from state import State
from updating import Update, seed, with_id

Document = dict[str, Any]
#: Runs one statement of a batch, by its index, and gives what is added to the answer.
Statement = Callable[[Document, int], Document]
UPDATE_FIELDS = frozenset({"q", "u", "multi", "upsert", "hint"})
DELETE_FIELDS = frozenset({"q", "limit", "hint"})


def insert(state: State, body: Document) -> Document:
    """Stores documents; unordered, all that can be stored."""
    batch = documents(body, "documents")
    collection = state.collection(body, body["insert"], creates=True)

    def statement(entry: Document, _: int) -> Document:
        collection.insert(with_id(entry))
        return {"n": 1}

    return _batch(body, batch, statement)


def update(state: State, body: Document) -> Document:
    """Applies statements one after the other; `nModified` counts the documents that really changed."""
    batch = documents(body, "updates")
    collection = state.collection(body, body["update"], creates=any(entry.get("upsert") for entry in batch))

    def statement(entry: Document, index: int) -> Document:
        only(entry, "update.updates", UPDATE_FIELDS)
        query, change, multi = document(entry, "q"), Update(entry.get("u")), flag(entry, "multi")
        collection.check_hint(entry.get("hint"))
        if multi and change.replaces:
            raise CommandFailure(9, "multi update is not supported for replacement-style update")
        found = list(itertools.islice(collection.matching(query), None if multi else 1))
        if not found and flag(entry, "upsert"):
            record = _upserted(collection, query, change)
            return {"n": 1, "upserted": [{"index": index, "_id": record.document["_id"]}]}
        changed = sum(_changed(collection, record, change)[1] for record in found)
        return {"n": len(found), "nModified": changed}

    return _batch(body, batch, statement, {"n": 0, "nModified": 0})


def delete(state: State, body: Document) -> Document:
    """Takes documents out: the first match, or all with a limit of 0."""
    batch = documents(body, "deletes")
    collection = state.collection(body, body["delete"])

    def statement(entry: Document, _: int) -> Document:
        only(entry, "delete.deletes", DELETE_FIELDS)
        if entry.get("limit") not in (0, 1) or isinstance(entry.get("limit"), bool):
            raise CommandFailure(9, "The limit field in delete objects must be 0 or 1.")
        collection.check_hint(entry.get("hint"))
        found = list(itertools.islice(collection.matching(document(entry, "q")), int(entry["limit"]) or None))
        for record in found:
            collection.remove(record)
        return {"n": len(found)}

    return _batch(body, batch, statement)


def find_and_modify(state: State, body: Document) -> Document:
    """Changes or removes the first match in the sort's order, and answers with it before or after."""
    removes, upserts, after = flag(body, "remove"), flag(body, "upsert"), flag(body, "new")
    if removes == ("update" in body):
        raise CommandFailure(9, "Either an update or remove=true must be specified, and not both")
    if removes and (upserts or after):
        raise CommandFailure(9, "Cannot specify upsert or new with remove=true")
    collection = state.collection(body, body["findAndModify"], creates=upserts)
    collection.check_hint(body.get("hint"))
    shown = projection.compiled(body.get("fields"))
    query, sort = document(body, "query"), checked_sort(body.get("sort"))
    matches = collection.matching(query)
    record = next(iter(in_order(matches, sort) if sort else matches), None)
    outcome: Document = {"n": 1 if record else 0}
    value: Record | None = record
    if removes:
        if record is not None:
            collection.remove(record)
    else:
        change = Update(body["update"])
        outcome["updatedExisting"] = record is not None
        if record is not None:
            changed, _ = _changed(collection, record, change)
            value = changed if after else record
        elif upserts:
            made = _upserted(collection, query, change)
            outcome = {"n": 1, "updatedExisting": False, "upserted": made.document["_id"]}
            value = made if after else None
    answered = None if value is None else encoded(shown(value.document)) if shown else value.encoded()
    return {"lastErrorObject": outcome, "value": answered, "ok": 1.0}


def _changed(collection: Collection, record: Record, change: Update) -> tuple[Record, bool]:
    """Applies an update to one document; false where that leaves it byte for byte as it was."""
    after = with_id(change.applied(record.copy()))
    if bson.encode(after, codec_options=CODEC) == record.raw:
        return record, False
    return collection.replace(record, after), True


def _upserted(collection: Collection, query: Document, change: Update) -> Record:
    start = seed(query)
    if change.replaces:
        start = {"_id": start["_id"]} if "_id" in start else {}
    return collection.insert(with_id(change.applied(start, inserting=True)))


def _batch(body: Document, batch: list[Document], statement: Statement, totals: Document | None = None) -> Document:
    """Runs the statements of a batch and adds up what they say; ordered, until the first that fails."""
    result: Document = dict(totals or {"n": 0})
    errors: list[Document] = []
    ordered = flag(body, "ordered", default=True)
    for index, entry in enumerate(batch):
        try:
            for name, value in statement(entry, index).items():
                result[name] = result[name] + value if name in result else value
        except CommandFailure as failure:
            errors.append(failure.write_error(index))
            if ordered:
                break
    if errors:
        result["writeErrors"] = errors
    result["ok"] = 1.0
    return result

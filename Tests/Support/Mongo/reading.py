"""The commands that read: find, getMore, killCursors, count, distinct, aggregate."""

import itertools
from typing import Any

import aggregation
import projection
from arguments import document, flag, whole
from collection import checked_sort, in_order
from cursors import encoded
from failure import CommandFailure
from matching import terminals
from ordering import MISSING, canonical
from state import State

Document = dict[str, Any]


def find(state: State, body: Document) -> Document:
    """Opens a cursor over the matches, as they are at this moment."""
    collection = state.collection(body, body["find"])
    collection.check_hint(body.get("hint"))
    shown = projection.compiled(body.get("projection"))
    skip, limit, sort = whole(body, "skip") or 0, whole(body, "limit") or None, checked_sort(body.get("sort"))
    matches = collection.matching(document(body, "filter"))
    ordered = in_order(matches, sort) if sort else matches
    records = list(itertools.islice(ordered, skip, None if limit is None else skip + limit))
    return state.cursors.opened(
        collection.namespace,
        (encoded(shown(record.document)) if shown else record.encoded() for record in records),
        whole(body, "batchSize"),
        flag(body, "singleBatch"),
        not flag(body, "noCursorTimeout"),
    )


def get_more(state: State, body: Document) -> Document:
    """The next batch of a cursor."""
    number = whole(body, "getMore", least=-(2**63))
    namespace = f"{body['$db']}.{body.get('collection')}"
    return state.cursors.more(number or 0, namespace, whole(body, "batchSize"))


def kill_cursors(state: State, body: Document) -> Document:
    """Closes cursors."""
    numbers = body.get("cursors")
    if not isinstance(numbers, list) or not all(isinstance(number, int) for number in numbers):
        raise CommandFailure(14, "Field 'cursors' must be of type array of int64")
    return state.cursors.killed(numbers, f"{body['$db']}.{body['killCursors']}")


def count(state: State, body: Document) -> Document:
    """How many documents match."""
    collection = state.collection(body, body["count"])
    collection.check_hint(body.get("hint"))
    skip, limit = whole(body, "skip") or 0, whole(body, "limit", least=-(2**63)) or None
    matches = collection.matching(document(body, "query"))
    stop = None if limit is None else skip + abs(limit)
    return {"n": sum(1 for _ in itertools.islice(matches, skip, stop)), "ok": 1.0}


def distinct(state: State, body: Document) -> Document:
    """The values of one field, those inside arrays one by one."""
    path = body.get("key")
    if not isinstance(path, str) or not path:
        raise CommandFailure(14, "BSON field 'distinct.key' is missing or the wrong type, expected string")
    values: dict[tuple, Any] = {}
    for record in state.collection(body, body["distinct"]).matching(document(body, "query")):
        for found in terminals(record.document, path.split(".")):
            for value in found if isinstance(found, list) else [found]:
                if value is not MISSING:
                    values.setdefault(canonical(value), value)
    return {"values": list(values.values()), "ok": 1.0}


def aggregate(state: State, body: Document) -> Document:
    """Runs a pipeline over a collection."""
    if not isinstance(body.get("cursor"), dict):
        raise CommandFailure(9, "The 'cursor' option is required, except for aggregate with the explain argument")
    collection = state.collection(body, body["aggregate"])
    collection.check_hint(body.get("hint"))
    results = aggregation.results(collection, body.get("pipeline"))
    return state.cursors.opened(
        collection.namespace,
        [encoded(result) for result in results],
        whole(document(body, "cursor"), "batchSize"),
    )

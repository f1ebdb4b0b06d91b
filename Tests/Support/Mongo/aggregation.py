"""Aggregation pipelines: the stages; what stands inside them is in `expressions`."""

from collections.abc import Callable
from typing import Any

import projection
from collection import Collection, Record, checked_sort, in_order
from expressions import ACCUMULATORS, evaluated, is_expression
from failure import CommandFailure
from matching import compiled
from ordering import MISSING, canonical, is_number

Document = dict[str, Any]
Stage = Callable[[list[Document], Any], list[Document]]


def results(collection: Collection, pipeline: Any) -> list[Document]:
    """Runs a pipeline. A `$match` that comes first is served by the collection's indexes."""
    if not isinstance(pipeline, list) or not all(isinstance(stage, dict) and len(stage) == 1 for stage in pipeline):
        raise CommandFailure(40323, "A pipeline must be an array of objects with exactly one field each")
    for stage in pipeline:
        if next(iter(stage)) not in STAGES:
            raise CommandFailure(40324, f"Unrecognized pipeline stage name: '{next(iter(stage))}'")
    stages = list(pipeline)
    first = stages.pop(0)["$match"] if stages and "$match" in stages[0] else {}
    documents = [record.document for record in collection.matching(first)]
    for stage in stages:
        ((name, argument),) = stage.items()
        documents = STAGES[name](documents, argument)
    return documents


def _match(documents: list[Document], query: Any) -> list[Document]:
    matches = compiled(query)
    return [document for document in documents if matches(document)]


def _sort(documents: list[Document], sort: Any) -> list[Document]:
    if not checked_sort(sort):
        raise CommandFailure(15976, "$sort stage must have at least one sort key")
    records = [Record(order, document, b"") for order, document in enumerate(documents)]
    return [record.document for record in in_order(records, sort)]


def _whole(value: Any, name: str, least: int) -> int:
    if not is_number(value) or value != int(value) or value < least:
        raise CommandFailure(15957, f"the argument of {name} must be a whole number of at least {least}")
    return int(value)


def _limit(documents: list[Document], count: Any) -> list[Document]:
    return documents[: _whole(count, "$limit", 1)]


def _skip(documents: list[Document], count: Any) -> list[Document]:
    return documents[_whole(count, "$skip", 0) :]


def _count(documents: list[Document], name: Any) -> list[Document]:
    if not isinstance(name, str) or not name or name.startswith("$") or "." in name:
        raise CommandFailure(40156, "the count field must be a non-empty string without $ and .")
    return [{name: len(documents)}] if documents else []


def _project(documents: list[Document], shape: Any) -> list[Document]:
    if not isinstance(shape, dict) or not shape:
        raise CommandFailure(51272, "Invalid $project :: caused by :: projection specification must have a field")
    made = {path: value for path, value in shape.items() if is_expression(value)}
    kept = {path: value for path, value in shape.items() if path not in made}
    if any("." in path for path in made):
        raise CommandFailure(9, "this server computes top-level fields only")
    if made and any(value in (0, False) for path, value in kept.items() if path != "_id"):
        raise CommandFailure(31252, "Cannot compute fields in an exclusion projection")
    if made and "_id" not in kept and "_id" not in made:
        kept["_id"] = True
    if not kept or (made and kept == {"_id": False}):
        chosen: Callable[[Document], Document] | None = None
    else:
        chosen = projection.compiled(kept)
    found = []
    for document in documents:
        result = chosen(document) if chosen else {}
        for path, expression in made.items():
            value = evaluated(expression, document)
            if value is not MISSING:
                result[path] = value
        found.append(result)
    return found


def _group(documents: list[Document], shape: Any) -> list[Document]:
    if not isinstance(shape, dict) or "_id" not in shape:
        raise CommandFailure(15955, "a group specification must include an _id")
    for field, accumulator in shape.items():
        if field == "_id":
            continue
        if not isinstance(accumulator, dict) or len(accumulator) != 1 or "." in field:
            raise CommandFailure(40234, f"The field '{field}' must be an accumulator object")
        if next(iter(accumulator)) not in ACCUMULATORS:
            raise CommandFailure(15952, f"unknown group operator '{next(iter(accumulator))}'")
    groups: dict[tuple, tuple[Any, list[Document]]] = {}
    for document in documents:
        value = evaluated(shape["_id"], document)
        value = None if value is MISSING else value
        groups.setdefault(canonical(value), (value, []))[1].append(document)
    found = []
    for value, members in groups.values():
        result = {"_id": value}
        for field, accumulator in shape.items():
            if field != "_id":
                ((name, expression),) = accumulator.items()
                result[field] = ACCUMULATORS[name]([evaluated(expression, member) for member in members])
        found.append(result)
    return found


def _unwind(documents: list[Document], path: Any) -> list[Document]:
    if not isinstance(path, str) or not path.startswith("$") or len(path) < 2:
        raise CommandFailure(28818, "the argument of $unwind must be a path that begins with $")
    field = path[1:]
    if "." in field:
        raise CommandFailure(9, "this server unwinds top-level fields only")
    found = []
    for document in documents:
        value = document.get(field)
        values = value if isinstance(value, list) else [] if value is None else [value]
        found += [{**document, field: one} for one in values]
    return found


STAGES: dict[str, Stage] = {
    "$match": _match,
    "$sort": _sort,
    "$limit": _limit,
    "$skip": _skip,
    "$count": _count,
    "$project": _project,
    "$group": _group,
    "$unwind": _unwind,
}

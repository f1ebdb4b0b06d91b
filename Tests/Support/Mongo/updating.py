"""Update documents: operators and replacements, applied to one document at a time."""

import itertools
from collections.abc import Callable
from typing import Any

from bson import ObjectId

import matching
from failure import CommandFailure
from ordering import MISSING, canonical, is_number, narrowed

Document = dict[str, Any]
Path = tuple[str, ...]
#: What an operator makes of the value at its path (MISSING where there is none); MISSING as a result takes it away.
Operator = Callable[[Any, Any, Path], Any]

LONGEST_ARRAY_FILL = 1_500_000


class Update:
    """One update, read and checked once, then applied to any number of documents."""

    def __init__(self, update: Any) -> None:
        if isinstance(update, list):
            raise CommandFailure(9, "this server cannot honour an update by an aggregation pipeline")
        if not isinstance(update, dict):
            raise CommandFailure(9, "Update argument must be either an object or an array")
        self.document: Document = update
        self.replaces = not any(name.startswith("$") for name in update)
        self._steps: list[tuple[Path, str, Any]] = [] if self.replaces else _steps(update)

    def applied(self, document: Document, inserting: bool = False) -> Document:
        """The document after the update. The one that is given is changed in place or thrown away: pass a copy.

        Raises CommandFailure where the update does not fit the document; what was given is then half changed.
        """
        id_before = document.get("_id", MISSING)
        if self.replaces:
            result = dict(self.document)
            if id_before is not MISSING and "_id" not in result:
                result = {"_id": id_before, **result}
        else:
            result = document
            for path, name, argument in self._steps:
                if name != "$setOnInsert" or inserting:
                    _apply(result, path, 0, name, argument)
        if id_before is not MISSING and canonical(result.get("_id", MISSING)) != canonical(id_before):
            raise CommandFailure(66, "Performing an update on the path '_id' would modify the immutable field '_id'")
        return result


def seed(query: Document) -> Document:
    """The document that an upsert starts from: what the filter demands by equality."""
    result: Document = {}
    for path, value in _demands(query):
        _place(result, tuple(path.split(".")), value)
    return result


def with_id(document: Document) -> Document:
    """The document with its `_id` in front, made where it has none."""
    return {"_id": document["_id"] if "_id" in document else ObjectId(), **document}


def _demands(query: Document) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name, value in query.items():
        if name == "$and" or (name == "$or" and len(value) == 1):
            for part in value:
                found += _demands(part)
        elif name.startswith("$"):
            continue
        elif not matching.is_operators(value):
            found.append((name, value))
        elif "$eq" in value:
            found.append((name, value["$eq"]))
        elif isinstance(value.get("$in"), list) and len(value["$in"]) == 1:
            found.append((name, value["$in"][0]))
        elif isinstance(value.get("$all"), list) and len(value["$all"]) == 1:
            found.append((name, value["$all"][0]))
    return found


def _place(document: Document, path: Path, value: Any) -> None:
    for part in path[:-1]:
        document = document.setdefault(part, {})
        if not isinstance(document, dict):
            raise CommandFailure(54, f"cannot infer query fields to set, path '{'.'.join(path)}' is matched twice")
    if path[-1] in document:
        raise CommandFailure(54, f"cannot infer query fields to set, path '{'.'.join(path)}' is matched twice")
    document[path[-1]] = value


def _steps(update: Document) -> list[tuple[Path, str, Any]]:
    steps: list[tuple[Path, str, Any]] = []
    for name, changes in update.items():
        if name not in OPERATORS:
            raise CommandFailure(9, f"Unknown modifier: {name}. Expected a valid update modifier")
        if not isinstance(changes, dict):
            raise CommandFailure(9, f"Modifiers operate on fields but we found type {type(changes).__name__} instead")
        for path, argument in changes.items():
            parts = tuple(path.split("."))
            if "" in parts:
                raise CommandFailure(56, f"The update path '{path}' contains an empty field name")
            if any(part.startswith("$") for part in parts):
                raise CommandFailure(2, f"this server cannot honour positional operators, as in '{path}'")
            steps.append((parts, name, argument))
    # The server adds new fields in this order, whatever the update's own.
    steps.sort(key=lambda step: [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in step[0]])
    for (first, _, _), (second, _, _) in itertools.pairwise(steps):
        if second[: len(first)] == first:
            shorter, longer = ".".join(first), ".".join(second)
            raise CommandFailure(40, f"Updating the path '{longer}' would create a conflict at '{shorter}'")
    return steps


def _apply(parent: Any, path: Path, at: int, name: str, argument: Any) -> None:
    """Changes the value at `path[at:]` below `parent`, a document or an array."""
    part = path[at]
    value = _child(parent, part, path, at, creates=name not in ("$unset", "$pull"))
    if at == len(path) - 1:
        _store(parent, part, value, OPERATORS[name](value, argument, path))
        return
    if name in ("$unset", "$pull") and not isinstance(value, (dict, list)):
        return
    if value is MISSING:
        value = {}
        _apply(value, path, at + 1, name, argument)
        if value:
            _store(parent, part, MISSING, value)
        return
    _apply(value, path, at + 1, name, argument)


def _child(parent: Any, part: str, path: Path, at: int, creates: bool) -> Any:
    if isinstance(parent, dict):
        return parent.get(part, MISSING)
    if isinstance(parent, list) and part.isdigit():
        return parent[int(part)] if int(part) < len(parent) else MISSING
    if creates:
        where = path[at - 1]
        raise CommandFailure(28, f"Cannot create field '{part}' in element {{{where}: {parent!r}}}")
    return MISSING


def _store(parent: Any, part: str, before: Any, value: Any) -> None:
    if isinstance(parent, dict):
        if value is not MISSING:
            parent[part] = value
        else:
            parent.pop(part, None)
        return
    if not isinstance(parent, list) or (value is MISSING and before is MISSING):
        return
    place = int(part)
    if place >= len(parent) + LONGEST_ARRAY_FILL:
        raise CommandFailure(2, "can't backfill more than 1500000 elements")
    parent.extend([None] * (place + 1 - len(parent)))
    parent[place] = None if value is MISSING else value


def _increase(value: Any, argument: Any, path: Path) -> Any:
    where = ".".join(path)
    if not is_number(argument):
        raise CommandFailure(14, f"Cannot increment with non-numeric argument: {{{where}: {argument!r}}}")
    if value is MISSING:
        return argument
    if not is_number(value):
        raise CommandFailure(14, f"Cannot apply $inc to a value of non-numeric type at '{where}'")
    try:
        return narrowed(value + argument, value, argument)
    except OverflowError as error:
        raise CommandFailure(2, f"Failed to apply $inc operations to current value at '{where}'") from error


def _push(value: Any, argument: Any, path: Path) -> Any:
    array = _array(value, path, "$push")
    added, options = _each(argument, {"$each", "$slice"})
    array = array + added
    if "$slice" in options:
        count = options["$slice"]
        if not is_number(count) or count != int(count):
            raise CommandFailure(2, "The value for $slice must be an integer value")
        count = int(count)
        array = array[:count] if count >= 0 else array[count:]
    return array


def _add_to_set(value: Any, argument: Any, path: Path) -> Any:
    array = list(_array(value, path, "$addToSet"))
    added, _ = _each(argument, {"$each"})
    known = {canonical(element) for element in array}
    for element in added:
        if canonical(element) not in known:
            known.add(canonical(element))
            array.append(element)
    return array


def _array(value: Any, path: Path, name: str) -> list[Any]:
    if value is MISSING:
        return []
    if not isinstance(value, list):
        raise CommandFailure(2, f"The field '{'.'.join(path)}' must be an array for {name}")
    return value


def _each(argument: Any, allowed: set[str]) -> tuple[list[Any], Document]:
    if not isinstance(argument, dict) or "$each" not in argument:
        return [argument], {}
    if not set(argument) <= allowed:
        raise CommandFailure(2, f"Unrecognized or unsupported clause beside $each: {sorted(set(argument) - allowed)}")
    if not isinstance(argument["$each"], list):
        raise CommandFailure(2, "The argument to $each must be an array")
    return list(argument["$each"]), argument


def _pull(value: Any, argument: Any, path: Path) -> Any:
    if value is MISSING:
        return MISSING
    array = _array(value, path, "$pull")
    if matching.is_operators(argument):
        unwanted = matching.compiled({"element": argument})
        return [element for element in array if not unwanted({"element": element})]
    if isinstance(argument, dict):
        unwanted = matching.compiled(argument)
        return [element for element in array if not (isinstance(element, dict) and unwanted(element))]
    unwanted = matching.compiled({"element": argument})
    return [element for element in array if isinstance(element, list) or not unwanted({"element": element})]


def _greatest(value: Any, argument: Any, path: Path) -> Any:
    return argument if value is MISSING or canonical(argument) > canonical(value) else value


def _least(value: Any, argument: Any, path: Path) -> Any:
    return argument if value is MISSING or canonical(argument) < canonical(value) else value


OPERATORS: dict[str, Operator] = {
    "$set": lambda value, argument, path: argument,
    "$setOnInsert": lambda value, argument, path: argument,
    "$unset": lambda value, argument, path: MISSING,
    "$inc": _increase,
    "$push": _push,
    "$addToSet": _add_to_set,
    "$pull": _pull,
    "$max": _greatest,
    "$min": _least,
}

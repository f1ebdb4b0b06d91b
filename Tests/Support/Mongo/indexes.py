"""Indexes: which keys a document has in one, and uniqueness across documents as the real server keeps it."""

import itertools
import math
from collections.abc import Iterator, Sequence
from typing import Any

import matching
from failure import CommandFailure
from ordering import MISSING, NULL_KEY, UNDEFINED_KEY, Key, canonical, is_number

Document = dict[str, Any]
#: The canonical key of a document's `_id`.
IdKey = Key
#: What one key of an index is made of: the canonical keys of its fields, and the values as they are shown in errors.
Entry = tuple[tuple[Key, ...], tuple[Any, ...]]

#: Operators that, unless they compare with null, no missing field passes.
NEEDS_A_VALUE = ("$eq", "$gt", "$gte", "$lt", "$lte", "$regex", "$elemMatch", "$size", "$type", "$mod")
#: Keys that are looked up for one filter at most; an $in of more is served by the fields before it, or by a scan.
MOST_LOOKUPS = 5_000
HONOURED_OPTIONS = {"key", "name", "v", "ns", "background", "unique", "sparse", "partialFilterExpression"}
PARTIAL_OPERATORS = {"$eq", "$gt", "$gte", "$lt", "$lte", "$type", "$in"}


#: What an empty array contributes to an index: one key, which no element equals.
EMPTY = object()
#: A value, what of the field's path is still before it, and whether it is an end (arrays are not expanded there).
State = tuple[Any, tuple[str, ...], bool]


class Index:
    """One index of a collection, with the ids of the documents under each of its keys."""

    def __init__(self, spec: Document, collection: str) -> None:
        """Reads what createIndexes was given, and refuses what is wrong or cannot be honoured here."""
        self.collection = collection
        self.pattern: dict[str, int] = _pattern(spec.get("key"))
        self.paths = [tuple(field.split(".")) for field in self.pattern]
        self.name: str = spec.get("name") or "_".join(f"{field}_{way}" for field, way in self.pattern.items())
        unknown = set(spec) - HONOURED_OPTIONS
        if unknown:
            raise CommandFailure(67, f"this server cannot honour the index options {sorted(unknown)}")
        self.unique = _flag(spec, "unique")
        self.sparse = _flag(spec, "sparse")
        self.partial: Document | None = spec.get("partialFilterExpression")
        if self.partial is not None:
            _check_partial(self.partial)
            if self.sparse:
                raise CommandFailure(67, 'cannot mix "partialFilterExpression" and "sparse" options')
        if list(self.pattern) == ["_id"] and (self.sparse or self.partial is not None):
            raise CommandFailure(67, "_id index cannot be a partial index or sparse")
        self._mixes_elements = False
        self._covers = matching.compiled(self.partial) if self.partial is not None else None
        #: By whole keys, and by what keys begin with.
        self._ids_by_prefix: dict[tuple[Key, ...], set[IdKey]] = {}
        self._keys_by_id: dict[IdKey, list[tuple[Key, ...]]] = {}

    def specification(self) -> Document:
        """The index as listIndexes shows it."""
        shown: Document = {"v": 2, "key": dict(self.pattern), "name": self.name}
        if self.unique and self.name != "_id_":
            shown["unique"] = True
        if self.sparse:
            shown["sparse"] = True
        if self.partial is not None:
            shown["partialFilterExpression"] = self.partial
        return shown

    def entries(self, document: Document) -> dict[tuple[Key, ...], tuple[Any, ...]]:
        """The keys of a document with their values; none where the index leaves the document out."""
        if self._covers is not None and not self._covers(document):
            return {}
        found = dict(_expanded([(document, path, False) for path in self.paths]))
        if self.sparse and all(value is MISSING for values in found.values() for value in values):
            return {}
        return found

    def check(self, id_key: IdKey, document: Document) -> None:
        """Raises 11000 where another document has one of this document's keys."""
        if not self.unique:
            return
        for keys, values in self.entries(document).items():
            owners = self._ids_by_prefix.get(keys)
            if owners and (len(owners) > 1 or id_key not in owners):
                raise self.duplicate(values)

    def duplicate(self, values: Sequence[Any]) -> CommandFailure:
        """The error for a second document with these values."""
        shown = {field: None if value is MISSING else value for field, value in zip(self.pattern, values, strict=True)}
        text = ", ".join(f"{field}: {_shell(value)}" for field, value in shown.items())
        message = f"E11000 duplicate key error collection: {self.collection} index: {self.name} dup key: {{ {text} }}"
        return CommandFailure(11000, message, keyPattern=dict(self.pattern), keyValue=shown)

    def add(self, id_key: IdKey, document: Document) -> None:
        """Puts a document in; `check` came before."""
        keys = list(self.entries(document))
        self._mixes_elements |= len(keys) > 1 and len({path[0] for path in self.paths}) < len(self.paths)
        if keys:
            self._keys_by_id[id_key] = keys
        for prefix in _prefixes(keys):
            self._ids_by_prefix.setdefault(prefix, set()).add(id_key)

    def remove(self, id_key: IdKey) -> None:
        """Takes a document out."""
        for prefix in _prefixes(self._keys_by_id.pop(id_key, [])):
            ids = self._ids_by_prefix[prefix]
            ids.remove(id_key)
            if not ids:
                del self._ids_by_prefix[prefix]

    def candidates(self, query: Document, equalities: dict[str, list[Any]]) -> set[IdKey] | None:
        """The ids among which all matches of a query are, or None where the index does not help."""
        if self.partial is not None and not all(
            field in query and _implies(query[field], wanted) for field, wanted in self.partial.items()
        ):
            return None
        wanted: list[list[Key]] = []
        for field in self.pattern:
            choices = equalities.get(field)
            if choices is None or (self._mixes_elements and wanted):
                break
            wanted.append([canonical(choice) for choice in choices])
        while math.prod(len(keys) for keys in wanted) > MOST_LOOKUPS:
            wanted.pop()
        if not wanted or (self.sparse and any(NULL_KEY in keys for keys in wanted)):
            return set(self._keys_by_id) if self.partial is not None else None
        found = [self._ids_by_prefix.get(prefix, set()) for prefix in itertools.product(*wanted)]
        return found[0] if len(found) == 1 else set().union(*found)


def _expanded(states: list[State]) -> Iterator[Entry]:
    """The keys of a document: one for each element of the array that the fields share, if there is one."""
    walked = [_walked(*state) for state in states]
    arrays = [value for value, _, final in walked if not final]
    if not arrays:
        values = tuple(value for value, _, _ in walked)
        keys = tuple(UNDEFINED_KEY if value is EMPTY else canonical(value) for value in values)
        yield keys, tuple([] if value is EMPTY else value for value in values)
        return
    if any(array is not arrays[0] for array in arrays):
        raise CommandFailure(171, "cannot index parallel arrays")
    for element in arrays[0] or [EMPTY]:
        yield from _expanded([(value, path, True) if final else _of(element, path) for value, path, final in walked])


def _prefixes(keys: list[tuple[Key, ...]]) -> set[tuple[Key, ...]]:
    return {key[:length] for key in keys for length in range(1, len(key) + 1)}


def _implies(condition: Any, clause: Any) -> bool:
    """Whether what meets a query's condition on a field meets the clause on it of a partial index."""
    if canonical(condition) == canonical(clause):
        return True
    if clause != {"$exists": True}:
        return False
    if not matching.is_operators(condition):
        return condition is not None
    if isinstance(condition.get("$in"), list) and None not in condition["$in"]:
        return True
    return any(condition.get(name) is not None for name in NEEDS_A_VALUE)


def _walked(value: Any, path: tuple[str, ...], final: bool) -> State:
    """Follows a path to its end, or to the first array on it."""
    while not final:
        if isinstance(value, list):
            if not path or not path[0].isdigit():
                return value, path, False
            value, path = value[int(path[0])] if int(path[0]) < len(value) else MISSING, path[1:]
        elif not path:
            final = True
        elif isinstance(value, dict):
            value, path = value.get(path[0], MISSING), path[1:]
        else:
            value, final = MISSING, True
    return value, (), True


def _of(element: Any, path: tuple[str, ...]) -> State:
    if not path:
        return element, (), True
    return (element, path, False) if isinstance(element, dict) else (MISSING, (), True)


def _pattern(pattern: Any) -> dict[str, int]:
    if not isinstance(pattern, dict) or not pattern:
        raise CommandFailure(67, "Index keys cannot be an empty object")
    for field, way in pattern.items():
        if not is_number(way) or way not in (1, -1) or field.startswith("$") or "" in field.split("."):
            raise CommandFailure(67, f"this server has ascending and descending indexes only, not {field}: {way}")
    return dict(pattern)


def _flag(spec: Document, name: str) -> bool:
    value = spec.get(name, False)
    if not isinstance(value, (bool, int, float)):
        raise CommandFailure(14, f"The field '{name}' has an invalid type")
    return bool(value)


def _check_partial(expression: Any) -> None:
    """Refuses what the real server does not allow in a partialFilterExpression."""
    if not isinstance(expression, dict):
        raise CommandFailure(14, "The field 'partialFilterExpression' must be an object")
    for field, condition in expression.items():
        if field in ("$and", "$or"):
            for part in condition if isinstance(condition, list) else []:
                _check_partial(part)
        elif matching.is_operators(condition):
            for operator, argument in condition.items():
                if operator not in PARTIAL_OPERATORS and not (operator == "$exists" and argument is True):
                    raise CommandFailure(67, f"Expression not supported in partial index: {operator}: {argument}")
    matching.compiled(expression)


def _shell(value: Any) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    return "null" if value is MISSING or value is None else repr(value)

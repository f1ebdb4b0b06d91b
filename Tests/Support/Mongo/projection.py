"""Projections: which fields of a document an answer holds."""

from collections.abc import Callable
from typing import Any

from failure import CommandFailure
from matching import is_operators

Document = dict[str, Any]


def compiled(projection: Any) -> Callable[[Document], Document] | None:
    """Compiles the projection of a find; None where everything is wanted.

    Fields are included or excluded, by dotted paths too; computed fields are refused, they are for `$project`.
    """
    if not projection:
        return None
    if not isinstance(projection, dict):
        raise CommandFailure(14, "Expected field projection to be of type object")
    tree = _tree(projection)
    id_wanted = tree.pop("_id", None)
    kinds = set(_kinds(tree))
    if len(kinds) > 1:
        raise CommandFailure(31254, "Cannot do exclusion on some fields and inclusion on others in one projection")
    including = kinds == {True} or (not kinds and id_wanted is True)
    if including:
        if id_wanted is not False:
            tree["_id"] = True
        return lambda document: _included(document, tree)
    if id_wanted is False:
        tree["_id"] = False
    return lambda document: _excluded(document, tree)


def _tree(projection: Document) -> Document:
    """The projection as nested documents whose leaves say whether the field is wanted."""
    tree: Document = {}
    for path, wanted in projection.items():
        if isinstance(wanted, dict) and wanted and not is_operators(wanted):
            leaf: Any = _tree(wanted)
        elif isinstance(wanted, (bool, int, float)):
            leaf = bool(wanted)
        else:
            raise CommandFailure(9, f"this server cannot honour the projection {path}: {wanted!r}")
        *parents, last = path.split(".")
        place = tree
        for part in parents:
            place = place.setdefault(part, {})
            if not isinstance(place, dict):
                raise CommandFailure(31249, f"Path collision at {path}")
        if last in place or path.startswith("$") or "" in path.split("."):
            raise CommandFailure(31250, f"Path collision at {path}")
        place[last] = leaf
    return tree


def _kinds(tree: Document) -> list[bool]:
    found: list[bool] = []
    for wanted in tree.values():
        found += _kinds(wanted) if isinstance(wanted, dict) else [wanted]
    return found


def _included(document: Document, tree: Document) -> Document:
    result: Document = {}
    for name, value in document.items():
        wanted = tree.get(name)
        if wanted is True:
            result[name] = value
        elif isinstance(wanted, dict) and isinstance(value, dict):
            result[name] = _included(value, wanted)
        elif isinstance(wanted, dict) and isinstance(value, list):
            result[name] = _included_elements(value, wanted)
    return result


def _included_elements(array: list[Any], tree: Document) -> list[Any]:
    return [
        _included(element, tree) if isinstance(element, dict) else _included_elements(element, tree)
        for element in array
        if isinstance(element, (dict, list))
    ]


def _excluded(value: Any, tree: Document) -> Any:
    if isinstance(value, list):
        return [_excluded(element, tree) for element in value]
    if not isinstance(value, dict):
        return value
    result: Document = {}
    for name, inner in value.items():
        wanted = tree.get(name)
        if wanted is not False:
            result[name] = _excluded(inner, wanted) if isinstance(wanted, dict) else inner
    return result

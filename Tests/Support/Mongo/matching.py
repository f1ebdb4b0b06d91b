"""Filters: a query document is compiled once into a predicate over documents, with the real server's semantics."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bson import MaxKey, MinKey, Regex

from failure import CommandFailure
from ordering import COMPARISONS, MISSING, NULL_KEY, NUMBER_RANK, TYPE_NUMBERS, canonical, is_number

Document = dict[str, Any]
Predicate = Callable[[Document], bool]
Test = Callable[[Any], bool]
REGEX_OPTIONS = {"i": re.I, "m": re.M, "s": re.S, "x": re.X}


def terminals(document: Document, parts: Sequence[str], at: int = 0) -> Iterator[Any]:
    """The values that a dotted path leads to, through arrays of documents; MISSING where it leads nowhere.

    An array at the path's end is one value here: whether its elements count too is the operator's decision.
    """
    value = document.get(parts[at], MISSING)
    if at == len(parts) - 1:
        yield value
    elif isinstance(value, dict):
        yield from terminals(value, parts, at + 1)
    elif isinstance(value, list):
        yield from _through(value, parts, at + 1)
    else:
        yield MISSING


def _through(array: list[Any], parts: Sequence[str], at: int) -> Iterator[Any]:
    for element in array:
        if isinstance(element, dict):
            yield from terminals(element, parts, at)
    if parts[at].isdigit() and int(parts[at]) < len(array):
        element = array[int(parts[at])]
        if at == len(parts) - 1:
            yield element
        elif isinstance(element, dict):
            yield from terminals(element, parts, at + 1)
        elif isinstance(element, list):
            yield from _through(element, parts, at + 1)


def compiled(query: Any) -> Predicate:
    """Compiles a filter.

    Raises CommandFailure (2, BadValue) for what the server, or this stand-in of it, does not understand.
    """
    if not isinstance(query, dict):
        raise CommandFailure(14, "the filter must be an object")
    clauses = [_clause(name, value) for name, value in query.items() if name != "$comment"]
    if len(clauses) == 1:
        return clauses[0]
    return lambda document: all(clause(document) for clause in clauses)


def _clause(name: str, value: Any) -> Predicate:
    if name in ("$and", "$or", "$nor"):
        if not isinstance(value, list) or not value:
            raise CommandFailure(2, f"{name} argument must be a non-empty array")
        parts = [compiled(part) for part in value]
        if name == "$and":
            return lambda document: all(part(document) for part in parts)
        if name == "$or":
            return lambda document: any(part(document) for part in parts)
        return lambda document: not any(part(document) for part in parts)
    if name.startswith("$"):
        raise CommandFailure(2, f"unknown top level operator: {name}")
    path = name.split(".")
    if not is_operators(value):
        return _on_path(path, *_equality(value))
    return _all_of([_operator(path, key, value) for key in value if key != "$options" or "$regex" not in value])


def _all_of(clauses: list[Predicate]) -> Predicate:
    return clauses[0] if len(clauses) == 1 else lambda document: all(clause(document) for clause in clauses)


def is_operators(value: Any) -> bool:
    """Whether a field's condition is made of operators, rather than being a value to be equal to."""
    return isinstance(value, dict) and bool(value) and next(iter(value)).startswith("$")


def _on_path(path: list[str], test: Test, expands: bool = True) -> Predicate:
    """A predicate over documents from a test of values: true where any value at the path passes."""

    def passes(value: Any) -> bool:
        return test(value) or (expands and isinstance(value, list) and any(test(element) for element in value))

    if len(path) == 1:
        field = path[0]
        return lambda document: passes(document.get(field, MISSING))
    return lambda document: any(passes(value) for value in terminals(document, path))


def _operator(path: list[str], name: str, operators: Document) -> Predicate:
    positive = {"$ne": "$eq", "$nin": "$in"}.get(name)
    if positive:
        matches = _on_path(path, *_test(positive, {positive: operators[name]}))
        return lambda document: not matches(document)
    argument = operators[name]
    if name == "$not":
        if isinstance(argument, Regex):
            inner = _on_path(path, *_equality(argument))
        elif is_operators(argument):
            inner = _all_of([_operator(path, key, argument) for key in argument if key != "$options"])
        else:
            raise CommandFailure(2, "$not needs a regex or a document")
        return lambda document: not inner(document)
    if name == "$exists" and not _truth(argument):
        exists = _on_path(path, *_test(name, {name: True}))
        return lambda document: not exists(document)
    if name == "$all":
        return _all(path, argument)
    return _on_path(path, *_test(name, operators))


def _truth(value: Any) -> bool:
    return bool(value) if isinstance(value, (bool, int, float)) else value is not None


def _all(path: list[str], argument: Any) -> Predicate:
    if not isinstance(argument, list):
        raise CommandFailure(2, "$all needs an array")
    if not argument:
        return lambda document: False
    parts = []
    for wanted in argument:
        if is_operators(wanted):
            if list(wanted) != ["$elemMatch"]:
                raise CommandFailure(2, "no $ expressions in $all")
            parts.append(_operator(path, "$elemMatch", wanted))
        else:
            parts.append(_on_path(path, *_equality(wanted)))
    return _all_of(parts)


def _test(name: str, operators: Document) -> tuple[Test, bool]:
    """The test of one value for an operator, and whether an array's elements are tested too."""
    argument = operators[name]
    if name == "$eq":
        return _equality(argument, regexes=False)
    if name in COMPARISONS:
        return _comparison(name, argument), True
    if name == "$in":
        return _membership(argument), True
    if name == "$regex":
        return _regex(argument, operators.get("$options", "")), True
    if name == "$type":
        return _type(argument), True
    if name == "$mod":
        return _modulus(argument), True
    # Of an array as a whole, not of its elements.
    if name == "$exists":
        return (lambda value: value is not MISSING), False
    if name == "$elemMatch":
        return _element_match(argument), False
    if name == "$size":
        return _size(argument), False
    raise CommandFailure(2, f"unknown operator: {name}")


def _equality(wanted: Any, regexes: bool = True) -> tuple[Test, bool]:
    if wanted is None:
        return (lambda value: value is None or value is MISSING), True
    if type(wanted) is str:
        return (lambda value: value == wanted), True
    if regexes and isinstance(wanted, Regex):
        return _regex(wanted, ""), True
    key = canonical(wanted)
    return (lambda value: value is not MISSING and canonical(value) == key), True


def _comparison(name: str, bound: Any) -> Test:
    if isinstance(bound, Regex):
        raise CommandFailure(2, f"Can't have RegEx as arg to predicate over field with {name}.")
    compare = COMPARISONS[name]
    key = canonical(bound)
    if key == NULL_KEY:
        inclusive = name in ("$gte", "$lte")
        return lambda value: inclusive and (value is None or value is MISSING)
    if isinstance(bound, (MinKey, MaxKey)):
        return lambda value: value is not MISSING and compare(canonical(value), key)

    def test(value: Any) -> bool:
        if value is MISSING:
            return False
        own = canonical(value)
        if own[0] != key[0] or (own[0] == NUMBER_RANK and own[1] != key[1]):
            return False
        return compare(own, key)

    return test


def _membership(choices: Any) -> Test:
    if not isinstance(choices, list):
        raise CommandFailure(2, "$in needs an array")
    if any(is_operators(choice) for choice in choices):
        raise CommandFailure(2, "cannot nest $ under $in")
    patterns = [_regex(choice, "") for choice in choices if isinstance(choice, Regex)]
    keys = {canonical(choice) for choice in choices if not isinstance(choice, Regex)}
    return lambda value: canonical(value) in keys or any(pattern(value) for pattern in patterns)


def _regex(pattern: Any, options: Any) -> Test:
    if isinstance(pattern, Regex):
        source, flags = pattern.pattern, pattern.flags
    elif isinstance(pattern, str):
        source, flags = pattern, 0
    else:
        raise CommandFailure(2, "$regex has to be a string")
    if not isinstance(options, str) or not set(options) <= set(REGEX_OPTIONS):
        raise CommandFailure(51108, f"invalid flag in regex options: {options}")
    for option in options:
        flags |= REGEX_OPTIONS[option]
    try:
        search = re.compile(source, flags & ~re.LOCALE).search
    except re.error as error:
        raise CommandFailure(51091, f"Regular expression is invalid: {error}") from error

    def test(value: Any) -> bool:
        if type(value) is str:
            return search(value) is not None
        return isinstance(value, Regex) and value.pattern == source and value.flags == flags

    return test


def _element_match(argument: Any) -> Test:
    if not isinstance(argument, dict):
        raise CommandFailure(2, "$elemMatch needs an Object")
    if is_operators(argument) and next(iter(argument)) not in ("$and", "$or", "$nor"):
        # Conditions on the elements themselves: all of them on one element, whose own elements do not count.
        conditions = [_single(name, argument) for name in argument if name != "$options"]
        return lambda value: (
            isinstance(value, list) and any(all(condition(element) for condition in conditions) for element in value)
        )
    matches = compiled(argument)
    return lambda value: (
        isinstance(value, list) and any(isinstance(element, dict) and matches(element) for element in value)
    )


def _single(name: str, operators: Document) -> Test:
    if name == "$not":
        if not is_operators(operators[name]):
            raise CommandFailure(2, "$not needs a regex or a document")
        inner = [_single(key, operators[name]) for key in operators[name] if key != "$options"]
        return lambda value: not all(condition(value) for condition in inner)
    positive = {"$ne": "$eq", "$nin": "$in"}.get(name)
    test, _ = _test(positive or name, {**operators, positive or name: operators[name]})
    return (lambda value: not test(value)) if positive else test


def _size(argument: Any) -> Test:
    if not is_number(argument) or argument != int(argument) or argument < 0:
        raise CommandFailure(2, "Failed to parse $size. Expected a non-negative number")
    return lambda value: isinstance(value, list) and len(value) == argument


def _type(argument: Any) -> Test:
    tests = []
    for wanted in argument if isinstance(argument, list) else [argument]:
        found = [test for name, (number, test) in TYPE_NUMBERS.items() if wanted == name or wanted == number]
        if not found or type(wanted) is bool:
            raise CommandFailure(2, f"Unknown type name alias: {wanted}")
        tests.append(found[0])
    return lambda value: any(test(value) for test in tests)


def _modulus(argument: Any) -> Test:
    if not isinstance(argument, list) or len(argument) != 2 or not all(is_number(part) for part in argument):
        raise CommandFailure(2, "malformed mod, needs to be an array of two numbers")
    divisor, rest = int(argument[0]), int(argument[1])
    if divisor == 0:
        raise CommandFailure(2, "divisor cannot be 0")
    # As in C, the rest has the sign of the value.
    return lambda value: (
        is_number(value) and value == value and (int(value) - divisor * int(int(value) / divisor) == rest)
    )

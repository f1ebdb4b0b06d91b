"""Aggregation expressions and the accumulators of `$group`: those that the stores use, with the server's types."""

from collections.abc import Callable
from functools import reduce
from typing import Any

from failure import CommandFailure
from matching import is_operators
from ordering import COMPARISONS, MISSING, canonical, is_number, narrowed

Document = dict[str, Any]
Values = list[Any]


def is_expression(value: Any) -> bool:
    """Whether a value of a projection computes a field, rather than saying that it is wanted."""
    return is_operators(value) or not isinstance(value, (bool, int, float, dict))


def evaluated(expression: Any, document: Document) -> Any:
    """The value of an expression for one document; MISSING where it refers to a field that is not there."""
    if isinstance(expression, str) and expression.startswith("$"):
        return _field(expression, document)
    if isinstance(expression, list):
        values = (evaluated(part, document) for part in expression)
        return [None if value is MISSING else value for value in values]
    if not isinstance(expression, dict):
        return expression
    if is_operators(expression):
        (name, argument), *others = expression.items()
        if others or (name not in LAZY and name not in EAGER):
            raise CommandFailure(168, f"Unrecognized expression '{name}', or one that this server cannot honour")
        if name in LAZY:
            return LAZY[name](argument, document)
        parts = argument if isinstance(argument, list) else [argument]
        return EAGER[name]([evaluated(part, document) for part in parts])
    made = {name: evaluated(part, document) for name, part in expression.items()}
    return {name: value for name, value in made.items() if value is not MISSING}


def _field(path: str, document: Document) -> Any:
    if path.startswith("$$"):
        variable, _, rest = path[2:].partition(".")
        if variable not in ("ROOT", "CURRENT"):
            raise CommandFailure(17276, f"Use of undefined variable: {variable}")
        return _followed(document, rest.split(".")) if rest else document
    return _followed(document, path[1:].split("."))


def _followed(value: Any, parts: list[str]) -> Any:
    for at, part in enumerate(parts):
        if isinstance(value, list):
            found = [_followed(element, parts[at:]) for element in value if isinstance(element, (dict, list))]
            return [element for element in found if element is not MISSING]
        if not isinstance(value, dict):
            return MISSING
        value = value.get(part, MISSING)
    return value


def _truth(value: Any) -> bool:
    return value is not MISSING and value is not None and (not isinstance(value, (bool, int, float)) or value != 0)


def _condition(argument: Any, document: Document) -> Any:
    if isinstance(argument, dict) and set(argument) == {"if", "then", "else"}:
        argument = [argument["if"], argument["then"], argument["else"]]
    if not isinstance(argument, list) or len(argument) != 3:
        raise CommandFailure(17080, "$cond needs if, then and else")
    return evaluated(argument[1] if _truth(evaluated(argument[0], document)) else argument[2], document)


def _if_null(argument: Any, document: Document) -> Any:
    if not isinstance(argument, list) or len(argument) < 2:
        raise CommandFailure(1257300, "$ifNull needs at least two arguments")
    for part in argument[:-1]:
        value = evaluated(part, document)
        if value is not MISSING and value is not None:
            return value
    return evaluated(argument[-1], document)


def _arithmetic(name: str, operation: Callable[[Any, Any], Any], count: int | None) -> Callable[[Values], Any]:
    def calculate(values: Values) -> Any:
        if count is not None and len(values) != count:
            raise CommandFailure(16020, f"Expression {name} takes exactly {count} arguments")
        if any(value is None or value is MISSING for value in values):
            return None
        if not all(is_number(value) for value in values):
            raise CommandFailure(14, f"{name} only supports numeric types")
        try:
            return reduce(lambda first, second: narrowed(operation(first, second), first, second), values)
        except OverflowError:
            return reduce(operation, [float(value) for value in values])
        except ZeroDivisionError as error:
            raise CommandFailure(2, "can't $divide by zero") from error

    return calculate


def _compared(name: str) -> Callable[[Values], Any]:
    def compare(values: Values) -> bool:
        if len(values) != 2:
            raise CommandFailure(16020, f"Expression {name} takes exactly 2 arguments")
        # Here, unlike in filters, a missing field is less than null.
        first, second = ((1,) if value is MISSING else canonical(value) for value in values)
        if name in COMPARISONS:
            return COMPARISONS[name](first, second)
        return (first == second) == (name == "$eq")

    return compare


def _size(values: Values) -> int:
    if len(values) != 1 or not isinstance(values[0], list):
        raise CommandFailure(17124, "The argument to $size must be an array")
    return len(values[0])


def _concatenated(values: Values) -> Any:
    if any(value is None or value is MISSING for value in values):
        return None
    if not all(isinstance(value, str) for value in values):
        raise CommandFailure(16702, "$concat only supports strings")
    return "".join(values)


LAZY: dict[str, Callable[[Any, Document], Any]] = {
    "$literal": lambda argument, document: argument,
    "$cond": _condition,
    "$ifNull": _if_null,
    "$and": lambda argument, document: all(_truth(evaluated(part, document)) for part in argument),
    "$or": lambda argument, document: any(_truth(evaluated(part, document)) for part in argument),
    "$not": lambda argument, document: (
        not _truth(evaluated(argument[0] if isinstance(argument, list) else argument, document))
    ),
}
EAGER: dict[str, Callable[[Values], Any]] = {
    "$add": _arithmetic("$add", lambda first, second: first + second, None),
    "$multiply": _arithmetic("$multiply", lambda first, second: first * second, None),
    "$subtract": _arithmetic("$subtract", lambda first, second: first - second, 2),
    "$divide": _arithmetic("$divide", lambda first, second: float(first) / float(second), 2),
    "$size": _size,
    "$concat": _concatenated,
    **{name: _compared(name) for name in ("$eq", "$ne", *COMPARISONS)},
}


def _sum(values: Values) -> Any:
    numbers = [value for value in values if is_number(value)]
    total = sum(numbers)
    try:
        return narrowed(total, *numbers)
    except OverflowError:
        return float(total)


def _average(values: Values) -> float | None:
    numbers = [value for value in values if is_number(value)]
    return float(sum(numbers)) / len(numbers) if numbers else None


def _present(values: Values) -> Values:
    return [value for value in values if value is not MISSING and value is not None]


def _first(values: Values) -> Any:
    return None if not values or values[0] is MISSING else values[0]


def _distinct(values: Values) -> Values:
    return list({canonical(value): value for value in values if value is not MISSING}.values())


#: What becomes of the values of a group's documents.
ACCUMULATORS: dict[str, Callable[[Values], Any]] = {
    "$sum": _sum,
    "$avg": _average,
    "$min": lambda values: min(_present(values), key=canonical, default=None),
    "$max": lambda values: max(_present(values), key=canonical, default=None),
    "$first": _first,
    "$last": lambda values: _first(values[::-1]),
    "$push": lambda values: [value for value in values if value is not MISSING],
    "$addToSet": _distinct,
    "$count": lambda values: len(values),
}

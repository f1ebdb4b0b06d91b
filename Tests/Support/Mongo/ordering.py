"""How BSON values compare: one canonical key per value, for equality, sorting and indexes.

Two values are equal to the server exactly where their keys are equal (so 1 and 1.0 are, 1 and true are not), and keys
sort as the server sorts. Keys are hashable.
"""

import datetime
import operator
from collections.abc import Callable
from typing import Any

from bson import DBRef, Decimal128, MaxKey, MinKey, ObjectId, Regex, Timestamp
from bson.binary import Binary
from bson.code import Code
from bson.int64 import Int64
from bson.son import SON


class _Missing:
    """What a path that leads nowhere has; equal to null for filters and indexes."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING = _Missing()

NUMBER_RANK = 10
NULL_KEY: tuple = (5,)
#: What an empty array adds to an index, and how it sorts: before null.
UNDEFINED_KEY: tuple = (0,)

Key = tuple


def _number(value: Any) -> Key:
    return (10, 1, value) if value == value else (10, 0, 0)


def _decimal(value: Decimal128) -> Key:
    number = value.to_decimal()
    return (10, 0, 0) if number.is_nan() else (10, 1, number)


def _document(value: Any) -> Key:
    fields = []
    for name, inner in value.items():
        key = canonical(inner)
        fields.append((key[0], name, key))
    return (20, tuple(fields))


def _binary(value: bytes) -> Key:
    return (30, len(value), getattr(value, "subtype", 0), bytes(value))


_KEYS: dict[type, Callable[[Any], Key]] = {
    _Missing: lambda value: NULL_KEY,
    type(None): lambda value: NULL_KEY,
    int: lambda value: (10, 1, value),
    Int64: lambda value: (10, 1, int(value)),
    float: _number,
    Decimal128: _decimal,
    str: lambda value: (15, value),
    dict: _document,
    SON: _document,
    DBRef: lambda value: _document(value.as_doc()),
    list: lambda value: (25, tuple(canonical(inner) for inner in value)),
    bytes: _binary,
    Binary: _binary,
    ObjectId: lambda value: (35, value.binary),
    bool: lambda value: (40, value),
    datetime.datetime: lambda value: (45, value),
    Timestamp: lambda value: (47, value.time, value.inc),
    Regex: lambda value: (50, value.pattern, value.flags),
    Code: lambda value: (60, str(value)) if value.scope is None else (65, str(value), canonical(dict(value.scope))),
    MinKey: lambda value: (-1,),
    MaxKey: lambda value: (127,),
}


def canonical(value: Any) -> Key:
    """The key of a value: a tuple that begins with the rank of its type."""
    return _KEYS[type(value)](value)


def sort_key(value: Any, descending: bool) -> Key:
    """The key of a value in a sort: of an array, its least element ascending, its greatest descending."""
    if type(value) is not list:
        return canonical(value)
    if not value:
        return UNDEFINED_KEY
    return (max if descending else min)(canonical(inner) for inner in value)


def narrowed(result: int | float, *operands: Any) -> int | float:
    """The result of an arithmetic operation, of the type that the server would give it.

    int32 stays int32 until it no longer fits; int64 stays int64; beyond that it raises OverflowError.
    """
    if isinstance(result, float) or isinstance(result, bool):
        return result
    if not -(2**63) <= result < 2**63:
        raise OverflowError(result)
    if any(type(operand) is Int64 for operand in operands) or not -(2**31) <= result < 2**31:
        return Int64(result)
    return int(result)


def is_number(value: Any) -> bool:
    """Whether a value is an int32, int64 or double (decimals are kept, but not calculated with)."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


TYPE_NUMBERS: dict[str, tuple[int, Callable[[Any], bool]]] = {
    "double": (1, lambda value: type(value) is float),
    "string": (2, lambda value: type(value) is str),
    "object": (3, lambda value: isinstance(value, (dict, DBRef))),
    "array": (4, lambda value: isinstance(value, list)),
    "binData": (5, lambda value: isinstance(value, bytes)),
    "objectId": (7, lambda value: isinstance(value, ObjectId)),
    "bool": (8, lambda value: type(value) is bool),
    "date": (9, lambda value: isinstance(value, datetime.datetime)),
    "null": (10, lambda value: value is None),
    "regex": (11, lambda value: isinstance(value, Regex)),
    "int": (16, lambda value: type(value) is int),
    "timestamp": (17, lambda value: isinstance(value, Timestamp)),
    "long": (18, lambda value: type(value) is Int64),
    "decimal": (19, lambda value: isinstance(value, Decimal128)),
    "number": (-2, lambda value: is_number(value) or isinstance(value, Decimal128)),
}

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "$gt": operator.gt,
    "$gte": operator.ge,
    "$lt": operator.lt,
    "$lte": operator.le,
}

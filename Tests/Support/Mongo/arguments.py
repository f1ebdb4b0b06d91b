"""Reading the fields of a command, with the errors that the real server gives."""

from typing import Any

from failure import CommandFailure
from ordering import is_number

Document = dict[str, Any]


def whole(body: Document, name: str, least: int = 0) -> int | None:
    """A whole number of at least `least`; None where the field is missing."""
    value = body.get(name)
    if value is None:
        return None
    if not is_number(value) or value != int(value):
        raise CommandFailure(14, f"field '{name}' must be a whole number")
    if value < least:
        raise CommandFailure(51024, f"BSON field '{name}' value must be >= {least}, actual value '{value}'")
    return int(value)


def flag(body: Document, name: str, default: bool = False) -> bool:
    """A boolean, or a number that stands for one."""
    value = body.get(name, default)
    if not isinstance(value, (bool, int, float)):
        raise CommandFailure(14, f"BSON field '{name}' is the wrong type, expected bool")
    return bool(value)


def document(body: Document, name: str) -> Document:
    """A document, empty where the field is missing or null."""
    value = body.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise CommandFailure(14, f"BSON field '{name}' is the wrong type, expected object")
    return value


def documents(body: Document, name: str) -> list[Document]:
    """A list of 1 to 100,000 documents: the statements of a batch."""
    value = body.get(name)
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise CommandFailure(14, f"BSON field '{name}' is missing or not an array of objects")
    if not 1 <= len(value) <= 100_000:
        message = f"Write batch sizes must be between 1 and 100000. Got {len(value)} operations."
        raise CommandFailure(16, message)
    return value


def only(body: Document, what: str, allowed: set[str] | frozenset[str]) -> None:
    """Refuses fields beyond those that are honoured."""
    for name in body:
        if name not in allowed:
            raise CommandFailure(9, f"BSON field '{what}.{name}' is an unknown field, or not honoured by this server.")

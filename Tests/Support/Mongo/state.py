"""What commands work on."""

from typing import Any

from collection import Collection, Database
from cursors import Cursors
from failure import CommandFailure
from journal import Journal

Document = dict[str, Any]


class State:
    """The databases, the open cursors and the journal of one server."""

    def __init__(self) -> None:
        self.databases: dict[str, Database] = {}
        self.cursors = Cursors()
        self.journal = Journal()

    def database(self, name: str) -> Database:
        """The database of that name; it is kept as soon as it is asked for, and listed when it has a collection."""
        return self.databases.setdefault(name, Database(name))

    def collection(self, body: Document, name: Any, creates: bool = False) -> Collection:
        """The collection that a command names; made where `creates` says so."""
        if not isinstance(name, str) or not name or "\0" in name:
            raise CommandFailure(73, "collection name has invalid type or is empty")
        database = self.database(body["$db"])
        return database.created(name) if creates else database.existing(name)

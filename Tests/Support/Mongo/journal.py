"""What a database was asked, so that tests can check that every shape of query is served by an index."""

from collections import deque
from typing import Any

Document = dict[str, Any]
#: Entries kept of each database; the oldest go first.
LONGEST = 10_000
#: What is noted of a command, and of each statement of a batch.
NOTED = ("filter", "query", "q", "sort", "hint", "skip", "limit", "multi", "upsert", "key", "pipeline", "indexes")
SHOWN_AS = {"query": "filter", "q": "filter"}
STATEMENTS = {"update": "updates", "delete": "deletes"}


class Journal:
    """The last commands on collections, by database."""

    def __init__(self) -> None:
        self._entries: dict[str, deque[Document]] = {}

    def note(self, name: str, body: Document) -> None:
        """Notes a command that names a collection: one entry, or one for each statement of an update or delete."""
        collection = body.get(name)
        if name == "getMore":
            collection = body.get("collection")
        if not isinstance(collection, str):
            return
        entries = self._entries.setdefault(body["$db"], deque(maxlen=LONGEST))
        statements = body.get(STATEMENTS[name]) if name in STATEMENTS else None
        for part in statements if isinstance(statements, list) else [body]:
            if isinstance(part, dict):
                noted = {SHOWN_AS.get(field, field): part[field] for field in NOTED if field in part and field != name}
                entries.append({"command": name, "collection": collection, **noted})

    def entries(self, database: str, collection: str | None) -> list[Document]:
        """What was noted, oldest first; of one collection where it is named."""
        entries = self._entries.get(database, ())
        return [entry for entry in entries if collection is None or entry["collection"] == collection]

    def clear(self, database: str) -> None:
        """Forgets what was noted of a database."""
        self._entries.pop(database, None)

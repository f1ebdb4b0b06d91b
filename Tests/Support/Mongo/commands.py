"""The table of commands, what each accepts, and their dispatch."""

import datetime
import itertools
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import catalog
import reading
import writing
from arguments import document, only, whole
from collection import LARGEST_DOCUMENT
from cursors import encoded
from failure import CommandFailure
from state import State
from wire import LONGEST_MESSAGE

Document = dict[str, Any]
Handler = Callable[[State, Document], Document]
#: Fields that every command may have. A session's id changes nothing here: there are no transactions.
GENERAL = frozenset({"$db", "$readPreference", "$clusterTime", "lsid", "comment", "maxTimeMS"})
VERSION = "6.0.0"
#: The wire version of server 6.0, the newest that libmongoc 1.23 knows.
WIRE_VERSION = 17

log = logging.getLogger("wire_server")
_connection_numbers = itertools.count(1)


@dataclass(frozen=True)
class Command:
    """A command: what runs it, and the fields that it honours beside those of every command."""

    run: Handler
    fields: frozenset[str]


def run(state: State, body: Document) -> Document:
    """Runs one command to its end and gives its answer, an error's too."""
    name = next(iter(body))
    try:
        command = COMMANDS.get(name)
        if command is None:
            raise CommandFailure(59, f"no such command: '{name}'")
        only(body, name, command.fields | GENERAL | {name})
        if not body["$db"] or any(sign in body["$db"] for sign in '/\\. "$'):
            raise CommandFailure(73, f"Invalid database name: '{body['$db']}'")
        whole(body, "maxTimeMS")
        _check_concerns(body)
        if name != "fomoJournal":
            state.journal.note(name, body)
        return command.run(state, body)
    except CommandFailure as failure:
        return failure.reply()
    except Exception:  # A defect of this server: told as the real one tells its own, and the other clients go on.
        log.exception("the command %s failed in a way that was not foreseen", name)
        return CommandFailure(1, f"internal error of the test server in '{name}'").reply()


def _check_concerns(body: Document) -> None:
    """Refuses the guarantees that a standalone server cannot give; the others it gives anyway."""
    write, read = document(body, "writeConcern"), document(body, "readConcern")
    only(write, "writeConcern", {"w", "j", "wtimeout", "fsync"})
    if write.get("w", 1) not in (0, 1, "majority"):
        raise CommandFailure(2, "cannot use 'w' > 1 when a host is not replicated")
    only(read, "readConcern", {"level"})
    if read.get("level", "local") not in ("local", "available", "majority"):
        raise CommandFailure(123, "this read concern needs a replica set")


def hello(state: State, body: Document) -> Document:
    """What a client asks first: a standalone server without sessions."""
    legacy = "hello" not in body
    return {
        **({"ismaster": True, "helloOk": True} if legacy else {"isWritablePrimary": True}),
        "maxBsonObjectSize": LARGEST_DOCUMENT,
        "maxMessageSizeBytes": LONGEST_MESSAGE,
        "maxWriteBatchSize": 100_000,
        "localTime": datetime.datetime.now(datetime.UTC),
        "connectionId": next(_connection_numbers),
        "minWireVersion": 0,
        "maxWireVersion": WIRE_VERSION,
        "readOnly": False,
        "ok": 1.0,
    }


def build_info(state: State, body: Document) -> Document:
    """The version that this server stands in for."""
    return {
        "version": VERSION,
        "versionArray": [int(part) for part in VERSION.split(".")] + [0],
        "modules": ["fomo-wire-server"],
        "bits": 64,
        "debug": False,
        "maxBsonObjectSize": LARGEST_DOCUMENT,
        "ok": 1.0,
    }


def journal(state: State, body: Document) -> Document:
    """Our own command: a cursor over what the database was asked, or `{fomoJournal: "clear"}` to forget it."""
    if body["fomoJournal"] == "clear":
        state.journal.clear(body["$db"])
        return {"ok": 1.0}
    entries = state.journal.entries(body["$db"], body.get("collection"))
    batch_size = whole(document(body, "cursor"), "batchSize")
    return state.cursors.opened(
        f"{body['$db']}.fomoJournal",
        (encoded(entry) for entry in entries),
        len(entries) if batch_size is None else batch_size,
    )


def _nothing(state: State, body: Document) -> Document:
    return {"ok": 1.0}


def _command(run: Handler, *fields: str) -> Command:
    return Command(run, frozenset(fields))


_GREETING = _command(hello, "client", "compression", "helloOk", "saslSupportedMechs", "speculativeAuthenticate")
_FIND_AND_MODIFY = _command(
    writing.find_and_modify, "query", "sort", "remove", "update", "new", "fields", "upsert", "hint",
    "bypassDocumentValidation", "writeConcern",
)  # fmt: skip

COMMANDS: dict[str, Command] = {
    "hello": _GREETING,
    "isMaster": _GREETING,
    "ismaster": _GREETING,
    "ping": _command(_nothing),
    "buildInfo": _command(build_info),
    "buildinfo": _command(build_info),
    "endSessions": _command(_nothing),
    "listDatabases": _command(catalog.list_databases, "filter", "nameOnly", "authorizedDatabases"),
    "listCollections": _command(catalog.list_collections, "filter", "nameOnly", "authorizedCollections", "cursor"),
    "create": _command(catalog.create, "writeConcern"),
    "createIndexes": _command(catalog.create_indexes, "indexes", "writeConcern"),
    "listIndexes": _command(catalog.list_indexes, "cursor"),
    "dropIndexes": _command(catalog.drop_indexes, "index", "writeConcern"),
    "drop": _command(catalog.drop, "writeConcern"),
    "dropDatabase": _command(catalog.drop_database, "writeConcern"),
    "insert": _command(writing.insert, "documents", "ordered", "bypassDocumentValidation", "writeConcern"),
    "update": _command(writing.update, "updates", "ordered", "bypassDocumentValidation", "writeConcern"),
    "delete": _command(writing.delete, "deletes", "ordered", "writeConcern"),
    "findAndModify": _FIND_AND_MODIFY,
    "find": _command(
        reading.find,
        "filter",
        "sort",
        "projection",
        "hint",
        "skip",
        "limit",
        "batchSize",
        "singleBatch",
        "allowDiskUse",
        "noCursorTimeout",
        "readConcern",
    ),  # fmt: skip
    "getMore": _command(reading.get_more, "collection", "batchSize"),
    "killCursors": _command(reading.kill_cursors, "cursors"),
    "count": _command(reading.count, "query", "limit", "skip", "hint", "readConcern"),
    "distinct": _command(reading.distinct, "key", "query", "readConcern"),
    "aggregate": _command(
        reading.aggregate,
        "pipeline",
        "cursor",
        "hint",
        "allowDiskUse",
        "readConcern",
        "writeConcern",
        "bypassDocumentValidation",
    ),  # fmt: skip
    "fomoJournal": _command(journal, "collection", "cursor"),
}

"""Faults that tests ask for: the real server's `failCommand`, and answers that are lost after the write."""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import bson

from arguments import document, flag, only, whole
from collection import CODEC
from failure import CommandFailure

Document = dict[str, Any]
#: Databases with this ending lose the first answer of every distinct write.
DROPPING_SUFFIX = "_dropping"
DROPPED_COMMANDS = frozenset({"insert", "update", "delete", "findAndModify"})
#: What of a command does not make it a distinct one: a driver may change it when it sends the command again.
CHANGING = frozenset({"lsid", "$db", "$clusterTime", "txnNumber", "$readPreference"})
#: Distinct writes that are remembered; beyond it the oldest is forgotten, and would lose its answer again.
MOST_REMEMBERED = 100_000
DATA_FIELDS = frozenset({
    "failCommands", "closeConnection", "errorCode", "blockConnection", "blockTimeMS", "closeAfterApplying", "appName",
    "namespace",
})  # fmt: skip


@dataclass
class Fault:
    """What happens to the commands that it names."""

    commands: frozenset[str]
    #: Commands that it still meets; None without an end.
    left: int | None
    app_name: str | None
    #: `database.collection`, or a database alone for all of its collections.
    namespace: str | None
    #: Seconds that only this connection waits before anything else happens.
    delay: float = 0.0
    closes: bool = False
    error_code: int | None = None
    closes_after_applying: bool = False

    def meets(self, name: str, namespace: str, app_name: str | None) -> bool:
        """Whether it is about a command of this kind, on this collection, of this client."""
        return (
            name in self.commands
            and (self.app_name is None or self.app_name == app_name)
            and (self.namespace is None or self.namespace in (namespace, namespace.partition(".")[0]))
        )


class Faults:
    """The faults that are on: one at most for each pair of `appName` and `namespace`, so that tests can run at once."""

    def __init__(self) -> None:
        self._on: dict[tuple[str | None, str | None], Fault] = {}

    def configure(self, body: Document) -> Document:
        """The command `configureFailPoint`. `off` with a filter ends that filter's fault, without one all of them."""
        if body["$db"] != "admin":
            raise CommandFailure(13, "configureFailPoint may only be run against the admin database.")
        if body["configureFailPoint"] != "failCommand":
            raise CommandFailure(2, f"unknown fail point: {body['configureFailPoint']}")
        only(body, "configureFailPoint", {"configureFailPoint", "mode", "data", "$db", "lsid", "$readPreference"})
        data, mode = document(body, "data"), body.get("mode")
        only(data, "data", DATA_FIELDS)
        place = (data.get("appName"), data.get("namespace"))
        if mode == "off":
            if place == (None, None):
                self._on.clear()
            self._on.pop(place, None)
            return {"ok": 1.0}
        if mode == "alwaysOn":
            left = None
        elif isinstance(mode, dict) and list(mode) == ["times"]:
            left = whole(mode, "times", least=1)
        else:
            raise CommandFailure(9, 'mode must be "off", "alwaysOn" or {times: N}')
        self._on[place] = _fault(data, left)
        return {"ok": 1.0}

    def met(self, name: str, namespace: str, app_name: str | None) -> Fault | None:
        """The fault that this command meets; it counts as one of its times."""
        for place, fault in self._on.items():
            if fault.meets(name, namespace, app_name):
                if fault.left is not None:
                    fault.left -= 1
                    if fault.left == 0:
                        del self._on[place]
                return fault
        return None


def _fault(data: Document, left: int | None) -> Fault:
    names = data.get("failCommands")
    if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
        raise CommandFailure(9, "data.failCommands must be a list of command names")
    blocks, milliseconds = flag(data, "blockConnection"), whole(data, "blockTimeMS")
    if blocks != (milliseconds is not None):
        raise CommandFailure(9, "blockConnection and blockTimeMS go together")
    fault = Fault(
        frozenset(names),
        left,
        data.get("appName"),
        data.get("namespace"),
        (milliseconds or 0) / 1000,
        flag(data, "closeConnection"),
        whole(data, "errorCode", least=1),
        flag(data, "closeAfterApplying"),
    )
    if not (blocks or fault.closes or fault.error_code or fault.closes_after_applying):
        raise CommandFailure(9, "the fault would do nothing")
    return fault


class LostAnswers:
    """Which writes have lost their answer already, in the databases where each does so once."""

    def __init__(self) -> None:
        self._seen: OrderedDict[bytes, None] = OrderedDict()

    def loses(self, name: str, body: Document) -> bool:
        """Whether this command's answer is to be lost: true the first time that this very command comes."""
        if name not in DROPPED_COMMANDS or not body["$db"].endswith(DROPPING_SUFFIX):
            return False
        plain = {field: value for field, value in body.items() if field not in CHANGING}
        encoded = bson.encode(plain, codec_options=CODEC)
        digest = hashlib.blake2b(body["$db"].encode() + b"\0" + encoded, digest_size=16).digest()
        if digest in self._seen:
            return False
        self._seen[digest] = None
        if len(self._seen) > MOST_REMEMBERED:
            self._seen.popitem(last=False)
        return True

"""Open cursors: results that do not fit into one answer."""

import secrets
import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from typing import Any

import bson
from bson.int64 import Int64
from bson.raw_bson import RawBSONDocument

from collection import CODEC, LARGEST_DOCUMENT, RAW_CODEC
from failure import CommandFailure

Document = dict[str, Any]
#: Documents in a first batch without `batchSize`, as the real server's.
FIRST_BATCH = 101
#: Seconds after which a cursor that nobody asks is closed, as the real server's.
IDLE_LIMIT = 600.0
#: Cursors open at once; beyond it the one that was asked longest ago is closed, and its client gets CursorNotFound.
MOST_OPEN = 10_000


class _Cursor:
    def __init__(self, namespace: str, documents: Iterable[RawBSONDocument], times_out: bool) -> None:
        self.namespace = namespace
        self.times_out = times_out
        self.asked_at = time.monotonic()
        self._documents: Iterator[RawBSONDocument] = iter(documents)
        self._next = next(self._documents, None)

    @property
    def exhausted(self) -> bool:
        return self._next is None

    def batch(self, size: int | None) -> list[RawBSONDocument]:
        """Up to `size` documents, and never more than one answer can hold."""
        taken: list[RawBSONDocument] = []
        room = LARGEST_DOCUMENT
        while self._next is not None and (size is None or len(taken) < size):
            room -= len(self._next.raw)
            if taken and room < 0:
                break
            taken.append(self._next)
            self._next = next(self._documents, None)
        self.asked_at = time.monotonic()
        return taken


class Cursors:
    """The cursors of one server."""

    def __init__(self) -> None:
        self._open: OrderedDict[int, _Cursor] = OrderedDict()

    def opened(
        self,
        namespace: str,
        documents: Iterable[RawBSONDocument],
        batch_size: int | None = None,
        single_batch: bool = False,
        times_out: bool = True,
    ) -> Document:
        """The answer that holds the first batch, and the id of a cursor where there is more."""
        self._close_idle()
        cursor = _Cursor(namespace, documents, times_out)
        batch = cursor.batch(FIRST_BATCH if batch_size is None else batch_size)
        number = 0
        if not cursor.exhausted and not single_batch:
            while number == 0 or number in self._open:
                number = secrets.randbits(62)
            self._open[number] = cursor
            if len(self._open) > MOST_OPEN:
                self._open.popitem(last=False)
        return {"cursor": {"firstBatch": batch, "id": Int64(number), "ns": namespace}, "ok": 1.0}

    def more(self, number: int, namespace: str, batch_size: int | None) -> Document:
        """The answer that holds the next batch; the cursor is closed with its last one."""
        self._close_idle()
        cursor = self._open.get(number)
        if cursor is None:
            raise CommandFailure(43, f"cursor id {number} not found")
        if cursor.namespace != namespace:
            message = f"Requested getMore on namespace '{namespace}', but cursor belongs to {cursor.namespace}"
            raise CommandFailure(13, message)
        batch = cursor.batch(batch_size or None)
        self._open.move_to_end(number)
        if cursor.exhausted:
            del self._open[number]
        answered = Int64(0 if cursor.exhausted else number)
        return {"cursor": {"nextBatch": batch, "id": answered, "ns": namespace}, "ok": 1.0}

    def killed(self, numbers: list[int], namespace: str) -> Document:
        """Closes cursors, and tells which there were."""
        here = [number for number in numbers if number in self._open and self._open[number].namespace == namespace]
        for number in here:
            self._open.pop(number, None)
        missing = [Int64(number) for number in numbers if number not in here]
        return {
            "cursorsKilled": [Int64(number) for number in here],
            "cursorsNotFound": missing,
            "cursorsAlive": [],
            "cursorsUnknown": [],
            "ok": 1.0,
        }

    def _close_idle(self) -> None:
        oldest = time.monotonic() - IDLE_LIMIT
        idle = [number for number, cursor in self._open.items() if cursor.times_out and cursor.asked_at < oldest]
        for number in idle:
            del self._open[number]


def encoded(document: Document) -> RawBSONDocument:
    """A made document in the form in which cursors hold all of theirs."""
    return RawBSONDocument(bson.encode(document, codec_options=CODEC), RAW_CODEC)

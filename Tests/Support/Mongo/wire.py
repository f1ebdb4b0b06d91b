"""Messages of MongoDB's wire protocol: OP_MSG, and of the legacy OP_QUERY what a client's greeting needs.

Source: the MongoDB manual, "MongoDB Wire Protocol".
"""

import asyncio
import itertools
import struct
from dataclasses import dataclass
from typing import Any

import bson
from bson.errors import BSONError

from collection import CODEC

#: What the server announces as `maxMessageSizeBytes`; a longer message ends its connection.
LONGEST_MESSAGE = 48_000_000
HEADER = struct.Struct("<iiii")
OP_REPLY, OP_QUERY, OP_MSG = 1, 2004, 2013
CHECKSUM_PRESENT, MORE_TO_COME = 1, 2
#: Bits that a receiver may ignore are 16 and above; of the others only these two are known.
REQUIRED_BITS = 0xFFFF

_reply_numbers = itertools.count(1)


class Unreadable(Exception):
    """Bytes that are no message of this protocol; the connection they came on is closed."""


@dataclass(frozen=True)
class Request:
    """One command as it came in."""

    number: int
    body: dict[str, Any]
    #: Whether it came as OP_QUERY, and is answered by OP_REPLY.
    legacy: bool
    #: False where the client set `moreToCome`: it will not read an answer.
    wants_reply: bool


async def read(reader: asyncio.StreamReader) -> Request | None:
    """The next request of a connection; None where the client has gone.

    Raises Unreadable.
    """
    try:
        length, number, _, operation = HEADER.unpack(await reader.readexactly(HEADER.size))
        if not HEADER.size < length <= LONGEST_MESSAGE or operation not in (OP_MSG, OP_QUERY):
            raise Unreadable(f"operation {operation} of {length} bytes")
        content = await reader.readexactly(length - HEADER.size)
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    try:
        return _message(number, content) if operation == OP_MSG else _query(number, content)
    except (BSONError, struct.error, ValueError, IndexError, RecursionError) as error:
        raise Unreadable(str(error)) from error


def answer(request: Request, reply: dict[str, Any]) -> bytes:
    """The message that answers a request."""
    document = bson.encode(reply, codec_options=CODEC)
    if request.legacy:
        # Flags: AwaitCapable. No cursor, from 0, one document.
        operation, content = OP_REPLY, struct.pack("<iqii", 8, 0, 0, 1) + document
    else:
        operation, content = OP_MSG, struct.pack("<IB", 0, 0) + document
    number = next(_reply_numbers) & 0x7FFFFFFF
    return HEADER.pack(HEADER.size + len(content), number, request.number, operation) + content


def _message(number: int, content: bytes) -> Request:
    (flags,) = struct.unpack_from("<I", content)
    if flags & REQUIRED_BITS & ~(CHECKSUM_PRESENT | MORE_TO_COME):
        raise Unreadable(f"unknown flags {flags:#x}")
    at, end = 4, len(content) - (4 if flags & CHECKSUM_PRESENT else 0)
    body: dict[str, Any] | None = None
    sequences: dict[str, list[dict[str, Any]]] = {}
    while at < end:
        kind = content[at]
        (length,) = struct.unpack_from("<i", content, at + 1)
        section = content[at + 1 : at + 1 + length]
        if length < 5 or at + 1 + length > end:
            raise Unreadable("a section ends outside of its message")
        if kind == 0 and body is None:
            body = bson.decode(section, CODEC)
        elif kind == 1:
            name_end = section.index(b"\0", 4)
            name = section[4:name_end].decode()
            if name in sequences:
                raise Unreadable(f"two sequences of {name}")
            sequences[name] = bson.decode_all(section[name_end + 1 :], CODEC)
        else:
            raise Unreadable(f"section of kind {kind}")
        at += 1 + length
    if not body or set(body) & set(sequences) or not isinstance(body.get("$db"), str):
        raise Unreadable("no body, or one that does not go with its sequences")
    return Request(number, {**body, **sequences}, legacy=False, wants_reply=not flags & MORE_TO_COME)


def _query(number: int, content: bytes) -> Request:
    name_end = content.index(b"\0", 4)
    namespace = content[4:name_end].decode()
    documents = bson.decode_all(content[name_end + 9 :], CODEC)
    if not namespace.endswith(".$cmd") or not documents:
        raise Unreadable("a legacy query that is not a command")
    body = documents[0].get("$query", documents[0])
    if not isinstance(body, dict) or not body:
        raise Unreadable("a legacy query without a command")
    return Request(number, {**body, "$db": namespace.removesuffix(".$cmd")}, legacy=True, wants_reply=True)

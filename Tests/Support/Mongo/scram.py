"""SCRAM-SHA-256, the server's side, for one user (RFC 5802 and 7677, in the commands saslStart and saslContinue)."""

import base64
import hashlib
import hmac
import os
import secrets
from typing import Any

from arguments import document, flag, only
from failure import CommandFailure

Document = dict[str, Any]
#: Rounds of PBKDF2, as the real server's default.
ITERATIONS = 15_000
PASSWORD_VARIABLE = "WIRE_PASSWORD"
MECHANISM = "SCRAM-SHA-256"
SASL_FIELDS = frozenset({"$db", "$readPreference", "lsid", "comment", "payload"})


class Account:
    """The one user who may sign in, of the database `admin`; the password itself is not kept."""

    def __init__(self, user: str, password: str) -> None:
        self.user = user
        self.salt = os.urandom(28)
        salted = hashlib.pbkdf2_hmac("sha256", password.encode(), self.salt, ITERATIONS)
        self.stored_key = hashlib.sha256(_mac(salted, b"Client Key")).digest()
        self.server_key = _mac(salted, b"Server Key")


class Conversation:
    """Whether one connection is signed in, and how far it is on its way there."""

    #: What a client may ask before it is signed in.
    OPEN_COMMANDS = frozenset({"hello", "isMaster", "ismaster", "ping", "buildInfo", "buildinfo", "endSessions"})

    def __init__(self, account: Account | None) -> None:
        self._account = account
        self._signed_in = account is None
        self._so_far = b""
        self._nonce = b""
        self._proved = False
        self._skips_empty_exchange = False

    def allows(self, name: str) -> bool:
        """Whether the connection may run this command now."""
        return self._signed_in or name in self.OPEN_COMMANDS

    def mechanisms(self, user: str) -> list[str] | None:
        """What `saslSupportedMechs` says of a user; None where there is no such user."""
        return [MECHANISM] if self._account is not None and user == f"admin.{self._account.user}" else None

    def started(self, body: Document) -> Document:
        """The command saslStart."""
        only(body, "saslStart", SASL_FIELDS | {"saslStart", "mechanism", "options", "autoAuthorize"})
        if body.get("mechanism") != MECHANISM:
            raise CommandFailure(334, f"Unsupported mechanism '{body.get('mechanism')}'")
        if self._account is None:
            raise _refused()
        self._skips_empty_exchange = flag(document(body, "options"), "skipEmptyExchange")
        first = _payload(body)
        bare = first.removeprefix(b"n,,")
        fields = _fields(bare)
        user = fields.get(b"n", b"").replace(b"=2C", b",").replace(b"=3D", b"=").decode(errors="replace")
        if not first.startswith(b"n,,") or body["$db"] != "admin" or user != self._account.user or b"r" not in fields:
            raise _refused()
        self._signed_in, self._proved = False, False
        self._nonce = fields[b"r"] + base64.b64encode(secrets.token_bytes(24))
        answer = b"r=%s,s=%s,i=%d" % (self._nonce, base64.b64encode(self._account.salt), ITERATIONS)
        self._so_far = bare + b"," + answer
        return _step(answer, done=False)

    def continued(self, body: Document) -> Document:
        """The command saslContinue."""
        only(body, "saslContinue", SASL_FIELDS | {"saslContinue", "conversationId"})
        if self._account is None or not self._so_far:
            raise CommandFailure(17, "No SASL session state found")
        if self._proved:
            self._signed_in, self._so_far = True, b""
            return _step(b"", done=True)
        final = _payload(body)
        without_proof, _, proof = final.rpartition(b",p=")
        said = self._so_far + b"," + without_proof
        self._so_far = b""
        signature = _mac(self._account.stored_key, said)
        try:
            client_key = bytes(a ^ b for a, b in zip(base64.b64decode(proof, validate=True), signature, strict=True))
        except ValueError as error:
            raise _refused() from error
        same = hmac.compare_digest(hashlib.sha256(client_key).digest(), self._account.stored_key)
        if not same or _fields(without_proof).get(b"r") != self._nonce:
            raise _refused()
        self._proved, self._so_far = True, said
        self._signed_in = self._skips_empty_exchange
        return _step(b"v=" + base64.b64encode(_mac(self._account.server_key, said)), done=self._signed_in)


def _mac(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")


def _payload(body: Document) -> bytes:
    payload = body.get("payload")
    if not isinstance(payload, bytes):
        raise CommandFailure(14, "BSON field 'payload' is the wrong type, expected binData")
    return bytes(payload)


def _fields(message: bytes) -> dict[bytes, bytes]:
    return dict((part[:1], part[2:]) for part in message.split(b",") if part[1:2] == b"=")


def _step(payload: bytes, done: bool) -> Document:
    return {"conversationId": 1, "done": done, "payload": payload, "ok": 1.0}


def _refused() -> CommandFailure:
    return CommandFailure(18, "Authentication failed.")

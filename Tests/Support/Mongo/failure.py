"""The errors that a command can end with, by the real server's codes."""

from typing import Any

CODE_NAMES: dict[int, str] = {
    1: "InternalError",
    2: "BadValue",
    9: "FailedToParse",
    13: "Unauthorized",
    14: "TypeMismatch",
    16: "InvalidLength",
    17: "ProtocolError",
    18: "AuthenticationFailed",
    26: "NamespaceNotFound",
    27: "IndexNotFound",
    28: "PathNotViable",
    40: "ConflictingUpdateOperators",
    43: "CursorNotFound",
    48: "NamespaceExists",
    52: "DollarPrefixedFieldName",
    53: "InvalidIdField",
    54: "NotSingleValueField",
    56: "EmptyFieldName",
    59: "CommandNotFound",
    66: "ImmutableField",
    67: "CannotCreateIndex",
    72: "InvalidOptions",
    73: "InvalidNamespace",
    85: "IndexOptionsConflict",
    86: "IndexKeySpecsConflict",
    123: "NotAReplicaSet",
    168: "InvalidPipelineOperator",
    171: "CannotIndexParallelArrays",
    334: "MechanismUnavailable",
    352: "UnsupportedOpQueryCommand",
    11000: "DuplicateKey",
}


class CommandFailure(Exception):
    """A command, or one statement of a batch, that the real server would refuse.

    `details` go beside code and message into the answer, as `keyPattern` and `keyValue` do.
    """

    def __init__(self, code: int, message: str, **details: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details

    def reply(self) -> dict[str, Any]:
        """The answer to a command that failed as a whole."""
        name = CODE_NAMES.get(self.code, f"Location{self.code}")
        return {"ok": 0.0, "errmsg": self.message, "code": self.code, "codeName": name, **self.details}

    def write_error(self, index: int) -> dict[str, Any]:
        """The entry in `writeErrors` for the statement at `index` of a batch."""
        return {"index": index, "code": self.code, "errmsg": self.message, **self.details}

"""A small MongoDB server for tests: the wire protocol over documents in memory.

Standalone, without transactions; commands run one at a time. It prints the address on which it listens and ends with 0
on SIGTERM. What it cannot honour it refuses, as the real server refuses what it does not know.

Tests get faults by `configureFailPoint` (see `faults`), by a database whose name ends in `_dropping` (the first answer
of every distinct write is lost after it was applied), and read what was asked by `fomoJournal` (see `commands`).
"""

import argparse
import asyncio
import logging
import os
import signal
import sys

sys.dont_write_bytecode = True

import wire  # noqa: E402
from connection import Connection, Shared  # noqa: E402
from scram import PASSWORD_VARIABLE, Account  # noqa: E402

log = logging.getLogger("wire_server")
#: Connections at once; one more is closed at its arrival.
MOST_CONNECTIONS = 2_000
#: Bytes read ahead of a connection, beyond the message that it is sending.
READ_AHEAD = 1 << 20


class WireServer:
    """Listens on one port of loopback."""

    def __init__(self, account: Account | None) -> None:
        self._shared = Shared(account)
        self._connections: set[asyncio.Task[None]] = set()

    async def run(self, port: int) -> None:
        """Serves until SIGTERM or SIGINT, which end all connections at once."""
        stopped = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stopped.set)
        server = await asyncio.start_server(self._accepted, "127.0.0.1", port, limit=READ_AHEAD, backlog=512)
        print(f"mongodb://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
        await stopped.wait()
        server.close()
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None or len(self._connections) >= MOST_CONNECTIONS:
            writer.close()
            return
        self._connections.add(task)
        try:
            await Connection(self._shared).serve(reader, writer)
        except wire.Unreadable as error:
            log.info("closed a connection that sent no message of the protocol: %s", error)
        except (ConnectionError, asyncio.CancelledError):
            pass  # The client went, or the server stops.
        finally:
            self._connections.discard(task)
            writer.close()


def main() -> None:
    """Reads the command line and serves."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--port", type=int, default=0, help="0, the default, for any that is free")
    parser.add_argument("--quiet", action="store_true", help="log errors only")
    parser.add_argument("--user", help=f"ask for this user's sign-in; the password is in {PASSWORD_VARIABLE}")
    options = parser.parse_args()
    logging.basicConfig(level=logging.ERROR if options.quiet else logging.INFO, format="%(name)s: %(message)s")
    password = os.environ.get(PASSWORD_VARIABLE)
    if options.user and not password:
        parser.error(f"--user needs a password in {PASSWORD_VARIABLE}")
    account = Account(options.user, password) if options.user and password else None
    try:
        asyncio.run(WireServer(account).run(options.port))
    except OSError as error:
        sys.exit(f"cannot listen on port {options.port}: {error}")


if __name__ == "__main__":
    main()

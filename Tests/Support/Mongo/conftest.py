"""What the tests of the wire server share: running servers, and databases of their own on one of them.

Run by Debian's Python, which has the bson that the server uses: /usr/bin/python3 -m pytest Tests/Support/Mongo
"""

import contextlib
import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pymongo
import pytest
from pymongo.database import Database

HERE = Path(__file__).parent


@contextlib.contextmanager
def running_server(*arguments: str, **variables: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server of one's own, with its address."""
    command = [sys.executable, str(HERE / "wire_server.py"), *arguments]
    environment = {**os.environ, **variables}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip(), process
        finally:
            process.terminate()
            process.wait(10)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Of the server that most tests share; it must have come through all of them."""
    with running_server("--quiet") as (address, process):
        yield address
        assert process.poll() is None


@pytest.fixture
def connect(address: str) -> Iterator[Callable[..., pymongo.MongoClient]]:
    """Opens clients, which are closed at the end; by default one that never repeats anything by itself."""
    clients = []

    def connect(**options: object) -> pymongo.MongoClient:
        settings = {"retryReads": False, "retryWrites": False, "serverSelectionTimeoutMS": 5000, **options}
        clients.append(pymongo.MongoClient(address, **settings))
        return clients[-1]

    yield connect
    for client in clients:
        client.close()


@pytest.fixture
def database(connect: Callable[..., pymongo.MongoClient]) -> Iterator[Database]:
    """A database of the test's own."""
    database = connect()[f"test_{uuid.uuid4().hex}"]
    yield database
    database.client.drop_database(database.name)

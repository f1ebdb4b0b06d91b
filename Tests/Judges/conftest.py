"""The stand-in that both libraries judge, fresh for each test."""

import pytest

from stand_in import running_stand_in


@pytest.fixture(scope="session")
def running(tmp_path_factory):
    with running_stand_in(tmp_path_factory.mktemp("sandbox")) as stand_in:
        yield stand_in


@pytest.fixture
def stand_in(running):
    """At its beginning, without faults."""
    running.act("/reset")
    yield running
    running.act("/faults", method="DELETE")


@pytest.fixture(scope="session")
def local_stand_in(tmp_path_factory):
    """One that stands for a server that runs with --local."""
    with running_stand_in(tmp_path_factory.mktemp("local"), "--local") as stand_in:
        yield stand_in

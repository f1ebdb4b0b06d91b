"""What docs/sandbox.md says, tried out: every example runs, every request is told with one, all methods are named."""

import os
import re
import subprocess
import sys
import urllib.parse

import pytest
from stand_in import PROJECT, TOKEN, running_stand_in

PAGE = (PROJECT / "docs/sandbox.md").read_text()
SOURCES = PROJECT / "Sources/Sandbox"
SHELL = re.findall(r"^```sh\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
PROGRAMS = re.findall(r"^```python\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
# As curl in a shell, but one that says when it is refused.
PRELUDE = 'curl() { command curl -sS --globoff --fail-with-body --max-time 30 "$@"; local e=$?; echo; return $e; }\n'


@pytest.fixture
def folder(tmp_path):
    for name in ("a.mp3", "b.mp3", "note.ogg", "note.mp4"):
        (tmp_path / name).write_bytes(name.encode() * 10)
    return tmp_path


@pytest.mark.parametrize("example", SHELL, ids=lambda example: example.splitlines()[0].lstrip("# "))
def test_an_example_does_what_it_says(folder, example):
    """In a new sandbox, as a reader starts it."""
    with running_stand_in(folder) as stand_in:
        stand_in.act("/settings", {"flood_limits": True, "poll_surprises": True}, method="PATCH")
        run(stand_in, folder, example)


def run(stand_in, folder, example):
    environment = {"PATH": os.environ["PATH"], "S": stand_in.address + "/sandbox", "B": f"{stand_in.address}/bot{TOKEN}"}
    answer = subprocess.run(
        ["bash", "-eu", "-o", "pipefail", "-c", PRELUDE + example],
        cwd=folder, env=environment, capture_output=True, timeout=120, check=False,
    )
    output = answer.stdout.decode(errors="replace")
    assert answer.returncode == 0, f"{output}\n{answer.stderr.decode()}"
    for promise in re.findall(r"^# → (.*)$", example, re.MULTILINE):
        assert promise in output, f"{promise} is not in {output}"


@pytest.mark.parametrize("program", PROGRAMS, ids=["aiogram", "python-telegram-bot"])
def test_a_library_is_pointed_at_it(stand_in, folder, program):
    script = folder / "bot.py"
    script.write_text(program.replace("http://127.0.0.1:8081", stand_in.address))
    before = stand_in.act("/state", method="GET")["calls"]
    subprocess.run([sys.executable, script], check=True, timeout=60)
    calls = stand_in.act(f"/calls?since={before}&wait=5&method=sendMessage", method="GET")["calls"]
    assert calls[0]["answer"]["ok"]


def test_every_request_is_told_and_shown():
    source = "".join(path.read_text() for path in (SOURCES / "Control").glob("*.swift"))
    routes = {
        (method.upper(), re.sub(r":(\w+)", r"{\1}", path))
        for method, path in re.findall(r'route\(\s*\.(\w+), "([^"\\]+)"', source)
    }
    routes |= {("POST", f"/chats/{{chat}}/messages/{{message}}/{name}") for name in ("pin", "unpin")}
    routes.add(("GET", "/files/{file}"))
    told = {(method, path) for method, path in re.findall(r"`(GET|POST|PATCH|DELETE) (/[^\s?`]*)", PAGE)}
    assert routes == told
    shown = {(method_of(line), path_of(line)) for example in SHELL for line in requests(example)}
    for method, path in sorted(routes - {("GET", "/files/{file}")}):
        pattern = re.compile(re.sub(r"\{\w+\}", "[^/]+", path))
        assert any(method == one and pattern.fullmatch(place) for one, place in shown), f"no example of {method} {path}"


def requests(example):
    """The commands of an example with which the control API is asked, each on one line."""
    return re.findall(r'curl (?:[^\n]*?)"?\$S/[^\n|]*', example.replace("\\\n", " "))


def method_of(line):
    named = re.search(r"-X (\w+)", line)
    return named[1] if named else "POST" if re.search(r" (-d|-F|--data-urlencode) ", line) else "GET"


def path_of(line):
    return urllib.parse.urlsplit(re.search(r'\$S(/[^\s"]*)', line)[1]).path


def test_every_method_is_named():
    known = re.findall(r"^    case (\w+)$", (SOURCES / "Calls/BotMethod.swift").read_text(), re.MULTILINE)
    (listed,) = re.findall(r"^\*\*Methods\.\*\* (.*?)\. Another", PAGE, re.MULTILINE)
    assert [name.strip("`") for name in listed.split(", ")] == known

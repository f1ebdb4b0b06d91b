"""The shipped units: systemd understands them, they leave little open, and the program works within what they allow."""

import errno
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import confinement
import pytest
from club import MEMBER, Sandbox, answers, free_port, tone, wait_until
from installation import DEPLOY, loopback_environment
from visitor import Visitor

SERVICES = ["fomo.service", "fomo-recorder.service", "fomo-backup.service"]
UNITS = [*SERVICES, "fomo-backup.timer"]


@pytest.fixture(scope="module")
def units(installation):
    """The installed units, with the program where it is in this test."""
    folder = installation.path("/etc/systemd/system")
    for unit in folder.iterdir():
        unit.write_text(unit.read_text().replace("/opt/fomo", str(installation.path("/opt/fomo"))))
    return folder


def analyze(*words):
    return subprocess.run(["/usr/bin/systemd-analyze", *words], capture_output=True, text=True)


def test_systemd_has_nothing_to_say_about_the_units(units):
    verified = analyze("verify", *(units / unit for unit in UNITS))
    assert (verified.returncode, verified.stdout + verified.stderr) == (0, "")


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_leaves_little_open(units, service):
    # The scale of `systemd-analyze security` ends at 10, and its threshold at 100.
    rated = analyze("security", "--offline=true", "--threshold=12", units / service)
    assert rated.returncode == 0, rated.stdout[-200:]


def test_all_services_are_confined_alike():
    def confined(service):
        text = (DEPLOY / "systemd" / service).read_text()
        return text[text.index("AmbientCapabilities=") :].split("\n\n")[0].splitlines()

    assert len(confined(SERVICES[0])) > 20
    assert confined(SERVICES[0]) == confined(SERVICES[1]) == confined(SERVICES[2])


@pytest.mark.parametrize("file", ["fomo.service", "two-processes.conf", "fomo-recorder.service", "fomo-backup.service"])
def test_the_program_knows_the_command_that_a_unit_starts(installation, file):
    text = (DEPLOY / "systemd" / file).read_text()
    (command,) = re.findall(r"^ExecStart=.*?/opt/fomo/current/fomo ([a-z -]+)", text, re.MULTILINE)
    asked = [installation.program, *command.split(), "--help"]
    shown = subprocess.run(asked, capture_output=True, text=True, check=True, env=loopback_environment()).stdout
    assert f"USAGE: fomo {command.split()[0]}" in shown


def confined(unit, *command):
    return [sys.executable, Path(__file__).with_name("confinement.py"), unit, *command]


FORBIDDEN = """
import ctypes, mmap, os, socket
def refused(act):
    try:
        act()
    except OSError as error:
        return error.errno
print(refused(lambda: os.setpriority(os.PRIO_PROCESS, 0, 1)), refused(lambda: os.chroot("/")),
      refused(lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)),
      refused(lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_WRITE | mmap.PROT_EXEC)))
"""


def test_the_confinement_of_these_tests_is_real(units):
    run = confined(units / "fomo.service", sys.executable, "-c", FORBIDDEN)
    answers = subprocess.run(run, capture_output=True, text=True, check=True).stdout.split()
    assert answers == [str(errno.EPERM)] * 3 + [str(errno.EACCES)]


def test_the_whole_club_works_within_what_the_unit_allows(units, installation, tmp_path):
    port, sandbox_port = free_port(), free_port()
    settings = {"PORT": port, "SANDBOX_PORT": sandbox_port, "RESOURCES_DIR": installation.resources}
    home = installation.new_home(tmp_path, settings)
    log = tmp_path / "program.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            confined(units / "fomo.service", installation.program, "serve"),
            cwd=home,
            env=loopback_environment(),
            stdout=output,
            stderr=output,
        )
    try:
        telegram, web = Sandbox(f"http://127.0.0.1:{sandbox_port}"), f"http://127.0.0.1:{port}"
        wait_until(lambda: answers(web + "/readyz", process, log), what="the start of the program")
        member = Visitor(web).sign_in(telegram, MEMBER)
        telegram.post_recording("В узких рамках", seconds=1)
        audio = member.get(f"/api/podcasts/{member.episode('В узких рамках')['id']}/audio")
        assert (audio.status, audio.body) == (200, tone(1, 440))
    finally:
        process.terminate()
        assert process.wait(timeout=12) == 0, log.read_text()
    assert oct((home / "data/sandbox/fomo.sqlite").stat().st_mode & 0o777) == "0o600"


def test_the_nightly_backup_is_made_while_the_club_runs_and_old_ones_go(units, sqlite_club, tmp_path):
    given = confinement.settings(units / "fomo-backup.service")
    backups = tmp_path / "backups"
    old = backups / "2020-01-01-043000"
    young = backups / "young"
    for folder in (old, young):
        folder.mkdir(parents=True)
    os.utime(old, (0, 0))
    for line in given["ExecStart"] + given["ExecStartPost"]:
        command = shlex.split(line.replace("/var/backups/fomo", str(backups)).replace("%%", "%"))
        done = subprocess.run(command, cwd=sqlite_club.home, capture_output=True, text=True, env=loopback_environment())
        assert done.returncode == 0, done.stderr
    assert not old.exists()
    (made,) = set(backups.iterdir()) - {young}
    assert (made / "manifest.json").exists()
    assert (made / "keys/jwt-secret").exists()
    assert made.stat().st_mode & 0o077 == 0

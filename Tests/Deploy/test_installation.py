"""install.sh: what an operator runs after each build."""

import os
import shutil
import subprocess

import pytest
from installation import DEPLOY, Installation, loopback_environment

# Any program will do where nothing is run.
SMALL = "/bin/true"


@pytest.fixture
def machine(tmp_path):
    return Installation(tmp_path, SMALL)


def current(machine):
    return os.readlink(machine.path("/opt/fomo/current"))


def mode(path):
    return oct(path.stat().st_mode & 0o777)


def test_the_program_runs_from_where_it_was_put_without_the_toolchain(installation):
    linked = ["ldd", installation.program]
    shown = subprocess.run(linked, capture_output=True, text=True, check=True, env=loopback_environment()).stdout
    swift = [line.split()[2] for line in shown.splitlines() if "libswift" in line]
    assert swift and all(path.startswith(str(installation.root)) for path in swift)
    assert "not found" not in shown
    assert (installation.resources / "Phrases/ru.json").exists()
    assert mode(installation.program) == "0o755"


def test_what_holds_secrets_is_for_its_owner_only(machine):
    assert "Write the settings into it" in machine.install()
    for name, expected in (("lib/fomo", "0o700"), ("backups/fomo", "0o700"), ("lib/fomo/.env", "0o600")):
        assert mode(machine.path(f"/var/{name}")) == expected


def test_installing_again_changes_nothing(machine):
    machine.install("supervisor")
    before = current(machine)
    assert "as before" in machine.install("supervisor")
    assert current(machine) == before
    assert len(list(machine.path("/opt/fomo/releases").iterdir())) == 1


def test_an_upgrade_keeps_settings_and_the_version_to_go_back_to(machine, tmp_path):
    machine.install()
    before = current(machine)
    settings = machine.path("/var/lib/fomo/.env")
    settings.write_text("TELEGRAM_CHANNEL_ID=-1001\n")
    newer = tmp_path / "fomo"
    shutil.copy(SMALL, newer)
    with newer.open("ab") as program:
        program.write(b"newer")
    assert f"before it was {before.removeprefix('releases/')}" in Installation(machine.root, newer).install()
    assert current(machine) != before
    assert machine.path(f"/opt/fomo/{before}/fomo").exists()
    assert settings.read_text() == "TELEGRAM_CHANNEL_ID=-1001\n"


@pytest.mark.parametrize(
    "services, file",
    [("supervisor", "/etc/supervisor/conf.d/fomo.conf"), ("systemd", "/etc/systemd/system/fomo.service")],
)
def test_a_file_that_was_changed_by_hand_is_kept(machine, services, file):
    machine.install(services)
    shipped = machine.path(file).read_text()
    machine.path(file).write_text(shipped + "# changed\n")
    assert f"{file} was changed here and is kept" in machine.install(services)
    assert machine.path(file).read_text().endswith("# changed\n")
    assert machine.path(file + ".new").read_text() == shipped


@pytest.mark.parametrize(
    "words, program, reason",
    [(["upstart"], SMALL, "neither supervisor nor systemd"), ([], "/nowhere/fomo", "build it first")],
)
def test_what_cannot_be_installed_is_said_in_one_line(tmp_path, words, program, reason):
    environment = os.environ | {"DESTDIR": str(tmp_path), "FOMO_PROGRAM": program}
    done = subprocess.run([DEPLOY / "install.sh", *words], env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert reason in done.stderr and len(done.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []

"""The shipped supervisor file under a real supervisord, as the current user, in a folder of the test."""

import contextlib
import getpass
import re
import subprocess
import urllib.error
import urllib.request

from club import PROJECT, free_port, wait_until
from installation import club_settings, loopback_environment

WIRE_SERVER = PROJECT / "Tests/Support/Mongo/wire_server.py"
MONGOD = "/usr/bin/mongod --bind_ip 127.0.0.1 --port 27017 --dbpath /var/lib/mongodb"
CLUB_PROGRAMS = ["backend", "telegram_recording_bot"]

SUPERVISORD = """\
[unix_http_server]
file={folder}/supervisor.sock
[supervisord]
logfile={folder}/supervisord.log
pidfile={folder}/supervisord.pid
[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
[supervisorctl]
serverurl=unix://{folder}/supervisor.sock
[include]
files = {folder}/fomo.conf
"""


class SupervisedClub:
    """A club whose programs supervisor runs."""

    def __init__(self, folder, home, port, programs):
        self.folder = folder
        self.home = home
        self.port = port
        self.web = f"http://127.0.0.1:{port}"
        self.programs = programs
        # The owner in a browser, from when the club was opened.
        self.owner = None

    def ctl(self, *words, timeout=60):
        """What supervisorctl answers."""
        command = ["/usr/bin/supervisorctl", "-c", self.folder / "supervisord.conf", *words]
        done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, env=loopback_environment())
        return done.stdout + done.stderr

    def states(self):
        """The state of each program."""
        return {line.split()[0]: line.split()[1] for line in self.ctl("status").splitlines()}

    def process(self, program):
        return int(self.ctl("pid", program))

    def wait_for(self, state, programs, seconds=60):
        def reached():
            states = self.states()
            return all(states[program] == state for program in programs)

        try:
            wait_until(reached, seconds, what=f"{state} of {programs}")
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.ctl('status')}\n{self.told()}") from error

    def is_ready(self):
        try:
            with urllib.request.urlopen(self.web + "/readyz", timeout=10) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def start(self):
        """Starts what does not run, and waits until all is well."""
        self.ctl("start", "all")
        self.wait_for("RUNNING", self.programs)
        wait_until(self.is_ready, what="the site")

    def log(self, name):
        path = self.folder / "log" / name
        return path.read_text() if path.exists() else ""

    def told(self):
        """The end of every log, for whoever looks for what went wrong."""
        names = sorted(path.name for path in (self.folder / "log").iterdir())
        return "\n".join(f"--- {name}\n{self.log(name)[-1500:]}" for name in names)

    def ends(self):
        """Which programs have ended and how, in order, as supervisor noted it."""
        log = (self.folder / "supervisord.log").read_text()
        return re.findall(r"(?:stopped|exited): (\w+) \((.*)\)", log)

    def last_end(self, program):
        return next((how for name, how in reversed(self.ends()) if name == program), "")


@contextlib.contextmanager
def supervised(folder, installation, telegram, store, settings=None):
    """A supervisord with the shipped file, which begins to start its programs."""
    port, mongo_port = free_port(), free_port()
    values = club_settings(installation, telegram, port)
    if store == "mongodb":
        values |= {"MONGO_URL": f"mongodb://127.0.0.1:{mongo_port}", "DB_NAME": "club"}
    values |= settings or {}
    home = installation.new_home(folder, values)
    programs = CLUB_PROGRAMS + (["mongodb"] if store == "mongodb" else [])
    _write_configuration(folder, home, installation, store, mongo_port)
    output = (folder / "output.log").open("wb")
    process = subprocess.Popen(
        ["/usr/bin/supervisord", "--nodaemon", "-c", folder / "supervisord.conf"],
        cwd=folder,
        env=loopback_environment(),
        stdout=output,
        stderr=output,
    )
    try:
        club = SupervisedClub(folder, home, port, programs)
        wait_until(lambda: (folder / "supervisor.sock").exists(), what="supervisord")
        wait_until(lambda: set(club.states()) == set(programs), what="the programs' states")
        yield club
    finally:
        process.terminate()
        assert process.wait(timeout=90) == 0
        output.close()


def _write_configuration(folder, home, installation, store, mongo_port):
    """The shipped file with the user, the paths and the ports of the test, and nothing else."""
    text = installation.path("/etc/supervisor/conf.d/fomo.conf").read_text()
    if store == "sqlite":
        text = re.sub(r"\[program:mongodb\]\n.*?\n\n", "", text, flags=re.DOTALL)
        assert "mongod " not in text
    else:
        text = _replaced(text, MONGOD, f"/usr/bin/python3 {WIRE_SERVER} --port {mongo_port}")
        text = _replaced(text, "user=mongodb", f"user={getpass.getuser()}")
    text = _replaced(text, "user=fomo", f"user={getpass.getuser()}")
    text = _replaced(text, "/opt/fomo", str(installation.path("/opt/fomo")))
    text = _replaced(text, "/var/lib/fomo", str(home))
    text = _replaced(text, "/var/log/supervisor", str(folder / "log"))
    (folder / "log").mkdir()
    (folder / "fomo.conf").write_text(text)
    (folder / "supervisord.conf").write_text(SUPERVISORD.format(folder=folder))


def _replaced(text, old, new):
    assert old in text, f"the shipped file has no {old}"
    return text.replace(old, new)

"""The shipped Caddyfile in a real Caddy, as the current user, in a folder of the test."""

import contextlib
import json
import socket
import subprocess
import threading

from club import free_port, wait_until
from installation import DEPLOY, loopback_environment

CADDYFILE = DEPLOY / "caddy/Caddyfile"


class Proxy:
    """A running Caddy. `home` has what it keeps, its certificates too."""

    def __init__(self, web, home, environment, process):
        self.web = web
        self.home = home
        self.process = process
        self._environment = environment

    def reload(self):
        """Takes the file anew, although it has not changed."""
        command = ["/usr/bin/caddy", "reload", "--force", "--config", CADDYFILE]
        return subprocess.run(command, env=self._environment, capture_output=True, timeout=30).returncode


def environment(home, site, backend_port):
    """What Caddy's unit gets on a machine, with the test's ports and folder."""
    return loopback_environment() | {
        "HOME": str(home),
        "XDG_DATA_HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "CADDY_ADMIN": f"127.0.0.1:{free_port()}",
        "FOMO_SITE": site,
        "FOMO_PORT": str(backend_port),
    }


@contextlib.contextmanager
def plain_proxy(home, backend_port):
    """The file as it is, on a port of this machine, without TLS since its address says http."""
    web = f"http://127.0.0.1:{free_port()}"
    settings = environment(home, web, backend_port)
    with _running(home, web, settings, CADDYFILE) as proxy:
        yield proxy


@contextlib.contextmanager
def secure_proxy(home, backend_port):
    """The file for a host name, so that Caddy makes certificates: with its own authority, which no system trusts, and
    on ports that need no rights."""
    port, plain_port = free_port(), free_port()
    settings = environment(home, f"localhost:{port}", backend_port)
    adapted = subprocess.run(
        ["/usr/bin/caddy", "adapt", "--config", CADDYFILE], env=settings, capture_output=True, check=True
    )
    configuration = json.loads(adapted.stdout)
    configuration["apps"]["http"] |= {"http_port": plain_port, "https_port": port}
    configuration["apps"]["pki"] = {"certificate_authorities": {"local": {"install_trust": False}}}
    file = home / "caddy.json"
    file.write_text(json.dumps(configuration))
    with _running(home, f"https://localhost:{port}", settings, file) as proxy:
        yield proxy, f"http://localhost:{plain_port}"


@contextlib.contextmanager
def _running(home, web, settings, file):
    port = int(web.rsplit(":", 1)[1])
    log = home / "caddy.log"
    with log.open("wb") as output:
        process = subprocess.Popen(["/usr/bin/caddy", "run", "--config", file], env=settings, stderr=output)
    try:
        wait_until(lambda: _listens(port, process, log), what="Caddy")
        yield Proxy(web, home, settings, process)
    finally:
        process.terminate()
        assert process.wait(timeout=30) == 0, log.read_text()


def _listens(port, process, log):
    assert process.poll() is None, log.read_text()
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextlib.contextmanager
def upgrading_server():
    """A server that upgrades every connection and then sends back what it gets: its port, and the requests' heads."""
    heads = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    heads.append(_upgrade(connection))

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1], heads


def _upgrade(connection):
    head = b""
    while b"\r\n\r\n" not in head:
        head += connection.recv(4096)
    connection.sendall(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"
    )

    def echo():
        with connection:
            while data := connection.recv(4096):
                connection.sendall(data)

    threading.Thread(target=echo, daemon=True).start()
    return head.decode()

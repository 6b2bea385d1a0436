"""Starts, asks and stops the built program, each with a folder of its own and on free ports."""

import itertools
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess

from waiting import PATIENCE, until

ROOT = pathlib.Path(__file__).resolve().parents[2]
DIALECTS = ["aethermind", "chatops", "vsay", "authspec", "stratify"]
# Those of products that exist, which their own clients drive; `serve` without a file does not run them.
PRODUCTS = ["directus", "fastapi-users", "mattermost", "pocketbase"]

# Of each realm: the variable its document names, and what the tests set it to.
SECRET_VARIABLES = {
    "aethermind": "JWT_SECRET",
    "chatops": "SECRET_KEY",
    "vsay": "JWT_SECRET",
    "authspec": "JWT_SECRET",
    "stratify": "JWT_SECRET_KEY",
}
SECRETS = {name: f"acceptance-secret-of-{name}-0123456789abcdef" for name in DIALECTS}


def binary():
    named = os.environ.get("WATCHWORD")
    path = pathlib.Path(named) if named else ROOT / ".build" / "debug" / "watchword"
    assert path.exists(), f"{path} is not built; run `swift build` or set WATCHWORD"
    return str(path)


def numbers():
    """Ports below those of which the kernel takes one for each connection that goes out, in any order."""
    first = int(pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    below = range(10_240, first) if first > 12_000 else range(10_240, 32_768)
    return itertools.cycle(random.sample(below, len(below)))


NUMBERS = numbers()


def free_ports(count):
    """Ports on which nobody listens, of which none is given twice.

    A server binds them later, and again after a restart. Meanwhile no connection may have taken them, as it may one that
    the kernel has named.
    """
    found = []
    while len(found) < count:
        port = next(NUMBERS)
        with socket.socket() as each:
            try:
                each.bind(("127.0.0.1", port))
            except OSError:
                continue
        found.append(port)
    return found


def merged(base, changes):
    result = dict(base)
    for key, value in changes.items():
        result[key] = merged(base.get(key) or {}, value) if isinstance(value, dict) else value
    return result


def yaml(value, indent=0):
    """Block mappings, flow lists, JSON scalars: a part of YAML that needs no library."""
    lines = []
    for key, item in value.items():
        pad = "  " * indent
        if isinstance(item, dict):
            lines += [f"{pad}{key}:", yaml(item, indent + 1)]
        else:
            lines.append(f"{pad}{key}: {json.dumps(item)}")
    return "\n".join(line for line in lines if line)


class Server:
    """`dialects` are names of built-in ones, or names of realms with the files they speak."""

    def __init__(self, folder, dialects=DIALECTS, configuration=None, environment=None, secrets=SECRETS):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.data = self.folder / "data"
        self.mail = self.folder / "mail"
        ports = free_ports(len(dialects) + 1)
        self.admin = ports[0]
        self.ports = dict(zip(dialects, ports[1:]))
        files = dialects if isinstance(dialects, dict) else {}
        self.configuration = merged(
            {
                "data_directory": str(self.data),
                "admin": {"port": self.admin},
                "throttle": {"enabled": False},
                "mail": {"transport": "file", "directory": str(self.mail)},
                "realms": {name: {"dialect": str(files.get(name, name)), "port": self.ports[name]} for name in dialects},
            },
            configuration or {},
        )
        kept = ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "TMPDIR", "TZ")
        self.environment = {key: value for key, value in os.environ.items() if key in kept}
        for name in dialects:
            if secrets and name in secrets:
                self.environment[f"{name.upper()}__{SECRET_VARIABLES[name]}"] = secrets[name]
        self.environment.update(environment or {})
        self.file = self.folder / "watchword.yaml"
        self.environment["WATCHWORD_CONFIG"] = str(self.file)
        self.log = self.folder / "log.txt"
        self.process = None

    def url(self, realm, path=""):
        return f"http://localhost:{self.ports[realm]}{path}"

    def write(self):
        self.file.write_text(yaml(self.configuration) + "\n")

    def start(self):
        self.write()
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [binary(), "serve"],
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
            )
        until(self.listens, every=0.05, told=self.log_text)
        return self

    def listens(self):
        if self.process.poll() is not None:
            raise AssertionError(f"it ended with {self.process.returncode}:\n{self.log_text()}")
        return all(accepts(port) for port in [*self.ports.values(), self.admin])

    def stop(self, within=PATIENCE):
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(within)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                raise AssertionError(f"it did not stop within {within} s")
        code, self.process = self.process.returncode, None
        return code

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process = None

    def log_text(self):
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def run(self, *arguments, input=None, timeout=PATIENCE, environment=None):
        """A command beside the running server, on the same database."""
        self.write()
        return subprocess.run(
            [binary(), *arguments],
            cwd=self.folder,
            env={**self.environment, **(environment or {})},
            input=input,
            capture_output=True,
            text=True,
            timeout=timeout,
        )

    def json(self, *arguments, **options):
        done = self.run(*arguments, "--json", **options)
        assert done.returncode == 0, (arguments, done.stdout, done.stderr)
        return json.loads(done.stdout)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def accepts(port):
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
            # A port of the ephemeral range that nobody listens on can be connected to itself.
            return connection.getsockname() != connection.getpeername()
    except OSError:
        return False


def refused_start(folder, arguments=("serve",), environment=None, text=None, timeout=PATIENCE, **options):
    """Starts something that must not start; gives the exit code and all that was printed."""
    server = Server(folder, **options)
    server.write()
    if text is not None:
        server.file.write_text(text)
    done = subprocess.run(
        [binary(), *arguments],
        cwd=server.folder,
        env={**server.environment, **(environment or {})},
        capture_output=True,
        text=True,
        timeout=timeout,
        stdin=subprocess.DEVNULL,
    )
    return done.returncode, done.stdout + done.stderr

"""Machines that run `vsay-agent`, and people with terminals on them."""

import contextlib
import json
import os
import pathlib
import re
import signal
import subprocess
import time

import requests
from websockets.exceptions import ConnectionClosed

from people import Person
from server import binary
from sockets import opened
from waiting import PATIENCE, until

CONTROLLED = "watchword.terminal.v1"


class Machine:
    """One `vsay-agent` with a state of its own."""

    def __init__(self, server, key, folder, *flags, name="machine", host=None):
        self.server, self.key, self.name, self.flags = server, key, name, flags
        # Without a host of its own: the realm's listener, in clear.
        self.host = [host] if host else [f"localhost:{server.ports['vsay']}", "--insecure"]
        self.folder = pathlib.Path(folder) / name
        self.folder.mkdir(parents=True, exist_ok=True)
        self.state, self.log = self.folder / "state.json", self.folder / "log.txt"
        self.process = None

    def start(self):
        program = pathlib.Path(binary()).with_name("vsay-agent")
        environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME", "LD_LIBRARY_PATH") if name in os.environ},
            "VSAY_TOKEN": self.key,
            "TERM": "xterm",
            "LANG": "C.UTF-8",
        }
        flags = ["--host", *self.host, "--name", self.name]
        # A shell that shows no prompt and reads no one's files.
        shell = self.folder / "shell"
        shell.write_text("#!/bin/sh\nPS1='' exec /bin/sh\n")
        shell.chmod(0o755)
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [str(program), *flags, "--state", str(self.state), "--shell", str(shell), *self.flags],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        return self

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                raise AssertionError(f"it did not stop:\n{self.log_text()}")
        return self.process.returncode if self.process else None

    def kill(self):
        self.process.kill()
        self.process.wait()

    def log_text(self):
        return self.log.read_text(errors="replace")

    def children(self):
        """The processes below it, dead ones that nobody waited for among them."""
        found, below = [], {self.process.pid}
        stats = {}
        for entry in pathlib.Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                text = entry.read_text()
                fields = text[text.rindex(")") + 2 :].split()
                stats[int(entry.parent.name)] = (int(fields[1]), fields[0])
        for _ in range(4):
            for process, (parent, state) in stats.items():
                if parent in below and process not in below:
                    below.add(process)
                    found.append((process, state))
        return found

    def runs(self, program):
        """Whether a program of that name runs below it: begun, and no longer the shell that is about to be it."""
        for process, _ in self.children():
            with contextlib.suppress(OSError):
                if pathlib.Path(f"/proc/{process}/comm").read_text().strip() == program:
                    return True
        return False

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()


class Operator(Person):
    """Somebody with machines, by Vsay's contract."""

    def __init__(self, server):
        super().__init__(server, "vsay")
        self.sign_up().sign_in()

    def machines(self):
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = requests.get(self.server.url("vsay", "/api/machines"), headers=headers, timeout=PATIENCE)
        assert answer.status_code == 200, answer.text
        return {each["name"]: each for each in answer.json()["machines"]}

    def online(self, name):
        """Waits until the machine is there; gives its id."""
        return until(lambda: self.is_online(name))

    def is_online(self, name):
        machine = self.machines().get(name)
        return machine["agent_id"] if machine and machine["status"] == "online" else None

    def path(self, agent_id, size=(80, 24), token=None):
        return f"/api/terminal/{agent_id}/ws?token={token or self.token}&cols={size[0]}&rows={size[1]}"

    def terminal(self, agent_id, controlled=True, size=(80, 24), **options):
        if controlled:
            options["subprotocols"] = [CONTROLLED]
        socket = opened(self.server, "vsay", self.path(agent_id, size), max_size=2**20, **options)
        return Terminal(socket, controlled)


class Terminal:
    """A person's end: keys in, bytes out."""

    def __init__(self, socket, controlled):
        self.socket, self.controlled = socket, controlled
        self.output, self.controls = b"", []
        self.code = self.reason = None
        if controlled:
            assert socket.subprotocol == CONTROLLED
            self.until(lambda: self.controls)
            assert self.controls[0]["type"] in ("opened", "refused"), self.controls

    def type(self, text):
        self.socket.send(text.encode() if isinstance(text, str) else text)

    def resize(self, columns, rows):
        self.socket.send(json.dumps({"type": "resize", "cols": columns, "rows": rows}))

    def read(self, within=PATIENCE):
        """Takes one message; nothing where the end came."""
        try:
            message = self.socket.recv(timeout=within)
        except ConnectionClosed as end:
            self.code, self.reason = (end.rcvd.code, end.rcvd.reason) if end.rcvd else (1006, "")
            return False
        if isinstance(message, bytes):
            self.output += message
        else:
            self.controls.append(json.loads(message))
        return True

    def until(self, condition, within=PATIENCE):
        end = time.monotonic() + within
        while not condition():
            assert self.code is None, f"closed with {self.code} {self.reason} after {self.output[-300:]!r}"
            self.read(max(0.1, end - time.monotonic()))
        return condition()

    def shows(self, pattern, within=PATIENCE):
        """Waits for output that looks like that; gives the match and forgets what came before its end."""
        found = self.until(lambda: re.search(pattern.encode(), self.output), within)
        self.output = self.output[found.end() :]
        return found

    def run(self, command, within=PATIENCE):
        """What a command prints; the shell echoes nothing."""
        mark = f"end-{time.monotonic_ns()}"
        self.type(f"{command}; echo {mark[:4]}''{mark[4:]}\n")
        end = self.until(lambda: re.search(mark.encode() + rb"\r?\n", self.output), within)
        text, self.output = self.output[: end.start()], self.output[end.end() :]
        return text.replace(b"\r\n", b"\n").decode()

    def quiet(self):
        """Without the echo of what is typed."""
        self.type("stty -echo; echo rea''dy\n")
        self.shows("ready\r?\n")
        return self

    def end(self, within=PATIENCE):
        """Reads to the close; gives its code and words."""
        while self.code is None and self.read(within):
            pass
        return self.code, self.reason

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

"""`watchword terminal`: a person at a real terminal, and as a part of a pipe."""

import fcntl
import hashlib
import os
import pathlib
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time

import pytest
from machines import Machine, Operator
from server import binary
from waiting import PATIENCE, until

LEAVE = "\r~."


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    from server import Server

    with Server(tmp_path_factory.mktemp("clients"), dialects=["vsay"]) as server:
        yield server
    assert "fault" not in server.log_text().lower()


@pytest.fixture(scope="module")
def owner(server):
    return Operator(server)


@pytest.fixture(scope="module")
def machine(server, owner, tmp_path_factory):
    with Machine(server, owner.key, tmp_path_factory.mktemp("machine")) as machine:
        machine.id = owner.online("machine")
        yield machine


def arguments(server, *more):
    return [binary(), "terminal", *more, "--host", f"http://localhost:{server.ports['vsay']}"]


def environment(token=None, **more):
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, **({"WATCHWORD_TOKEN": token} if token else {}), **more}


class Window:
    """A terminal with the program in it."""

    def __init__(self, command, environment, size=(80, 24)):
        self.side, self.tty = pty.openpty()
        self.resize(*size)
        self.before = termios.tcgetattr(self.tty)
        self.output = b""

        def control():
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        self.process = subprocess.Popen(
            command, stdin=self.tty, stdout=self.tty, stderr=self.tty, env=environment, start_new_session=True,
            preexec_fn=control,
        )

    def resize(self, columns, rows):
        fcntl.ioctl(self.side, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, text):
        os.write(self.side, text.encode())

    def read(self, within):
        if select.select([self.side], [], [], within)[0]:
            self.output += os.read(self.side, 65536)

    def shows(self, pattern, within=PATIENCE):
        """Waits for output that looks like that, and forgets what came before its end."""
        end = time.monotonic() + within
        while not (found := re.search(pattern.encode(), self.output)):
            assert time.monotonic() < end, self.output[-500:]
            self.read(0.2)
        self.output = self.output[found.end() :]
        return found

    def run(self, command, within=PATIENCE):
        """What a command prints; the shell echoes nothing."""
        mark = f"end-{time.monotonic_ns()}"
        self.type(f"{command}; echo {mark[:4]}''{mark[4:]}\n")
        end = time.monotonic() + within
        while not (found := re.search(mark.encode() + rb"\r?\n", self.output)):
            assert time.monotonic() < end, self.output[-500:]
            self.read(0.2)
        text, self.output = self.output[: found.start()], self.output[found.end() :]
        return text.replace(b"\r\n", b"\n").decode()

    def quiet(self):
        self.type("stty -echo; echo rea''dy\n")
        self.shows("ready\r?\n")
        return self

    def end(self, within=PATIENCE):
        """The exit code; the settings are as they were."""
        end = time.monotonic() + within
        while self.process.poll() is None:
            assert time.monotonic() < end, self.output[-500:]
            self.read(0.05)
        self.read(0)
        assert termios.tcgetattr(self.tty) == self.before
        return self.process.returncode

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.side)
        os.close(self.tty)


@pytest.fixture
def window(server, owner, machine):
    with Window(arguments(server, "machine"), environment(owner.token)) as window:
        yield window.quiet()


def test_a_command_is_run_and_the_status_is_the_programs(window):
    assert window.run("echo $((6 * 7))") == "42\n"
    assert window.run("tty").startswith("/dev/pts/")
    window.type("exit 7\n")
    assert window.end() == 7


def test_a_signal_ends_it_as_shells_tell(window):
    window.type("kill -9 $$\n")
    assert window.end() == 128 + 9


def test_the_size_is_the_windows(server, owner, machine):
    with Window(arguments(server, machine.id), environment(owner.token), size=(101, 37)) as window:
        window.quiet()
        assert window.run("stty size") == "37 101\n"
        window.resize(132, 50)
        until(lambda: window.run("stty size") == "50 132\n")
        window.type("exit\n")
        assert window.end() == 0


def test_control_c_is_the_programs_and_not_the_clients(window, machine):
    window.type("sleep 1000\n")
    # A shell that has not begun it yet may lose the key.
    until(lambda: machine.runs("sleep"))
    window.type("\x03")
    assert window.run("echo alive").endswith("alive\n")
    window.type("\x04")
    assert window.end() == 0


def test_a_tilde_and_a_dot_leave(window):
    assert window.run("echo 'a~.'") == "a~.\n"
    window.type("~?")
    window.shows("leaves")
    window.type("~.")
    assert window.end() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_the_client_leaves_the_window_as_it_was(window, number):
    assert termios.tcgetattr(window.tty) != window.before
    window.process.send_signal(number)
    assert window.end() == 128 + number


def test_the_password_is_asked_for_and_not_shown(server, owner, machine):
    with Window(arguments(server, "machine", "--user", owner.email), environment()) as window:
        window.shows(f"Password for {re.escape(owner.email)}: ")
        window.type(f"{owner.password}\n")
        window.quiet()
        assert window.run("echo in") == "in\n"
        window.type("exit 3\n")
        assert window.end() == 3
        assert owner.password.encode() not in window.output


def test_a_wrong_password_is_told(server, owner, machine):
    with Window(arguments(server, "machine", "--user", owner.email), environment()) as window:
        window.shows("Password")
        window.type("not-the-password\n")
        assert window.end() == 255
        assert b"the sign-in was refused: no account has that name and password" in window.output
        assert b"not-the-password" not in window.output


def test_control_c_at_the_password_leaves_the_window_as_it_was(server, owner, machine):
    with Window(arguments(server, "machine", "--user", owner.email), environment()) as window:
        window.shows("Password")
        until(lambda: termios.tcgetattr(window.tty) != window.before)
        window.type("\x03")
        assert window.end() == 128 + signal.SIGINT


def test_no_token_stands_in_a_url_or_among_the_processes(server, owner, machine):
    with Window(arguments(server, "machine"), environment(owner.token)) as window:
        window.quiet()
        shown = pathlib.Path(f"/proc/{window.process.pid}/cmdline").read_bytes()
        assert owner.token.encode() not in shown
        window.type(LEAVE)
        assert window.end() == 0
    assert owner.token not in server.log_text()


def test_ten_megabytes_come_whole_to_a_slow_window(window, tmp_path):
    file = tmp_path / "big"
    file.write_bytes(os.urandom(5_000_000).hex().encode())
    window.type(f"stty raw; cat {file}; stty sane -echo; echo ' d''one'\n")
    time.sleep(1)
    while len(window.output) < 10_000_000:
        before = len(window.output)
        window.read(PATIENCE)
        assert len(window.output) > before, before
        if before < 1_000_000:
            time.sleep(0.002)
    assert hashlib.sha256(window.output[:10_000_000]).digest() == hashlib.sha256(file.read_bytes()).digest()
    window.shows("done")


def piped(server, owner, *more, input=b"", token=True, **options):
    return subprocess.run(
        arguments(server, "machine", *more), env=environment(owner.token if token else None), input=input,
        capture_output=True, timeout=PATIENCE, start_new_session=True, **options,
    )


def test_a_pipe_is_typed_and_its_end_is_control_d(server, owner, machine):
    done = piped(server, owner, input=b"stty -echo\necho $((6 * 7))\n")
    assert done.returncode == 0, done
    assert b"42\r\n" in done.stdout
    assert piped(server, owner, input=b"exit 5\n").returncode == 5
    # Without a line end at the end.
    assert b"42\r\n" in piped(server, owner, input=b"echo $((6 * 7))").stdout
    assert piped(server, owner).returncode == 0


def test_a_token_may_be_in_a_file(server, owner, machine, tmp_path):
    file = tmp_path / "token"
    file.write_text(owner.token + "\n")
    done = piped(server, owner, "--token-file", str(file), token=False, input=b"exit 4\n")
    assert done.returncode == 4, done


def test_what_is_wrong_is_told(server, owner, machine, tmp_path):
    def told(*more, token=owner.token, host=None):
        command = arguments(server, *more)
        if host:
            command[-1] = host
        done = subprocess.run(
            command, env=environment(token), stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, text=True,
            start_new_session=True,
        )
        assert done.returncode == 255, done
        assert done.stderr.count("\n") == 1 and done.stderr.startswith("watchword terminal: "), done
        return done.stderr

    assert "there is no such agent of yours" in told("no-such-machine")
    assert "say who you are" in told("machine", token=None)
    assert "the token is not taken" in told("machine", token="a.b.c")
    assert "cannot be read" in told("machine", "--token-file", str(tmp_path / "none"), token=None)
    assert "no terminal to ask" in told("machine", "--user", owner.email, token=None)
    assert "has no socket that is a person's terminal" in told("machine", "--dialect", "authspec")
    assert "there is no dialect" in told("machine", "--dialect", "nonesuch")
    assert "cannot reach http://localhost:1" in told("machine", host="http://localhost:1")
    assert "without TLS" in told("machine", host="http://example.com")


def test_a_stranger_has_no_terminal(server, machine):
    stranger = Operator(server)
    done = piped(server, stranger, token=True, input=b"")
    assert done.returncode == 255
    assert b"there is no such agent of yours" in done.stderr


def test_the_end_of_the_agent_is_told(server, owner, tmp_path):
    with Machine(server, owner.key, tmp_path, name="brief") as machine:
        owner.online("brief")
        with Window(arguments(server, "brief"), environment(owner.token)) as window:
            window.quiet()
            machine.kill()
            assert window.end() == 255
            assert b"the agent is not connected" in window.output
        # And there is none to be had.
        done = subprocess.run(
            arguments(server, "brief"), env=environment(owner.token), stdin=subprocess.DEVNULL, capture_output=True,
            timeout=PATIENCE,
        )
        assert done.returncode == 255 and b"the agent is not connected" in done.stderr, done


def test_the_end_of_the_session_is_told(server, owner, machine):
    other = Operator.__new__(Operator)
    other.__dict__.update(owner.__dict__)
    other.sign_in()
    with Window(arguments(server, "machine"), environment(other.token)) as window:
        window.quiet()
        done = server.run("session", "revoke", "--account", owner.email)
        assert done.returncode == 0, done
        assert window.end() == 255
        assert b"the session has ended: sign in again" in window.output
    owner.sign_in()

"""Reads the messages that the file transport wrote, and takes mail as a real SMTP server does."""

import asyncio
import email
import email.policy
import pathlib
import re
import ssl
import subprocess
import threading
import time
import weakref

from aiosmtpd.smtp import SMTP, AuthResult

from server import free_ports
from waiting import PATIENCE, until

LINK = re.compile(
    r"(?P<way>https?://\S*?/(?:[a-z]+_)?(?:verif|reset|confirm|activat|recover)[A-Za-z_-]*)"
    r"(?:\?(?:\w+=[^&\s]*&)*\w+=|/)(?P<token>[A-Za-z0-9_~.%-]{16,})"
)


def messages(folder):
    """(address, kind, token, whole text) of every message with a link, oldest first."""
    found = []
    files = sorted(pathlib.Path(folder).rglob("*.eml"), key=lambda file: (file.stat().st_mtime_ns, file.name))
    for file in files:
        message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        text = message.get_body(("plain",)).get_content()
        link = LINK.search(text)
        if link:
            kind = "reset" if re.search("reset|recover", link["way"]) else "verify"
            found.append((str(message["To"]).strip("<> ").lower(), kind, link["token"], text))
    return found


def token(folder, kind, address, index=1, but=()):
    """The token of the index-th message of that kind to the address, of those not in `but`; waits for the outbox."""

    def come():
        tokens = [
            token
            for to, what, token, _ in messages(folder)
            if what == kind and address.lower() in to and token not in but
        ]
        return len(tokens) >= index and tokens[index - 1]

    return until(come, every=0.05, told=lambda: f"{kind} message {index} to {address}")


class Authority:
    """A certificate authority of the tests, and a server's certificate of it, made by openssl."""

    def __init__(self, folder, name="localhost"):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.certificate = self.folder / "ca.pem"
        curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        self.openssl(
            *["req", "-x509", *curve, "-days", "2", "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Test CA"],
            *["-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign"],
        )
        self.openssl("req", *curve, "-keyout", "server.key", "-out", "server.csr", "-subj", f"/CN={name}")
        (self.folder / "names").write_text(f"subjectAltName=DNS:{name}\nextendedKeyUsage=serverAuth\n")
        self.openssl(
            *["x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"],
            *["-days", "2", "-extfile", "names", "-out", "server.pem"],
        )

    def openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)

    def context(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / "server.pem", self.folder / "server.key")
        return context


class MailServer:
    """A real SMTP server (aiosmtpd) on a free port of 127.0.0.1, which keeps what it took.

    `tls`: "starttls", "implicit" or None; with TLS it needs an `authority`. With a `username` it takes mail only
    from who has signed in. `answers` says what it answers instead of taking something: `{"RCPT": "450 later"}`, or a
    function of the address, or of the message for DATA, that gives the answer or None. `breaks` is how many of the next
    messages it hangs up on in the middle. `pause` is how long it thinks before it takes a message, in seconds.
    """

    def __init__(self, tls=None, authority=None, username=None, password=None, smtputf8=True, port=None):
        self.tls, self.authority = tls, authority
        self.username, self.password, self.smtputf8 = username, password, smtputf8
        self.answers, self.breaks, self.pause = {}, 0, 0
        self.raw = []
        self.connections = 0
        self.secure = []
        self.signed_in = []
        self.commands = []
        self.sessions = weakref.WeakSet()
        self.arrival = threading.Condition()
        self.loop = self.thread = None
        self.port = port or free_ports(1)[0]

    def settings(self, **more):
        """The `mail:` part of a configuration that sends here."""
        security = {"starttls": "starttls", "implicit": "tls", None: "none"}[self.tls]
        smtp = {"host": "localhost", "port": self.port, "security": security}
        if self.authority:
            smtp["ca_file"] = str(self.authority.certificate)
        if self.username:
            smtp["username"] = self.username
        return {"transport": "smtp", "from": "Watchword <no-reply@example.com>", "smtp": {**smtp, **more}}

    # What came

    @property
    def messages(self):
        """Every message taken, oldest first, parsed; its envelope is in `.sender` and `.recipients`."""
        return [parsed(*each) for each in list(self.raw)]

    def to(self, recipient):
        return [each for each in self.messages if recipient.lower() in [to.lower() for to in each.recipients]]

    def wait_for(self, recipient, count=1, within=PATIENCE, subject=None):
        """The count-th message to the address (of that subject), when it has come."""
        end = time.monotonic() + within
        while True:
            found = [each for each in self.to(recipient) if subject is None or subject in each["Subject"]]
            if len(found) >= count:
                return found[count - 1]
            left = end - time.monotonic()
            assert left > 0, f"no message {count} to {recipient} came; there are {[str(m['Subject']) for m in found]}"
            with self.arrival:
                self.arrival.wait(min(left, 0.2))

    def link(self, recipient, count=1, within=PATIENCE, subject=None):
        """The first link of that message's text."""
        text = self.wait_for(recipient, count, within, subject).get_body(("plain",)).get_content()
        found = re.search(r"https?://\S+", text)
        assert found, text
        return found[0]

    def note(self, what, value):
        with self.arrival:
            what.append(value)
            self.arrival.notify_all()

    # Running

    def start(self):
        ready = threading.Event()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.serve, args=(ready,), daemon=True)
        self.thread.start()
        assert ready.wait(PATIENCE), "the mail server did not start"
        return self

    def serve(self, ready):
        asyncio.set_event_loop(self.loop)
        implicit = self.authority.context() if self.tls == "implicit" else None
        listening = self.loop.create_server(lambda: Session(self), "127.0.0.1", self.port, ssl=implicit)
        server = self.loop.run_until_complete(listening)
        ready.set()
        self.loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self.loop):
            task.cancel()
        # As when a process ends: its connections are gone at once, without a goodbye of TLS.
        for session in list(self.sessions):
            for transport in (session.transport, session._original_transport):
                if transport is not None:
                    transport.abort()
        self.loop.run_until_complete(asyncio.sleep(0.05))
        self.loop.close()

    def stop(self):
        if self.thread:
            self.loop.call_soon_threadsafe(self.loop.stop)
            self.thread.join(PATIENCE)
            self.thread = None

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    # What aiosmtpd asks

    def answer(self, verb, about):
        answer = self.answers.get(verb)
        return answer(about) if callable(answer) else answer

    async def handle_MAIL(self, server, session, envelope, address, options):
        self.note(self.commands, ("MAIL", address, tuple(options)))
        if refused := self.answer("MAIL", address):
            return refused
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.note(self.commands, ("RCPT", address, tuple(options)))
        if refused := self.answer("RCPT", address):
            return refused
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.note(self.commands, ("DATA", envelope.rcpt_tos[0], ()))
        await asyncio.sleep(self.pause)
        if refused := self.answer("DATA", parsed(envelope.mail_from, envelope.rcpt_tos, envelope.content)):
            return refused
        self.secure.append(session.ssl is not None or self.tls == "implicit")
        self.note(self.raw, (envelope.mail_from, list(envelope.rcpt_tos), bytes(envelope.content)))
        return "250 taken"

    def authenticate(self, server, session, envelope, mechanism, data):
        given = (data.login.decode(), data.password.decode())
        self.note(self.signed_in, (mechanism, given[0]))
        # `handled=False`: aiosmtpd says the refusal.
        return AuthResult(success=given == (self.username, self.password), handled=False)


def parsed(sender, recipients, content):
    message = email.message_from_bytes(content, policy=email.policy.SMTPUTF8)
    message.sender, message.recipients = sender, list(recipients)
    return message


class Session(SMTP):
    def __init__(self, mailbox):
        self.mailbox = mailbox
        super().__init__(
            mailbox,
            hostname="localhost",
            enable_SMTPUTF8=mailbox.smtputf8,
            tls_context=mailbox.authority.context() if mailbox.tls == "starttls" else None,
            require_starttls=mailbox.tls == "starttls",
            auth_required=mailbox.username is not None,
            auth_require_tls=mailbox.tls == "starttls",
            authenticator=mailbox.authenticate,
            loop=mailbox.loop,
        )

    def connection_made(self, transport):
        # It is told a second time when STARTTLS is done.
        if self._original_transport is None:
            self.mailbox.connections += 1
            self.mailbox.sessions.add(self)
        super().connection_made(transport)

    async def smtp_DATA(self, arg):
        if self.mailbox.breaks > 0:
            self.mailbox.breaks -= 1
            await self.push("354 go on")
            await self._reader.readline()
            self.transport.close()
            return
        await super().smtp_DATA(arg)

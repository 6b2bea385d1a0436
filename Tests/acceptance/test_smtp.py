"""Mail through a real SMTP server: TLS, sign-in, refusals, and ends that come in between."""

import email.utils
import json
import re
import time

import pytest
import requests

from mailbox import Authority, MailServer
from people import Person, name
from server import refused_start
from waiting import PATIENCE, until

USER, PASSWORD = "watchword", "wrought iron 🐎"
VERIFY = "Verify your email address"


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def mail_server():
    made = []

    def make(**options):
        made.append(MailServer(**options).start())
        return made[-1]

    yield make
    for each in made:
        each.stop()


@pytest.fixture
def sending(own_server):
    """A server that sends to this mail server."""

    def make(mail, password=None, realm=None, **smtp):
        configuration = {"mail": mail.settings(**smtp), "realms": {"authspec": realm or {}}}
        secret = mail.password if password is None else password
        environment = {"SMTP_PASSWORD": secret} if secret else {}
        return own_server(dialects=["authspec"], configuration=configuration, environment=environment).start()

    return make


def private(authority, **options):
    return {"tls": "starttls", "authority": authority, "username": USER, "password": PASSWORD, **options}


def somebody(server, address=None):
    person = Person(server, "authspec", name())
    person.email = address or person.email
    return person.sign_up()


def state(server, address):
    """What the outbox says of the message to that address."""
    (found,) = [each for each in server.json("mail", "list") if each["to"] == address]
    return found


def failed(server, address):
    """The state of that message when it has been tried and has not left."""
    return until(lambda: (found := state(server, address))["last_error"] and found)


# What arrives


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_mail_arrives_privately_and_signed_in_on_one_connection(mail_server, sending, authority, tls):
    mail = mail_server(**private(authority, tls=tls))
    server = sending(mail)
    for _ in range(3):
        person = somebody(server)
        message = mail.wait_for(person.email)
        assert message.sender == "no-reply@example.com"
        assert message.recipients == [person.email]
    assert mail.secure == [True, True, True]
    assert mail.connections == 1
    assert mail.signed_in == [("PLAIN", USER)]
    assert "wrought iron" not in server.log_text()


def test_the_message_is_what_mail_programs_expect(mail_server, sending, authority):
    mail = mail_server(**private(authority))
    sender = {"from": "Über uns <post@bücher.example>", "reply_to": "help@example.com"}
    realm = {"public_url": "https://auth.example.com", "mail": sender}
    server = sending(mail, realm=realm)
    person = somebody(server)
    message = mail.wait_for(person.email)
    assert all(part.defects == [] for part in message.walk())
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert message["From"].addresses[0].display_name == "Über uns"
    assert message["From"].addresses[0].addr_spec == "post@xn--bcher-kva.example"
    assert message["Reply-To"] == "help@example.com"
    assert message["To"] == person.email
    assert message["Subject"] == VERIFY
    assert message["Auto-Submitted"] == "auto-generated"
    assert re.fullmatch(r"<[\w.-]+@xn--bcher-kva\.example>", message["Message-ID"])
    assert abs(email.utils.parsedate_to_datetime(message["Date"]).timestamp() - time.time()) < PATIENCE
    for header in ("Date", "From", "To", "Subject", "Message-ID", "MIME-Version"):
        assert len(message.get_all(header)) == 1
    (_, _, raw) = mail.raw[0]
    assert all(len(line) <= 998 and b"\n" not in line for line in raw.split(b"\r\n"))
    assert all(byte < 0x80 for byte in raw)
    text = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    link = re.search(r"https://auth\.example\.com/\S+", text)[0]
    assert link.replace("&", "&amp;") in html
    assert "<script" not in html and "src=" not in html


def test_a_link_never_comes_from_the_host_header(mail_server, sending, authority):
    mail = mail_server(**private(authority))
    server = sending(mail)
    body = {"email": f"{name()}@example.com", "password": "violet-harbour-77"}
    headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    requests.post(server.url("authspec", "/api/auth/register"), json=body, headers=headers, timeout=PATIENCE)
    until(lambda: mail.raw)
    assert b"evil" not in mail.raw[0][2]


def test_names_and_addresses_of_every_script(mail_server, sending, authority):
    mail = mail_server(**private(authority))
    server = sending(mail)
    for address, wire in [
        (f"{name()}@bücher.example", "@xn--bcher-kva.example"),
        (f"jörg{name()}@example.com", "@example.com"),
        (f"用户{name()}@例え.テスト", "@xn--r8jz45g.xn--zckzah"),
    ]:
        somebody(server, address)
        message = until(lambda: [each for each in mail.messages if address.split("@")[0] in each.recipients[0]])[0]
        assert message.recipients == [address.split("@")[0] + wire]
        assert all(part.defects == [] for part in message.walk())
        is_ascii = address.split("@")[0].isascii()
        (options,) = [options for verb, _, options in mail.commands[-3:] if verb == "MAIL"]
        assert ("SMTPUTF8" in options) is not is_ascii


def test_an_address_that_the_server_cannot_write_to_is_given_up(mail_server, sending, authority):
    mail = mail_server(**private(authority, smtputf8=False))
    server = sending(mail)
    person = somebody(server, f"jörg{name()}@example.com")
    until(lambda: state(server, person.email)["state"] == "dead")
    assert "SMTPUTF8" in state(server, person.email)["last_error"]


# What is refused


@pytest.mark.parametrize("verb", ["RCPT", "DATA"])
def test_a_refusal_for_ever_is_a_dead_letter_that_can_be_tried_again(mail_server, sending, authority, verb):
    mail = mail_server(**private(authority))
    mail.answers[verb] = "550 5.1.1 no such mailbox"
    server = sending(mail)
    person = somebody(server)
    until(lambda: state(server, person.email)["state"] == "dead")
    (dead,) = server.json("mail", "list", "--dead")
    assert dead["attempts"] == 1
    assert "550 5.1.1 no such mailbox" in dead["last_error"]
    other = somebody(server)
    mail.answers.clear()
    assert server.run("mail", "retry", "--dead").stdout.strip() in ("1", "2")
    mail.wait_for(person.email)
    until(lambda: state(server, person.email)["state"] == "sent")
    assert server.json("mail", "list", "--dead") == [] or other
    again = server.run("mail", "retry", dead["id"])
    assert again.returncode == 65 and "not sent twice" in again.stderr


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
def test_a_refusal_for_now_is_tried_again(mail_server, sending, authority, verb):
    mail = mail_server(**private(authority))
    mail.answers[verb] = "451 4.3.0 not now"
    server = sending(mail)
    person = somebody(server)
    assert "451 4.3.0 not now" in failed(server, person.email)["last_error"]
    assert state(server, person.email)["state"] == "due"
    mail.answers.clear()
    server.run("mail", "retry", state(server, person.email)["id"])
    mail.wait_for(person.email)
    assert len(mail.to(person.email)) == 1


def test_a_refused_recipient_keeps_no_other_back(mail_server, sending, authority):
    mail = mail_server(**private(authority))
    mail.answers["RCPT"] = lambda address: "550 no" if address.startswith("bad") else None
    server = sending(mail)
    people = [somebody(server, f"{word}{name()}@example.com") for word in ("bad", "good", "bad", "good")]
    for person in people[1::2]:
        mail.wait_for(person.email)
    for person in people[::2]:
        until(lambda: state(server, person.email)["state"] == "dead")


def test_a_server_that_hangs_up_in_the_middle_gets_the_message_once_more(mail_server, sending, authority):
    mail = mail_server(**private(authority))
    mail.breaks = 1
    server = sending(mail)
    person = somebody(server)
    found = failed(server, person.email)
    assert found["state"] == "due" and found["attempts"] == 1
    server.run("mail", "retry", found["id"])
    mail.wait_for(person.email)
    assert len(mail.to(person.email)) == 1


def test_a_connection_that_was_closed_meanwhile_costs_no_attempt(mail_server, sending, authority):
    mail = mail_server(**private(authority))
    server = sending(mail)
    first = somebody(server)
    mail.wait_for(first.email)
    until(lambda: state(server, first.email)["state"] == "sent")
    mail.stop()
    mail.start()
    second = somebody(server)
    mail.wait_for(second.email)
    until(lambda: state(server, second.email)["state"] == "sent")
    assert state(server, second.email)["attempts"] == 1


# What is never done


def test_nothing_goes_in_the_clear(mail_server, sending, authority):
    mail = mail_server(tls=None, username=USER, password=PASSWORD)
    server = sending(mail, security="starttls", ca_file=str(authority.certificate))
    person = somebody(server)
    assert "STARTTLS" in failed(server, person.email)["last_error"]
    assert mail.signed_in == [] and mail.commands == []


def test_a_server_that_cannot_prove_who_it_is_gets_nothing(mail_server, sending, authority, tmp_path):
    stranger = Authority(tmp_path / "stranger")
    other_name = Authority(tmp_path / "other", name="mail.example.com")
    for bad, trusted in [(stranger, authority), (other_name, other_name)]:
        mail = mail_server(**private(bad))
        server = sending(mail, ca_file=str(trusted.certificate))
        person = somebody(server)
        assert "cannot prove who it is" in failed(server, person.email)["last_error"]
        assert mail.signed_in == [] and mail.commands == []
        server.stop()


def test_a_wrong_password_is_said_and_costs_no_message_but_one_its_attempt(mail_server, sending, authority):
    mail = mail_server(**private(authority))
    server = sending(mail, password="not-the-secret")
    people = [somebody(server) for _ in range(4)]

    def found_out():
        """All of them at one moment: what did not leave is tried again and again."""
        listed = server.json("mail", "list")
        return any(each["last_error"] for each in listed) and listed

    found = until(found_out)
    assert len(found) == len(people)
    assert all(each["state"] == "due" for each in found)
    assert sum(each["attempts"] for each in found) <= 3
    (said,) = {each["last_error"] for each in found if each["last_error"]}
    assert "does not let `watchword` in: 535" in said
    assert "not-the-secret" not in server.log_text()


def test_a_slow_server_holds_up_neither_requests_nor_the_end(mail_server, sending, authority):
    mail = mail_server(**private(authority))
    mail.pause = 600
    server = sending(mail, timeout_seconds=600)
    person = somebody(server)
    until(lambda: any(verb == "DATA" for verb, _, _ in mail.commands))
    somebody(server).sign_in()
    assert server.stop() == 0
    assert state(server, person.email)["attempts"] == 0


def test_a_server_that_does_not_answer_holds_up_nothing(mail_server, own_server):
    import socket

    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(8)
        mail = MailServer(tls=None, port=silent.getsockname()[1])
        server = own_server(dialects=["authspec"], configuration={"mail": mail.settings(timeout_seconds=5)}).start()
        person = somebody(server)
        assert "did not answer" in failed(server, person.email)["last_error"]
        assert server.stop() == 0


# Ends that come in between


def test_a_message_survives_the_end_of_the_server_before_it_is_sent(mail_server, sending, authority):
    mail = mail_server(**private(authority))
    mail.stop()
    server = sending(mail)
    people = [somebody(server) for _ in range(3)]
    server.kill()
    mail.start()
    server.start()
    for person in people:
        mail.wait_for(person.email, within=300)
        assert len(mail.to(person.email)) == 1


def test_an_acknowledged_message_is_not_sent_again_after_a_kill(mail_server, sending, authority):
    mail = mail_server(**private(authority))
    server = sending(mail)
    people = [somebody(server) for _ in range(5)]
    for person in people:
        mail.wait_for(person.email)
        until(lambda: state(server, person.email)["state"] == "sent")
    server.kill()
    server.start()
    late = somebody(server)
    mail.wait_for(late.email)
    assert [len(mail.to(person.email)) for person in people] == [1] * 5


def test_a_kill_in_the_middle_sends_the_same_message_again(mail_server, sending, authority):
    mail = mail_server(**private(authority))
    mail.pause = 3
    server = sending(mail)
    person = somebody(server)
    until(lambda: any(verb == "DATA" for verb, _, _ in mail.commands))
    server.kill()
    mail.pause = 0
    server.start()
    until(lambda: state(server, person.email)["state"] == "sent")
    identities = {message["Message-ID"] for message in mail.to(person.email)}
    assert len(identities) == 1
    assert len({raw for _, to, raw in mail.raw if to == [person.email]}) == 1


# What an operator does


def test_an_operator_tries_shows_and_drops(mail_server, sending, authority):
    mail = mail_server(**private(authority))
    server = sending(mail)
    done = server.run("mail", "test", "operator@example.com")
    assert done.returncode == 0, done.stderr
    assert "250 taken" in done.stdout
    assert "test message" in mail.wait_for("operator@example.com").get_body(("plain",)).get_content()
    mail.answers["RCPT"] = "550 5.1.1 nobody"
    refused = server.run("mail", "test", "operator@example.com")
    assert refused.returncode == 65 and "550 5.1.1 nobody" in refused.stderr
    person = somebody(server)
    until(lambda: state(server, person.email)["state"] == "dead")
    identity = state(server, person.email)["id"]
    shown = server.json("mail", "show", identity)
    assert shown["subject"] == VERIFY and "https" not in shown["to"]
    assert "<a " in shown["html"] and shown["body"] in server.run("mail", "show", identity).stdout
    assert server.run("mail", "show", identity, "--html").stdout == shown["html"]
    assert server.run("mail", "drop", identity).returncode == 64
    assert server.run("mail", "drop", "--yes").returncode == 64
    assert server.run("mail", "drop", identity, "--yes").stdout == "1\n"
    assert server.run("mail", "show", identity).returncode == 67
    assert server.run("mail", "retry", identity).returncode == 67
    others = [somebody(server), somebody(server)]
    for other in others:
        until(lambda email=other.email: state(server, email)["state"] == "dead")
    mail.answers.clear()
    kept = somebody(server)
    until(lambda: state(server, kept.email)["state"] == "sent")
    assert server.run("mail", "drop", "--dead", "--yes").stdout == "2\n"
    assert [each["to"] for each in server.json("mail", "list")] == [kept.email]
    mail.stop()
    away = server.run("mail", "test", "operator@example.com")
    assert away.returncode == 69 and "did not answer" in away.stderr


def test_a_realm_writes_its_own_mails(mail_server, sending, authority, tmp_path):
    folder = tmp_path / "mails"
    folder.mkdir()
    (folder / "verify.subject.mustache").write_text("Willkommen bei {{site}}\n")
    (folder / "layout.html.mustache").write_text("<main>{{$content}}{{/content}}</main>\n")
    (folder / "words.txt").write_text("verify.action = Bestätigen\n")
    mail = mail_server(**private(authority))
    realm = {"mail": {"templates": str(folder)}, "pages": {"name": "Bücher"}}
    server = sending(mail, realm=realm)
    person = somebody(server)
    message = mail.wait_for(person.email)
    assert message["Subject"] == "Willkommen bei Bücher"
    html = message.get_body(("html",)).get_content()
    assert html.startswith("<main>") and "Bestätigen" in html
    preview = server.json("mail", "preview", "verify")
    assert preview["subject"] == "Willkommen bei Bücher" and preview["html"].startswith("<main>")


def test_a_broken_template_stops_the_start(tmp_path):
    folder = tmp_path / "mails"
    folder.mkdir()
    (folder / "verify.html.mustache").write_text("<p>\n{{lnk}}</p>\n")
    (folder / "verfy.text.mustache").write_text("x\n")
    configuration = {"realms": {"authspec": {"mail": {"templates": str(folder)}}}}
    for arguments in (("serve",), ("config", "check")):
        code, said = refused_start(
            tmp_path / arguments[0], arguments, dialects=["authspec"], configuration=configuration
        )
        assert code == 78, said
        assert f"{folder}/verify.html.mustache:2:1: error: no value `lnk` (did you mean `link`?)" in said
        assert "verfy.text.mustache" in said and "did you mean `verify.text.mustache`?" in said


def test_sendmail_takes_mail(own_server, tmp_path):
    program = tmp_path / "sendmail"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/arguments\ncat > {tmp_path}/mail\n')
    program.chmod(0o700)
    mail = {"transport": "sendmail", "sendmail": str(program), "from": "no-reply@example.com"}
    server = own_server(dialects=["authspec"], configuration={"mail": mail}).start()
    person = somebody(server)
    until(lambda: state(server, person.email)["state"] == "sent")
    assert (tmp_path / "arguments").read_text().split() == ["-i", "-f", "no-reply@example.com", "--", person.email]
    message = email.message_from_bytes((tmp_path / "mail").read_bytes())
    assert message["To"] == person.email and message.is_multipart()
    assert json.dumps(message["Subject"]) == f'"{VERIFY}"'

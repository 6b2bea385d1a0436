"""What README and the guide tell a newcomer to type, typed."""

import json
import re
import subprocess

import pytest

from server import ROOT, Server, accepts, binary, free_ports
from waiting import PATIENCE, until


def blocks(page, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", (ROOT / page).read_text(), re.M | re.S)


def typed(text, folder, environment):
    """Runs a block as one would type it; gives what each line printed, as one text."""
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", text.replace("curl -s", "curl -sS -w '\\n'")],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        cwd=folder,
        env=environment,
    )
    assert done.returncode == 0, (text, done.stdout, done.stderr)
    return done.stdout


README = {"3001": "aethermind", "3002": "chatops", "3003": "vsay", "3004": "authspec", "8000": "stratify"}
SEEN = {
    "3001": ["[]"],
    "3002": ["[]"],
    "3003": ['{"machines":[]}'],
    "3004": ['"role":"user"'],
    "8000": ['"theme":"dark"'],
}


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("newcomer")) as server:
        yield server


@pytest.mark.parametrize("port", list(README))
def test_a_first_sign_in_of_the_readme(newcomer, port):
    (block,) = [each for each in blocks("README.md", "bash") if f"localhost:{port}" in each]
    block = block.replace(f"localhost:{port}", f"localhost:{newcomer.ports[README[port]]}")
    shown = typed(block, newcomer.folder, newcomer.environment)
    first, last = shown.strip().splitlines()[0], shown.strip().splitlines()[-1]
    assert "error" not in shown and "detail" not in shown
    json.loads(first)
    assert all(word in last for word in SEEN[port]), last


def test_the_operators_side_of_the_readme(newcomer):
    (block,) = [each for each in blocks("README.md", "bash") if "session list" in each]
    shown = typed(block.replace(".build/release/watchword", binary()), newcomer.folder, newcomer.environment)
    assert "ada@example.com" in shown and "sign_in" in shown


def test_the_readme_names_the_ports_that_are_served(newcomer):
    served = {each["name"]: str(each["port"]) for each in newcomer.json("dialect", "list")}
    assert {name: port for port, name in README.items()}.items() <= served.items()


def test_the_guide(tmp_path):
    dialect, configuration = blocks("docs/guides/first-sign-in.md", "yaml")
    commands = blocks("docs/guides/first-sign-in.md", "bash")
    (tmp_path / "mine.yaml").write_text(dialect)
    server = Server(tmp_path, dialects=["mine"], configuration={"realms": {"mine": {"dialect": "./mine.yaml"}}})
    checked = server.run(*commands[0].split()[1:])
    assert checked.returncode == 0 and "ok" in checked.stdout, checked
    port = free_ports(1)[0]
    bare = {key: value for key, value in server.environment.items() if key != "WATCHWORD_CONFIG"}
    arguments = commands[1].strip().replace("4000", str(port)).split()[1:]
    folder = tmp_path / "bare"
    folder.mkdir()
    (folder / "mine.yaml").write_text(dialect)
    bare["WATCHWORD_ADMIN_PORT"] = "0"
    process = subprocess.Popen(
        [binary(), *arguments], cwd=folder, env=bare, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        until(lambda: accepts(port))
        shown = typed(commands[2].replace("4000", str(port)), folder, bare).strip().splitlines()
        assert list(json.loads(shown[0])["data"]) == ["id"]
        assert json.loads(shown[-1])["data"]["login"] == "ada@example.com"

        def said(*arguments):
            done = subprocess.run(
                ["curl", "-sS", "-w", " %{http_code}", *arguments], capture_output=True, text=True, check=True
            )
            return done.stdout

        url = f"localhost:{port}/v2/session"
        kind = ["-H", "Content-Type: application/json"]
        wrong = '401 {"problem":"Wrong login or secret"}'
        status, body = wrong.split(" ", 1)
        for login in ("ada@example.com", "nobody@example.com"):
            sent = json.dumps({"login": login, "secret": "analytical-engine"})
            assert said(url, *kind, "-d", sent) == f"{body} {status}"
        assert said(url, *kind, "-d", "{") == '{"problem":"Malformed JSON"} 400'
        assert said(f"localhost:{port}/nothing").endswith(" 404")
    finally:
        process.terminate()
        assert process.wait(PATIENCE) == 0
    (tmp_path / "watchword.yaml").write_text(configuration)
    kept = subprocess.run(
        [binary(), "config", "check"], cwd=tmp_path, env=bare, capture_output=True, text=True, timeout=PATIENCE
    )
    assert kept.returncode == 0 and "mine" in kept.stdout, kept

"""The OpenAPI document of every built-in dialect: valid by another maker's validator, and true by schemathesis,
which sends what the document allows and what it does not, and must meet no fault and no undocumented answer."""

import json
import pathlib
import subprocess
import sys

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from people import PASSWORD
from server import DIALECTS, PRODUCTS, Server
from wire import request

CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
]
EXAMPLES = 8  # Of each operation, beside those of the coverage phase.
SEED = 20260301
REALMS = [*DIALECTS, *PRODUCTS]


@pytest.fixture(scope="module")
def abused(tmp_path_factory):
    """A server of this module's own, since its accounts are changed at random."""
    server = Server(tmp_path_factory.mktemp("openapi"), dialects=REALMS)
    with server:
        yield server
    assert "fault" not in server.log_text().lower()


def document(server, realm):
    done = server.run("dialect", "openapi", realm, "--url", server.url(realm))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def placed(tree, slot, path=()):
    """Where in a reply's tree a slot stands."""
    if tree == slot:
        return path
    if isinstance(tree, dict):
        for key, each in tree.items():
            found = placed(each, slot, (*path, key))
            if found is not None:
                return found
    return None


def token(server, realm):
    """An access token, by whatever sign-in the dialect describes."""
    shown = json.loads(server.run("dialect", "show", realm).stdout)
    server.run("account", "create", "--email", "fuzz@example.com", "--username", "fuzz", "--realm", realm,
               input=PASSWORD + "\n")
    for name, route in shown["routes"].items():
        cases = route if isinstance(route, list) else [route]
        for case in cases:
            if case["do"] != "login":
                continue
            replies = case["reply"] if isinstance(case["reply"], list) else [case["reply"]]
            reply = replies[-1]
            method, path = name.split(" ")
            members = {}
            for given, value in (("identity", "fuzz@example.com"), ("email", "fuzz@example.com"), ("username", "fuzz"),
                                 ("password", PASSWORD)):
                source = case["in"].get(given)
                source = source[0] if isinstance(source, list) else source
                if source and isinstance(source, str) and given not in members:
                    members.setdefault(source, value)
            if "json" in case.get("take", ["json"]):
                kind, body = "application/json", json.dumps(members)
            else:
                from urllib.parse import urlencode

                kind, body = "application/x-www-form-urlencoded", urlencode(members)
            answer = request(server.ports[realm], method, path, [("Content-Type", kind)], body.encode())
            if answer.status >= 300:
                continue
            for header, value in reply.get("headers", {}).items():
                if value == "$access.token":
                    return answer.header(header)
            where = placed(reply.get("body"), "$access.token")
            if where is None:
                continue
            said = json.loads(answer.body)
            for step in where:
                said = said[step]
            return said
    return None


@pytest.mark.parametrize("realm", REALMS)
def test_the_document_is_valid(abused, realm):
    made = document(abused, realm)
    errors = list(OpenAPIV31SpecValidator(made).iter_errors())
    assert not errors, errors[:3]
    shown = json.loads(abused.run("dialect", "show", realm).stdout)
    listed = {f"{method.upper()} {path}" for path, item in made["paths"].items() for method in item}
    known = {"GET", "POST", "PUT", "PATCH", "DELETE"}  # OpenAPI 3.1 has no place for other methods.
    assert listed == {name for name in shown["routes"] if name.split(" ")[0] in known}
    ids = [each["operationId"] for item in made["paths"].values() for each in item.values()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("realm", REALMS)
def test_the_samples_are_what_the_schemas_say(abused, realm):
    count = 0
    for item in document(abused, realm)["paths"].values():
        for operation in item.values():
            bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
            for content in (each for body in bodies for each in body.get("content", {}).values()):
                if "example" in content:
                    count += 1
                    Draft202012Validator(content["schema"]).validate(content["example"])
    assert count


def fuzzed(server, realm, made, folder):
    """What schemathesis says of a running realm by a document, and its exit code."""
    file = folder / f"{realm}.json"
    file.write_text(json.dumps(made))
    held = token(server, realm)
    assert held, "nobody could sign in"
    schemathesis = pathlib.Path(sys.executable).with_name("schemathesis")
    done = subprocess.run(
        [
            str(schemathesis), "--no-color", "run", str(file), "--url", server.url(realm), "--checks", ",".join(CHECKS),
            "--phases", "examples,coverage,fuzzing", "--max-examples", str(EXAMPLES), "--seed", str(SEED),
            "--generation-deterministic", "--header", f"Authorization: Bearer {held}", "--warnings", "off",
            "--suppress-health-check", "all", "--continue-on-failure",
        ],
        cwd=folder, capture_output=True, text=True, timeout=900,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("realm", REALMS)
def test_no_answer_is_undocumented(abused, realm, tmp_path):
    code, said = fuzzed(abused, realm, document(abused, realm), tmp_path)
    assert code == 0, said[-8000:]


def test_an_undocumented_answer_is_found(abused, tmp_path):
    made = document(abused, "stratify")
    operation = made["paths"]["/api/v1/auth/register"]["post"]
    del operation["responses"]["422"]
    code, said = fuzzed(abused, "stratify", made, tmp_path)
    assert code == 1 and "Undocumented status code" in said, said[-3000:]
    made = document(abused, "stratify")
    schema = made["paths"]["/api/v1/auth/register"]["post"]["responses"]["422"]["content"]["application/json"]
    schema["schema"] = {"type": "object", "required": ["error"]}
    code, said = fuzzed(abused, "stratify", made, tmp_path)
    assert code == 1 and "violates schema" in said, said[-3000:]

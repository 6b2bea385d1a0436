"""Key pairs: made, published, verified by a library that fetches the key set, given by variables, and rotated."""

import subprocess
import time

import jwt
import pytest
import requests
from server import refused_start
from waiting import until

DIALECT = """\
dialect: 1
name: pairs
version: "1"
describe: An API whose tokens anybody can verify
keys:
  main: {alg: %s, env: PAIRS_KEY%s}
users: {id: uuid, login: [email], require: [email]}
password: {min: 8}
tokens:
  access: {kind: jwt, key: main, ttl: 10m, claims: {sub: $user.id, jti: $jti, iat: $iat, exp: $exp}}
credentials:
  bearer: [{header: Authorization, scheme: Bearer, takes: access}]
errors:
  error: {status: 400, body: {error: $error.code}}
  unauthorized: {status: 401, body: {error: $error.code}}
routes:
  POST /register: {do: register, take: json, in: {email: email, password: password}, reply: {status: 201}}
  POST /login:
    do: login
    take: json
    in: {email: email, password: password}
    reply: {status: 200, body: {token: $access.token}}
  GET /me: {do: me, auth: bearer, reply: {status: 200, body: {id: $user.id}}}
  GET /jwks: {do: jwks, reply: {status: 200, body: {keys: $keys}}}
"""
PERSON = {"email": "ada@example.com", "password": "correct horse battery"}


@pytest.fixture
def pairs(own_server, tmp_path):
    """Makes a server of one realm that signs with that algorithm."""

    def make(algorithm, rotate="", environment=None):
        file = tmp_path / "pairs.yaml"
        file.write_text(DIALECT % (algorithm, f", rotate: {rotate}" if rotate else ""))
        return own_server(
            dialects=["pairs"],
            configuration={"realms": {"pairs": {"dialect": str(file)}}},
            environment=environment,
        )

    return make


def sign_in(server):
    requests.post(server.url("pairs", "/register"), json=PERSON)
    answer = requests.post(server.url("pairs", "/login"), json=PERSON)
    assert answer.status_code == 200, answer.text
    return answer.json()["token"]


def verified(server, token, algorithm):
    key = jwt.PyJWKClient(server.url("pairs", "/jwks")).get_signing_key_from_jwt(token)
    return jwt.decode(token, key.key, algorithms=[algorithm])


def me(server, token):
    return requests.get(server.url("pairs", "/me"), headers={"Authorization": f"Bearer {token}"}).status_code


def key_set(server):
    return requests.get(server.url("pairs", "/jwks")).json()["keys"]


def openssl(*arguments):
    return subprocess.run(["openssl", "genpkey", *arguments], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("algorithm", ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "ES512", "EdDSA"])
def test_a_library_verifies_by_the_key_set(pairs, algorithm):
    server = pairs(algorithm).start()
    token = sign_in(server)
    header = jwt.get_unverified_header(token)
    assert list(header) == ["alg", "typ", "kid"] and header["alg"] == algorithm
    assert verified(server, token, algorithm)["exp"] > time.time()
    assert me(server, token) == 200
    keys = key_set(server)
    assert len(keys) == 1 and keys[0]["kid"] == header["kid"]
    assert not {"d", "p", "q", "k"} & keys[0].keys()


def test_the_key_outlives_a_restart_and_is_sealed_at_rest(pairs):
    server = pairs("ES256").start()
    token = sign_in(server)
    before = key_set(server)
    assert server.stop() == 0
    for file in server.data.rglob("*"):
        assert not file.is_file() or b"PRIVATE KEY" not in file.read_bytes(), file
    server.start()
    assert key_set(server) == before
    assert me(server, token) == 200


def test_rotation_beside_a_running_server(pairs):
    server = pairs("EdDSA", rotate="{every: 90d, overlap: 7d}").start()
    old = sign_in(server)
    listed = server.json("signing-key", "list")
    assert [key["state"] for key in listed] == ["signing"]
    assert listed[0]["kid"] == jwt.get_unverified_header(old)["kid"]

    published = server.json("signing-key", "rotate")
    until(lambda: len(key_set(server)) > 1)
    assert [key["kid"] for key in key_set(server)] == [listed[0]["kid"], published["kid"]]
    # For a week it is published only.
    assert jwt.get_unverified_header(sign_in(server))["kid"] == listed[0]["kid"]

    assert server.json("signing-key", "rotate", "--now")["kid"] == published["kid"]

    def signed_anew():
        token = sign_in(server)
        return jwt.get_unverified_header(token)["kid"] == published["kid"] and token

    new = until(signed_anew, every=0.5)
    assert me(server, old) == me(server, new) == 200
    assert verified(server, old, "EdDSA") and verified(server, new, "EdDSA")
    assert [key["state"] for key in server.json("signing-key", "list")] == ["verifying", "signing"]
    kinds = [event["kind"] for event in server.json("audit")]
    assert kinds.count("signing_key_make") == 2


def test_keys_from_a_variable(pairs, tmp_path):
    first = openssl("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256")
    second = openssl("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256")
    server = pairs("ES256", environment={"PAIRS_KEY": first.replace("\n", "\\n")}).start()
    old = sign_in(server)
    refused = server.run("signing-key", "rotate")
    assert refused.returncode == 78 and "variable" in refused.stderr
    # A command in a shell without the variable makes nothing in its place.
    server.environment.pop("PAIRS_KEY")
    assert server.json("signing-key", "list") == []
    assert server.run("signing-key", "rotate").returncode == 78
    time.sleep(1.5)
    assert len(key_set(server)) == 1
    server.stop()

    file = tmp_path / "keys.pem"
    file.write_text(second + first)
    server.environment["PAIRS_KEY"] = f"@{file}"
    server.start()
    new = sign_in(server)
    assert jwt.get_unverified_header(old)["kid"] != jwt.get_unverified_header(new)["kid"]
    assert [key["kid"] for key in key_set(server)] == [jwt.get_unverified_header(each)["kid"] for each in (new, old)]
    assert me(server, old) == me(server, new) == 200


@pytest.mark.parametrize(
    "algorithm, value, says",
    [
        ("ES256", "a secret text that is long enough for anything", "no key in PEM"),
        ("ES256", "@/nowhere/key.pem", "cannot be read"),
        ("ES256", openssl("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"), "P-256"),
        ("RS256", openssl("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"), "2048 bits"),
        ("EdDSA", openssl("-algorithm", "X25519"), "Ed25519"),
    ],
)
def test_a_key_that_cannot_be_used_stops_the_start(tmp_path, algorithm, value, says):
    file = tmp_path / "pairs.yaml"
    file.write_text(DIALECT % (algorithm, ""))
    code, printed = refused_start(
        tmp_path / "server",
        dialects=["pairs"],
        configuration={"realms": {"pairs": {"dialect": str(file)}}},
        environment={"PAIRS_KEY": value},
    )
    assert code == 78, printed
    assert "PAIRS_KEY" in printed and says in printed
    assert "openssl genpkey" in printed or "path" in printed
    assert "PRIVATE KEY" not in printed and "secret text" not in printed


@pytest.mark.parametrize(
    "accept, environment, says",
    [
        ("{passwords: [firebase_scrypt]}", {}, "FIREBASE_SIGNER_KEY is not set"),
        ("{passwords: [firebase_scrypt]}", {"FIREBASE_SIGNER_KEY": "not base64!"}, "no signer key in base64"),
        ("{tokens: [{key: old, until: 2099-01-01}]}", {}, "OLD_KEY is not set"),
        ("{tokens: [{key: old, until: 2099-01-01}]}", {"OLD_KEY": "secret"}, "no key in PEM"),
    ],
)
def test_what_an_old_system_needs_is_asked_for(tmp_path, accept, environment, says):
    file = tmp_path / "pairs.yaml"
    keys = "  old: {alg: ES256, env: OLD_KEY}\nusers:" if "old" in accept else "users:"
    file.write_text((DIALECT % ("ES256", "")).replace("users:", keys, 1) + f"accept: {accept}\n")
    code, printed = refused_start(
        tmp_path / "server",
        dialects=["pairs"],
        configuration={"realms": {"pairs": {"dialect": str(file)}}},
        environment=environment,
    )
    assert code == 78, printed
    assert says in printed and "not base64!" not in printed

"""One realm that speaks two dialects: one set of accounts and sessions, two APIs."""

import pathlib

import requests

from people import PASSWORD
from server import ROOT, refused_start
from waiting import PATIENCE

FIRST = (ROOT / "Dialects" / "authspec" / "dialect.yaml").read_text()
SECOND = (
    FIRST.replace(" /api/", " /v2/")
    .replace("iat: $iat, exp: $exp}", "iat: $iat, exp: $exp, jti: $jti}")
    .replace("{token: $access.token, user: {$view: user}}", "{data: {access_token: $access.token}}")
)
ACCOUNT = {"email": "ada@example.com", "password": PASSWORD}


def files(folder):
    one, two = pathlib.Path(folder) / "v1.yaml", pathlib.Path(folder) / "v2.yaml"
    one.write_text(FIRST)
    two.write_text(SECOND)
    return str(one), str(two)


def ask(method, url, token=None, **options):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return requests.request(method, url, headers=headers | options.pop("headers", {}), timeout=PATIENCE, **options)


def test_one_listener_two_apis(own_server, tmp_path):
    one, two = files(tmp_path)
    server = own_server(dialects=["app"], secrets=None)
    realm = server.configuration["realms"]["app"]
    del realm["dialect"]
    realm["dialects"] = [one, two]
    server.start()
    url = lambda path: server.url("app", path)  # noqa: E731
    assert ask("POST", url("/api/auth/register"), json=ACCOUNT).status_code == 200
    old = ask("POST", url("/api/auth/login"), json=ACCOUNT).json()["token"]
    new = ask("POST", url("/v2/auth/login"), json=ACCOUNT).json()["data"]["access_token"]
    for token in (old, new):
        assert ask("GET", url("/api/auth/me"), token).status_code == 200
        assert ask("GET", url("/v2/auth/me"), token).status_code == 200
    # Signed out by one API, a session is over in both.
    assert ask("POST", url("/api/auth/logout"), new).status_code == 200
    assert ask("GET", url("/v2/auth/me"), new).status_code == 401
    assert ask("GET", url("/api/auth/me"), new).status_code == 401
    assert ask("GET", url("/v2/auth/me"), old).status_code == 200
    # A password changed in one is changed in both.
    change = {"currentPassword": PASSWORD, "newPassword": "another correct horse"}
    assert ask("POST", url("/v2/auth/change-password"), old, json=change).status_code == 200
    assert ask("POST", url("/api/auth/login"), json=ACCOUNT).status_code == 400
    changed = ACCOUNT | {"password": "another correct horse"}
    assert ask("POST", url("/api/auth/login"), json=changed).status_code == 200
    # One account, seen by the operator once.
    assert len(server.json("account", "list")) == 1


def test_the_host_decides_between_equal_paths(own_server, tmp_path):
    one, two = files(tmp_path)
    pathlib.Path(two).write_text(SECOND.replace(" /v2/", " /api/"))
    server = own_server(dialects=["app"], secrets=None)
    realm = server.configuration["realms"]["app"]
    del realm["dialect"]
    realm["dialects"] = {"old": {"dialect": one}, "new": {"dialect": two, "hosts": ["v2.example.com"]}}
    server.start()
    login = server.url("app", "/api/auth/login")
    assert ask("POST", server.url("app", "/api/auth/register"), json=ACCOUNT).status_code == 200
    assert "token" in ask("POST", login, json=ACCOUNT).json()
    assert "data" in ask("POST", login, json=ACCOUNT, headers={"Host": "V2.example.com:8080"}).json()
    assert "token" in ask("POST", login, json=ACCOUNT, headers={"Host": "v1.example.com"}).json()


def test_apis_that_do_not_fit_together_stop_the_start(tmp_path):
    for change, words in (
        (lambda text: text.replace(" /v2/", " /api/"), "v1 and v2 both answer POST /api/auth/login"),
        (lambda text: text.replace("id: uuid", "id: int"), "v1 and v2 write ids differently: uuid, int"),
    ):
        one, two = files(tmp_path)
        pathlib.Path(two).write_text(change(SECOND))
        text = f'realms: {{app: {{port: 0, dialects: ["{one}", "{two}"]}}}}\nadmin: {{port: 0}}\n'
        for arguments in (("serve",), ("config", "check")):
            code, said = refused_start(tmp_path / "server", arguments, text=text, dialects=["app"], secrets=None)
            assert code == 65, said
            assert "the dialects of realm `app` do not fit together" in said
            assert words in said

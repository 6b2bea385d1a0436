"""A real nginx, and a real Caddy, ask the server about each request before it passes it to an application."""

import http.server
import json
import threading

import pytest
import requests

import proxies
from guides import blocks
from mailbox import Authority
from people import PASSWORD
from server import free_ports
from waiting import PATIENCE, until

FIELDS = ["X-Auth-User-Id", "X-Auth-Email", "X-Auth-Email-Verified", "X-Auth-Username", "X-Auth-Role", "X-Auth-Session"]

SITE = """
    server {{
        listen 127.0.0.1:{port};
        location = /_auth {{
            internal;
            proxy_pass http://127.0.0.1:{realm}/_watchword/forward-auth;
            proxy_pass_request_body off;
            proxy_set_header Content-Length "";
            proxy_set_header X-Forwarded-Method $request_method;
            proxy_set_header X-Forwarded-Uri $request_uri;
            proxy_set_header X-Forwarded-Host $http_host;
            proxy_set_header X-Forwarded-For $remote_addr;
        }}
        location = /_auth_admin {{
            internal;
            proxy_pass http://127.0.0.1:{realm}/_watchword/forward-auth?require_role=admin;
            proxy_pass_request_body off;
            proxy_set_header Content-Length "";
        }}
        location / {{
            auth_request /_auth;
            auth_request_set $auth_user_id $upstream_http_x_auth_user_id;
            auth_request_set $auth_email $upstream_http_x_auth_email;
            auth_request_set $auth_role $upstream_http_x_auth_role;
            proxy_pass http://127.0.0.1:{application};
            proxy_set_header X-Auth-User-Id $auth_user_id;
            proxy_set_header X-Auth-Email $auth_email;
            proxy_set_header X-Auth-Role $auth_role;
            proxy_set_header X-Auth-Email-Verified "";
            proxy_set_header X-Auth-Username "";
            proxy_set_header X-Auth-Session "";
        }}
        location /admin {{
            auth_request /_auth_admin;
            proxy_pass http://127.0.0.1:{application};
        }}
    }}
"""


class Application(http.server.BaseHTTPRequestHandler):
    """Answers with the identity that it was told."""

    def do_GET(self):
        told = {name: self.headers[name] for name in FIELDS if name in self.headers}
        body = json.dumps({"path": self.path, "told": told}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_):
        pass


@pytest.fixture
def asked(own_server):
    """A server that may be asked about requests, and the port of an application that is to be reached by them."""
    realm = {"forward_auth": {"path": "/_watchword/forward-auth"}, "trusted_proxies": ["127.0.0.1"]}
    server = own_server(dialects=["authspec"], configuration={"realms": {"authspec": realm}}).start()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Application) as application:
        threading.Thread(target=application.serve_forever, daemon=True).start()
        yield server, application.server_port
        application.shutdown()


@pytest.fixture
def site(tmp_path, asked):
    """The application with nginx in front of it: its origin, and the server."""
    server, application = asked
    (port,) = free_ports(1)
    inside = SITE.format(port=port, realm=server.ports["authspec"], application=application)
    with proxies.nginx(tmp_path / "nginx", inside, port):
        yield f"http://127.0.0.1:{port}", server


def signed_in(server, email="ada@example.com"):
    account = {"email": email, "password": PASSWORD}
    assert requests.post(server.url("authspec", "/api/auth/register"), json=account, timeout=PATIENCE).status_code == 200
    answer = requests.post(server.url("authspec", "/api/auth/login"), json=account, timeout=PATIENCE)
    return answer.json()["token"], answer.json()["user"]["id"]


def get(origin, token=None, path="/orders?page=2", **fields):
    headers = {name.replace("_", "-"): value for name, value in fields.items()}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    return requests.get(origin + path, headers=headers, timeout=PATIENCE)


def test_who_is_signed_in_passes_and_is_known(site):
    origin, server = site
    token, user = signed_in(server)
    answer = get(origin, token)
    assert answer.status_code == 200
    assert answer.json() == {
        "path": "/orders?page=2",
        "told": {"X-Auth-User-Id": user, "X-Auth-Email": "ada@example.com", "X-Auth-Role": "user"},
    }


def test_others_do_not(site):
    origin, server = site
    token, _ = signed_in(server)
    for bad in (None, "nonsense", token + "x", token[:-2]):
        answer = get(origin, bad)
        assert answer.status_code == 401, bad
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert get(origin, token, path="/admin").status_code == 403


def test_a_client_cannot_say_who_it_is(site):
    origin, server = site
    token, user = signed_in(server)
    spoofed = {name.replace("-", "_"): "somebody-else" for name in FIELDS}
    assert get(origin, None, **spoofed).status_code == 401
    assert get(origin, token, **spoofed).json()["told"] == {
        "X-Auth-User-Id": user,
        "X-Auth-Email": "ada@example.com",
        "X-Auth-Role": "user",
    }
    # Nor may it ask the question in the proxy's place with a target of its own.
    assert get(origin, None, path="/_auth").status_code == 404


def test_caddy_by_the_guides_lines(tmp_path, asked):
    server, application = asked
    (port,) = free_ports(1)
    authority = Authority(tmp_path / "tls")
    origin, tls = f"https://localhost:{port}", authority.folder
    (text,) = blocks("forward-auth.md", "caddy")
    for old, new in [
        ("app.example.com {", f"{origin} {{\n\tbind 127.0.0.1\n\ttls {tls}/server.pem {tls}/server.key"),
        ("127.0.0.1:8000", f"127.0.0.1:{server.ports['authspec']}"),
        ("127.0.0.1:9000", f"127.0.0.1:{application}"),
    ]:
        assert old in text
        text = text.replace(old, new)
    token, user = signed_in(server)
    spoofed = {name: "somebody-else" for name in FIELDS}
    with proxies.caddy(tmp_path / "caddy", text, port), requests.Session() as http:
        http.trust_env, http.verify = False, str(authority.certificate)
        refused = http.get(f"{origin}/orders", headers=spoofed, timeout=PATIENCE)
        assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, "Bearer")
        bearer = {"Authorization": f"Bearer {token}"}
        answer = http.get(f"{origin}/orders?page=2", headers={**spoofed, **bearer}, timeout=PATIENCE)
        assert answer.status_code == 200
        assert answer.json()["path"] == "/orders?page=2"
        told = answer.json()["told"]
        assert (told["X-Auth-User-Id"], told["X-Auth-Email"], told["X-Auth-Role"]) == (user, "ada@example.com", "user")
        assert "somebody-else" not in told.values()


def test_a_revoked_token_stops_at_once(site):
    origin, server = site
    token, _ = signed_in(server)
    assert get(origin, token).status_code == 200
    out = requests.post(
        server.url("authspec", "/api/auth/logout"), headers={"Authorization": f"Bearer {token}"}, timeout=PATIENCE
    )
    assert out.status_code == 200
    assert get(origin, token).status_code == 401


def test_an_account_disabled_beside_the_server_stops_soon(site):
    origin, server = site
    token, user = signed_in(server)
    assert get(origin, token).status_code == 200
    assert server.run("account", "disable", user).returncode == 0
    until(lambda: get(origin, token).status_code == 401)


def test_posts_are_asked_about_without_their_body(site):
    origin, server = site
    token, _ = signed_in(server)
    headers = {"Authorization": f"Bearer {token}"}
    assert requests.post(origin + "/orders", data="x" * 50_000, headers=headers, timeout=PATIENCE).status_code == 200
    assert requests.post(origin + "/orders", data="x" * 50_000, timeout=PATIENCE).status_code == 401


def test_the_answers_are_counted_and_nothing_secret_is_logged(site):
    origin, server = site
    token, _ = signed_in(server)
    get(origin, token)
    get(origin)
    page = requests.get(f"http://127.0.0.1:{server.admin}/metrics", timeout=PATIENCE).text
    assert 'watchword_forward_auth_total{realm="authspec",status="200"} 1' in page
    assert 'watchword_forward_auth_total{realm="authspec",status="401"} 1' in page
    assert token not in server.log_text()

"""A real nginx asks the server about each request before it passes it to an application."""

import http.server
import json
import pathlib
import shutil
import subprocess
import threading

import pytest
import requests

from people import PASSWORD
from server import accepts, free_ports
from waiting import PATIENCE, until

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
pytestmark = pytest.mark.skipif(not pathlib.Path(NGINX).exists(), reason="nginx is not installed")

FIELDS = ["X-Auth-User-Id", "X-Auth-Email", "X-Auth-Email-Verified", "X-Auth-Username", "X-Auth-Role", "X-Auth-Session"]

CONFIGURATION = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 1;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_buffer_size 128k;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
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
def site(tmp_path, own_server):
    """A server, an application, and nginx in front of it: its origin, and the server."""
    server = own_server(
        dialects=["authspec"],
        configuration={
            "realms": {"authspec": {"forward_auth": {"path": "/_watchword/forward-auth"}, "trusted_proxies": ["127.0.0.1"]}}
        },
    ).start()
    application = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Application)
    threading.Thread(target=application.serve_forever, daemon=True).start()
    (port,) = free_ports(1)
    folder = tmp_path / "nginx"
    folder.mkdir()
    file = folder / "nginx.conf"
    file.write_text(
        CONFIGURATION.format(
            folder=folder, port=port, realm=server.ports["authspec"], application=application.server_port
        )
    )
    nginx = subprocess.Popen(
        [NGINX, "-p", str(folder), "-c", str(file), "-e", str(folder / "error.log")], stderr=subprocess.DEVNULL
    )
    try:

        def listens():
            assert nginx.poll() is None, (folder / "error.log").read_text()
            return accepts(port)

        until(listens)
        yield f"http://127.0.0.1:{port}", server
    finally:
        nginx.terminate()
        nginx.wait(PATIENCE)
        application.shutdown()
        application.server_close()


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

"""The files of Tests/wild: other well-known APIs, written from the language's document alone.

Each file has to load, and each API is driven by its own client where PyPI has one, by requests otherwise:
sign up, sign in, use, refresh, a wrong password, sign out.
"""

import asyncio
import os
import subprocess

import mailbox
import pytest
import requests

from people import name
from server import ROOT, Server, binary
from tokens import claims_of

PASSWORD = "Violet-harbour-77"
OTHER = "Copper-lantern-42"
FILES = {file.stem: file for file in sorted((ROOT / "Tests/wild").glob("*.yaml"))}


@pytest.fixture(scope="module")
def loading():
    """Of each file: what `dialect check` says, and whether it loads."""
    environment = {"PATH": os.environ["PATH"]}
    said = {}
    for api, file in FILES.items():
        done = subprocess.run([binary(), "dialect", "check", str(file)], capture_output=True, text=True, env=environment)
        said[api] = (done.returncode, done.stdout + done.stderr)
    return said


@pytest.fixture(scope="module")
def wild(loading, tmp_path_factory):
    """Every file that loads, each a realm of one server."""
    loaded = {api: FILES[api] for api, (code, _) in loading.items() if code == 0}
    with Server(tmp_path_factory.mktemp("wild"), dialects=loaded) as server:
        yield server
    assert "fault" not in server.log_text().lower()


@pytest.mark.parametrize("api", FILES)
def test_it_loads(loading, api):
    code, said = loading[api]
    assert code == 0, said


class Visitor:
    """Somebody new to an API."""

    def __init__(self, server, api):
        self.server, self.api = server, api
        self.name = name()
        self.email = f"{self.name}@example.com"
        self.session = requests.Session()
        self.headers = {}

    def url(self, path=""):
        return self.server.url(self.api, path)

    def ask(self, method, path, expected=200, headers=None, **options):
        answer = self.session.request(
            method, self.url(path), headers={**self.headers, **(headers or {})}, allow_redirects=False, **options
        )
        assert answer.status_code == expected, f"{method} {path}: {answer.status_code} {answer.text}"
        if answer.content and "json" in answer.headers["Content-Type"]:
            return answer.json()
        return answer

    def post(self, path, body=None, expected=200, **options):
        return self.ask("POST", path, expected, json=body, **options)

    def get(self, path, expected=200, **options):
        return self.ask("GET", path, expected, **options)

    def mailed(self, kind):
        return mailbox.token(self.server.mail, kind, self.email)

    def credentials(self, **more):
        return {"email": self.email, "password": PASSWORD, **more}


@pytest.fixture
def visitor(wild, request):
    api = request.node.function.__name__.split("_")[1]
    assert api in wild.ports, f"{api} does not load"
    return Visitor(wild, api)


# --- By their own clients


def test_gotrue_by_supabase_auth(visitor):
    from supabase_auth import SyncGoTrueClient
    from supabase_auth.errors import AuthApiError

    made = lambda: SyncGoTrueClient(url=visitor.url("/auth/v1"), auto_refresh_token=False)  # noqa: E731
    client = made()
    up = client.sign_up({**visitor.credentials(), "options": {"data": {"plan": "gold"}}})
    assert up.user.email == visitor.email and up.session and up.user.user_metadata == {"plan": "gold"}
    client = made()
    signed_in = client.sign_in_with_password(visitor.credentials())
    assert signed_in.user.id == up.user.id and signed_in.session.expires_in == 3600
    assert client.get_user().user.email == visitor.email
    claims = client.get_claims()["claims"] if hasattr(client, "get_claims") else None
    assert claims is None or claims["app_metadata"] == {"provider": "email", "providers": ["email"]}
    again = client.refresh_session()
    assert again.session.refresh_token != signed_in.session.refresh_token
    assert client.get_user().user.id == up.user.id
    changed = client.update_user({"data": {"plan": "lead"}})
    assert changed.user.user_metadata == {"plan": "lead"}
    with pytest.raises(AuthApiError) as caught:
        made().sign_in_with_password(visitor.credentials(password=OTHER))
    assert caught.value.code == "invalid_credentials"
    with pytest.raises(AuthApiError) as caught:
        made().sign_up(visitor.credentials())
    assert caught.value.code == "user_already_exists"
    token = again.session.access_token
    client.sign_out()
    with pytest.raises(AuthApiError):
        made().get_user(token)


def test_vault_by_hvac(visitor):
    import hvac

    client = hvac.Client(url=visitor.url())
    client.auth.userpass.create_or_update_user(visitor.name, PASSWORD)
    said = client.auth.userpass.login(visitor.name, PASSWORD)
    assert said["auth"]["metadata"] == {"username": visitor.name} and client.token.startswith("hvs.")
    assert client.is_authenticated()
    assert client.auth.token.lookup_self()["data"]["meta"]["username"] == visitor.name
    client.auth.token.renew_self()
    with pytest.raises(hvac.exceptions.InvalidRequest):
        hvac.Client(url=visitor.url()).auth.userpass.login(visitor.name, OTHER)
    client.auth.token.revoke_self()
    assert not client.is_authenticated()


def test_rocketchat_by_its_client(visitor):
    from rocketchat_API.APIExceptions.RocketExceptions import (
        RocketAuthenticationException,
        RocketBadStatusCodeException,
    )
    from rocketchat_API.rocketchat import RocketChat

    stranger = RocketChat(server_url=visitor.url())
    made = stranger.users_register(email=visitor.email, name="Ada", password=PASSWORD, username=visitor.name)
    client = RocketChat(visitor.name, PASSWORD, server_url=visitor.url())
    assert client.me()["_id"] == made["user"]["_id"] and client.me()["emails"][0]["address"] == visitor.email
    by_address = RocketChat(visitor.email, PASSWORD, server_url=visitor.url())
    assert by_address.headers["X-User-Id"] == made["user"]["_id"]
    with pytest.raises(RocketAuthenticationException):
        RocketChat(visitor.name, OTHER, server_url=visitor.url())
    good = dict(client.headers)
    client.headers["X-User-Id"] = "aaaaaaaaaaaaaaaaa"
    with pytest.raises(RocketBadStatusCodeException):
        client.me()
    client.headers = good
    assert client.logout()["status"] == "success"
    with pytest.raises(RocketBadStatusCodeException):
        client.me()


def test_keystone_by_keystoneauth(visitor):
    from keystoneauth1 import session as keystone
    from keystoneauth1.exceptions.http import Unauthorized
    from keystoneauth1.identity import v3

    visitor.post("/v3/users", {"user": {"name": visitor.name, "password": PASSWORD, "email": visitor.email}}, 201)

    def plugin(password):
        return v3.Password(visitor.url("/v3"), username=visitor.name, password=password, user_domain_id="default")

    auth = plugin(PASSWORD)
    session = keystone.Session(auth=auth)
    token = session.get_token()
    access = auth.get_access(session)
    assert access.username == visitor.name and not access.will_expire_soon(60)
    shown = session.get(visitor.url(f"/v3/users/{access.user_id}")).json()["user"]
    assert shown["name"] == visitor.name
    again = session.get(visitor.url("/v3/auth/tokens"), headers={"X-Subject-Token": token})
    assert again.json()["token"]["user"]["id"] == access.user_id
    with pytest.raises(Unauthorized):
        keystone.Session(auth=plugin(OTHER)).get_token()
    requests.delete(visitor.url("/v3/auth/tokens"), headers={"X-Auth-Token": token, "X-Subject-Token": token})
    answer = requests.get(visitor.url(f"/v3/users/{access.user_id}"), headers={"X-Auth-Token": token})
    assert answer.status_code == 401


def test_atproto_by_its_client(visitor):
    from atproto import Client, models
    from atproto_client.exceptions import AtProtocolError

    handle = f"{visitor.name}.test"
    client = Client(base_url=visitor.url())
    made = client.com.atproto.server.create_account(
        models.ComAtprotoServerCreateAccount.Data(handle=handle, email=visitor.email, password=PASSWORD)
    )
    assert made.did.startswith("did:plc:") and len(made.did) == 32
    client.login(handle, PASSWORD, fetch_bsky_profile=False)
    held = client._session.access_jwt
    assert client.com.atproto.server.get_session().handle == handle
    client._refresh_and_set_session()
    assert client._session.access_jwt != held and client.com.atproto.server.get_session().did == made.did
    with pytest.raises(AtProtocolError):
        Client(base_url=visitor.url()).login(handle, OTHER, fetch_bsky_profile=False)
    client.com.atproto.server.delete_session(headers={"Authorization": f"Bearer {client._session.refresh_jwt}"})
    with pytest.raises(AtProtocolError):
        client.com.atproto.server.get_session()


def test_gitea_by_its_client(visitor):
    from gitea import Gitea

    visitor.post("/api/v1/admin/users", visitor.credentials(username=visitor.name), 201)
    client = Gitea(visitor.url(), auth=(visitor.name, PASSWORD))
    assert client.get_user().username == visitor.name
    made = client.requests_post(f"/users/{visitor.name}/tokens", data={"name": "script"})
    script = Gitea(visitor.url(), token_text=made["sha1"])
    assert script.get_user().email == visitor.email
    with pytest.raises(Exception, match="401"):
        Gitea(visitor.url(), auth=(visitor.name, OTHER)).get_user()
    client.requests_delete(f"/users/{visitor.name}/tokens/{made['id']}")
    with pytest.raises(Exception, match="401"):
        script.get_user()


def test_appwrite_by_its_client(visitor):
    from appwrite.client import Client
    from appwrite.exception import AppwriteException
    from appwrite.services.account import Account

    def account(session=None):
        client = Client().set_endpoint(visitor.url("/v1")).set_project("demo")
        return Account(client.set_session(session) if session else client)

    made = account().create("unique()", visitor.email, PASSWORD, "Ada")
    opened = account().create_email_password_session(visitor.email, PASSWORD)
    mine = account(opened.secret)
    assert mine.get().email == visitor.email and mine.get().id == made.id
    assert mine.update_name("Ada L.").name == "Ada L."
    assert mine.list_sessions().total == 1
    with pytest.raises(AppwriteException) as caught:
        account().create_email_password_session(visitor.email, OTHER)
    assert caught.value.type == "user_invalid_credentials"
    mine.delete_session("current")
    with pytest.raises(AppwriteException):
        mine.get()


def test_keycloak_by_its_client(visitor):
    from keycloak import KeycloakOpenID
    from keycloak.exceptions import KeycloakAuthenticationError, KeycloakError

    visitor.post("/admin/realms/demo/users", visitor.credentials(username=visitor.name), 201)
    client = KeycloakOpenID(server_url=visitor.url("/"), realm_name="demo", client_id="web")
    token = client.token(visitor.name, PASSWORD)
    assert client.userinfo(token["access_token"])["preferred_username"] == visitor.name
    again = client.refresh_token(token["refresh_token"])
    assert client.userinfo(again["access_token"])["email"] == visitor.email
    assert len(client.certs()["keys"]) >= 1
    claims = client.decode_token(again["access_token"])
    assert claims["preferred_username"] == visitor.name and claims["realm_access"] == {"roles": ["default-roles-demo"]}
    with pytest.raises(KeycloakAuthenticationError):
        client.token(visitor.name, OTHER)
    client.logout(again["refresh_token"])
    with pytest.raises(KeycloakError):
        client.refresh_token(again["refresh_token"])
    with pytest.raises(KeycloakError):
        client.userinfo(again["access_token"])


def test_cognito_by_boto3(visitor):
    import boto3
    from botocore import UNSIGNED
    from botocore.config import Config

    client = boto3.client(
        "cognito-idp", endpoint_url=visitor.url(), region_name="eu-west-1", config=Config(signature_version=UNSIGNED)
    )
    client.sign_up(ClientId="web", Username=visitor.name, Password=PASSWORD)

    def sign_in(password):
        return client.initiate_auth(
            ClientId="web",
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": visitor.name, "PASSWORD": password},
        )["AuthenticationResult"]

    held = sign_in(PASSWORD)
    assert client.get_user(AccessToken=held["AccessToken"])["Username"] == visitor.name
    again = client.initiate_auth(
        ClientId="web", AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters={"REFRESH_TOKEN": held["RefreshToken"]}
    )["AuthenticationResult"]
    assert client.get_user(AccessToken=again["AccessToken"])["Username"] == visitor.name
    with pytest.raises(client.exceptions.NotAuthorizedException):
        sign_in(OTHER)
    with pytest.raises(client.exceptions.UsernameExistsException):
        client.sign_up(ClientId="web", Username=visitor.name, Password=PASSWORD)
    client.change_password(AccessToken=again["AccessToken"], PreviousPassword=PASSWORD, ProposedPassword=OTHER)
    held = sign_in(OTHER)
    client.global_sign_out(AccessToken=held["AccessToken"])
    with pytest.raises(client.exceptions.NotAuthorizedException):
        client.get_user(AccessToken=held["AccessToken"])


def test_zulip_by_its_client(visitor):
    import zulip

    form = {"email": visitor.email, "password": PASSWORD, "full_name": "Ada"}
    visitor.ask("POST", "/api/v1/users", data=form)
    said = visitor.ask("POST", "/api/v1/fetch_api_key", data={"username": visitor.email, "password": PASSWORD})

    def client(key):
        return zulip.Client(email=visitor.email, api_key=key, site=visitor.url(), retry_on_errors=False)

    assert client(said["api_key"]).get_profile()["full_name"] == "Ada"
    assert client("no-such-key").get_profile()["result"] == "error"
    wrong = visitor.ask("POST", "/api/v1/fetch_api_key", 403, data={"username": visitor.email, "password": OTHER})
    assert wrong["result"] == "error"
    other = Visitor(visitor.server, "zulip")
    visitor.ask("POST", "/api/v1/users", data={**form, "email": other.email})
    foreign = zulip.Client(email=other.email, api_key=said["api_key"], site=visitor.url(), retry_on_errors=False)
    assert foreign.get_profile()["result"] == "error", "a key under another's name"


def test_matrix_by_nio(visitor):
    from nio import AsyncClient, LoginError, LoginResponse, RegisterResponse, WhoamiError, WhoamiResponse

    async def drive():
        client = AsyncClient(visitor.url())
        try:
            made = await client.register(visitor.name, PASSWORD)
            assert isinstance(made, RegisterResponse), made
            assert made.user_id == f"@{visitor.name}:localhost"
            signed_in = AsyncClient(visitor.url(), visitor.name)
            assert isinstance(await signed_in.login(PASSWORD, "tests"), LoginResponse)
            who = await signed_in.whoami()
            assert isinstance(who, WhoamiResponse) and who.user_id == made.user_id, who
            assert isinstance(await AsyncClient(visitor.url(), visitor.name).login(OTHER), LoginError)
            token = signed_in.access_token
            await signed_in.logout()
            signed_in.access_token = token
            assert isinstance(await signed_in.whoami(), WhoamiError)
            await signed_in.close()
        finally:
            await client.close()

    asyncio.run(drive())
    asked = visitor.post("/_matrix/client/v3/register", {"username": name(), "password": PASSWORD}, 401)
    assert asked["flows"] == [{"stages": ["m.login.dummy"]}]


def test_grafana_by_its_client(visitor):
    from grafana_client import GrafanaApi
    from grafana_client.client import GrafanaClientError

    visitor.post("/api/admin/users", visitor.credentials(login=visitor.name, name="Ada"))

    def api(password):
        return GrafanaApi.from_url(visitor.url(), credential=(visitor.name, password))

    assert api(PASSWORD).user.get_actual_user()["email"] == visitor.email
    with pytest.raises(GrafanaClientError):
        api(OTHER).user.get_actual_user()
    assert visitor.post("/login", {"user": visitor.name, "password": PASSWORD})["message"] == "Logged in"
    assert visitor.get("/api/user")["login"] == visitor.name
    assert len(visitor.get("/api/user/auth-tokens")) == 1
    answer = visitor.get("/logout", 302)
    assert answer.headers["Location"] == "/login" and "grafana_session" not in visitor.session.cookies
    visitor.get("/api/user", 401)


# --- By requests


def test_drf(visitor):
    form = {"username": visitor.name, "email": visitor.email, "password": PASSWORD, "re_password": PASSWORD}
    made = visitor.ask("POST", "/auth/users/", 201, data=form)
    assert made == {"email": visitor.email, "id": made["id"], "username": visitor.name} and isinstance(made["id"], int)
    taken = visitor.post("/auth/users/", {**form, "email": f"{name()}@example.com"}, 400)
    assert taken == {"username": ["A user with that username already exists."]}
    assert visitor.post("/auth/users/", {}, 400)["username"] == ["This field is required."]
    wrong = visitor.post("/auth/token/login/", {"username": visitor.name, "password": OTHER}, 400)
    assert wrong == {"non_field_errors": ["Unable to log in with provided credentials."]}
    token = visitor.post("/auth/token/login/", {"username": visitor.name, "password": PASSWORD})["auth_token"]
    visitor.headers = {"Authorization": f"Token {token}"}
    assert visitor.get("/auth/users/me/") == made
    assert visitor.ask("PATCH", "/auth/users/me/", json={"first_name": "Ada"})["id"] == made["id"]
    visitor.post("/auth/users/reset_password/", {"email": visitor.email}, 204)
    token = visitor.mailed("reset")
    body = {"uid": str(made["id"]), "token": token, "new_password": OTHER, "re_new_password": OTHER}
    assert visitor.post("/auth/users/reset_password_confirm/", {**body, "uid": "999999"}, 400)["token"]
    visitor.post("/auth/users/reset_password_confirm/", body, 204)
    visitor.get("/auth/users/me/", 401)
    token = visitor.post("/auth/token/login/", {"username": visitor.name, "password": OTHER})["auth_token"]
    visitor.headers = {"Authorization": f"Token {token}"}
    visitor.post("/auth/token/logout/", None, 204)
    visitor.get("/auth/users/me/", 401)


def test_simplejwt(visitor):
    account = {"username": visitor.name, "password": PASSWORD}
    visitor.post("/api/register/", account, 201)
    assert visitor.post("/api/token/", {**account, "password": OTHER}, 401)["detail"].startswith("No active account")
    pair = visitor.post("/api/token/", account)
    visitor.headers = {"Authorization": f"Bearer {pair['access']}"}
    assert visitor.get("/api/me/")["username"] == visitor.name
    second = visitor.post("/api/token/refresh/", {"refresh": pair["refresh"]})
    assert second["refresh"] != pair["refresh"]
    visitor.post("/api/token/blacklist/", {"refresh": second["refresh"]})
    visitor.post("/api/token/refresh/", {"refresh": second["refresh"]}, 401)


def test_strapi(visitor):
    said = visitor.post("/api/auth/local/register", visitor.credentials(username=visitor.name))
    assert isinstance(said["user"]["id"], int) and said["user"]["blocked"] is False
    wrong = visitor.post("/api/auth/local", {"identifier": visitor.email, "password": OTHER}, 400)
    assert wrong["data"] is None and wrong["error"]["message"] == "Invalid identifier or password"
    held = visitor.post("/api/auth/local", {"identifier": visitor.name, "password": PASSWORD})
    visitor.headers = {"Authorization": f"Bearer {held['jwt']}"}
    assert visitor.get("/api/users/me")["username"] == visitor.name
    changed = visitor.post(
        "/api/auth/change-password",
        {"currentPassword": PASSWORD, "password": OTHER, "passwordConfirmation": OTHER},
    )
    visitor.get("/api/users/me", 401)
    visitor.headers = {"Authorization": f"Bearer {changed['jwt']}"}
    assert visitor.get("/api/users/me")["email"] == visitor.email
    visitor.post("/api/auth/forgot-password", {"email": visitor.email})
    token = visitor.mailed("reset")
    body = {"code": token, "password": PASSWORD, "passwordConfirmation": PASSWORD}
    visitor.headers = {"Authorization": f"Bearer {visitor.post('/api/auth/reset-password', body)['jwt']}"}
    assert visitor.get("/api/users/me")["email"] == visitor.email


def test_parse(visitor):
    made = visitor.post("/parse/users", visitor.credentials(username=visitor.name), 201)
    assert len(made["objectId"]) == 10 and made["sessionToken"].startswith("r:")
    query = {"username": visitor.name, "password": PASSWORD}
    held = visitor.get("/parse/login", params=query)
    assert visitor.get("/parse/login", 404, params={**query, "password": OTHER})["code"] == 101
    visitor.headers = {"X-Parse-Session-Token": held["sessionToken"]}
    assert visitor.get("/parse/users/me")["objectId"] == made["objectId"]
    visitor.ask("PUT", f"/parse/users/{made['objectId']}", json={"phone": "5"})
    assert visitor.get("/parse/users/me")["phone"] == "5"
    visitor.post("/parse/logout")
    assert visitor.get("/parse/users/me", 400)["code"] == 209


def test_identitytoolkit(visitor):
    body = visitor.credentials(returnSecureToken=True)
    made = visitor.post("/v1/accounts:signUp?key=demo", body)
    assert len(made["localId"]) == 28 and made["expiresIn"] == "3600"
    assert visitor.post("/v1/accounts:signUp", body, 400)["error"]["message"] == "EMAIL_EXISTS"
    wrong = visitor.post("/v1/accounts:signInWithPassword", {**body, "password": OTHER}, 400)
    assert wrong["error"]["message"] == "INVALID_LOGIN_CREDENTIALS"
    held = visitor.post("/v1/accounts:signInWithPassword", body)
    assert "refreshToken" not in visitor.post("/v1/accounts:signInWithPassword", visitor.credentials())
    shown = visitor.post("/v1/accounts:lookup", {"idToken": held["idToken"]})["users"][0]
    assert shown["email"] == visitor.email and shown["createdAt"].isdigit()
    form = {"grant_type": "refresh_token", "refresh_token": held["refreshToken"]}
    again = visitor.ask("POST", "/v1/token", data=form)
    assert again["user_id"] == made["localId"]
    visitor.post("/v1/accounts:update", {"idToken": again["id_token"], "displayName": "Ada"})
    assert visitor.post("/v1/accounts:lookup", {"idToken": again["id_token"]})["users"][0]["displayName"] == "Ada"
    visitor.post("/v1/accounts:sendOobCode", {"requestType": "PASSWORD_RESET", "email": visitor.email})
    visitor.post("/v1/accounts:sendOobCode", {"requestType": "VERIFY_EMAIL", "idToken": again["id_token"]})
    visitor.post("/v1/accounts:sendOobCode", {"requestType": "OTHER"}, 400)
    visitor.post("/v1/accounts:delete", {"idToken": again["id_token"]})
    visitor.post("/v1/accounts:lookup", {"idToken": again["id_token"]}, 400)


def test_payload(visitor):
    visitor.post("/api/users", visitor.credentials(), 201)
    visitor.post("/api/users/login", visitor.credentials(password=OTHER), 401)
    held = visitor.post("/api/users/login", visitor.credentials())
    assert visitor.session.cookies["payload-token"] == held["token"] and isinstance(held["exp"], int)
    assert visitor.get("/api/users/me")["user"]["email"] == visitor.email
    visitor.session.cookies.clear()
    assert visitor.get("/api/users/me") == {"user": None, "message": "Account"}
    visitor.headers = {"Authorization": f"JWT {held['token']}"}
    again = visitor.post("/api/users/refresh-token")
    visitor.session.cookies.clear()
    visitor.headers = {"Authorization": f"JWT {again['refreshedToken']}"}
    key = visitor.post("/api/users/api-key")["apiKey"]
    script = Visitor(visitor.server, "payload")
    script.headers = {"Authorization": f"users API-Key {key}"}
    assert script.get("/api/users/me")["user"]["email"] == visitor.email
    visitor.post("/api/users/forgot-password", {"email": visitor.email})
    visitor.post("/api/users/logout")
    visitor.ask("PATCH", "/api/users/x", 403, json={})


def test_jhipster(visitor):
    visitor.post("/api/register", visitor.credentials(login=visitor.name, firstName="Ada"), 201)
    taken = visitor.session.post(visitor.url("/api/register"), json=visitor.credentials(login=name()))
    assert taken.status_code == 400 and taken.headers["Content-Type"] == "application/problem+json"
    wrong = visitor.post("/api/authenticate", {"username": visitor.name, "password": OTHER}, 401)
    assert wrong["detail"] == "Bad credentials" and wrong["path"] == "/api/authenticate"
    answer = visitor.session.post(visitor.url("/api/authenticate"), json={"username": visitor.name, "password": PASSWORD})
    assert answer.headers["Authorization"] == f"Bearer {answer.json()['id_token']}"
    visitor.headers = {"Authorization": answer.headers["Authorization"]}
    account = visitor.get("/api/account")
    assert account["authorities"] == ["ROLE_USER"] and account["firstName"] == "Ada"
    plain = visitor.get("/api/authenticate")
    assert plain.text == visitor.name and plain.headers["Content-Type"].startswith("text/plain")
    visitor.ask(
        "POST", "/api/account/reset-password/init", data=visitor.email, headers={"Content-Type": "text/plain"}
    )
    visitor.post("/api/account/change-password", {"currentPassword": PASSWORD, "newPassword": OTHER})
    visitor.post("/api/authenticate", {"username": visitor.email, "password": OTHER})


def test_sanctum(visitor):
    visitor.get("/sanctum/csrf-cookie", 204)
    assert "XSRF-TOKEN" in visitor.session.cookies
    form = visitor.credentials(name="Ada", password_confirmation=PASSWORD)
    visitor.post("/register", form, 201)
    taken = visitor.post("/register", form, 422)
    assert taken["errors"] == {"email": ["The email has already been taken."]}
    wrong = visitor.post("/register", {"email": "no", "password": PASSWORD, "password_confirmation": OTHER}, 422)
    assert set(wrong["errors"]) == {"email", "password"} or set(wrong["errors"]) == {"email", "password_confirmation"}
    visitor.post("/login", visitor.credentials(password=OTHER), 422)
    assert visitor.post("/login", visitor.credentials()) == {"two_factor": False}
    assert visitor.get("/api/user")["email"] == visitor.email
    visitor.session.cookies.clear()
    visitor.get("/api/user", 401)
    token = visitor.post("/sanctum/token", visitor.credentials(device_name="phone")).text
    assert token.startswith("1|")
    visitor.headers = {"Authorization": f"Bearer {token}"}
    assert visitor.get("/api/user")["name"] == "Ada"
    visitor.post("/email/verification-notification", None, 202)
    visitor.post("/logout", None, 204)
    visitor.get("/api/user", 401)


def test_devise(visitor):
    user = {"user": visitor.credentials(password_confirmation=PASSWORD)}
    visitor.post("/users", user, 201)
    assert visitor.post("/users", user, 422) == {"errors": {"email": ["has already been taken"]}}
    wrong = visitor.post("/users/sign_in", {"user": visitor.credentials(password=OTHER)}, 401)
    assert wrong.text == "Invalid Email or password."
    answer = visitor.session.post(visitor.url("/users/sign_in"), json=user)
    visitor.headers = {"Authorization": answer.headers["Authorization"]}
    assert visitor.get("/users/current")["email"] == visitor.email
    visitor.ask("DELETE", "/users/sign_out", 204)
    assert visitor.get("/users/current", 401) == {"error": "revoked token"}


def test_nestjs(visitor):
    pair = visitor.post("/auth/local/signup", visitor.credentials(), 201)
    assert visitor.post("/auth/local/signup", {}, 400)["statusCode"] == 400
    visitor.post("/auth/local/signin", visitor.credentials(password=OTHER), 401)
    pair = visitor.post("/auth/local/signin", visitor.credentials())
    visitor.headers = {"Authorization": f"Bearer {pair['access_token']}"}
    assert visitor.get("/users/me")["email"] == visitor.email
    second = visitor.post("/auth/refresh", headers={"Authorization": f"Bearer {pair['refresh_token']}"})
    assert second["refresh_token"] != pair["refresh_token"]
    visitor.headers = {"Authorization": f"Bearer {second['access_token']}"}
    assert visitor.post("/auth/logout") is True
    visitor.get("/users/me", 401)
    visitor.post("/auth/refresh", None, 403, headers={"Authorization": f"Bearer {second['refresh_token']}"})


def test_hasura(visitor):
    made = visitor.post("/signup/email-password", visitor.credentials(options={"displayName": "Ada"}))["session"]
    assert len(made["refreshToken"]) == 36 and made["user"]["displayName"] == "Ada"
    visitor.post("/signin/email-password", visitor.credentials(password=OTHER), 401)
    held = visitor.post("/signin/email-password", visitor.credentials())["session"]
    visitor.headers = {"Authorization": f"Bearer {held['accessToken']}"}
    assert visitor.get("/user")["email"] == visitor.email
    claims = claims_of(held["accessToken"])
    assert claims["https://hasura.io/jwt/claims"]["x-hasura-allowed-roles"] == ["me", "user"]
    second = visitor.post("/token", {"refreshToken": held["refreshToken"]})
    assert second["refreshToken"] != held["refreshToken"]
    assert visitor.post("/signout", {"refreshToken": second["refreshToken"]}) == "OK"
    visitor.post("/token", {"refreshToken": second["refreshToken"]}, 401)


def test_allauth(visitor):
    base = "/_allauth/app/v1"
    asked = visitor.get(f"{base}/auth/session", 401)
    assert {"id": "login"} in asked["data"]["flows"]
    visitor.post(f"{base}/auth/signup", visitor.credentials())
    wrong = visitor.post(f"{base}/auth/login", visitor.credentials(password=OTHER), 400)
    assert wrong["errors"][0]["code"] == "email_password_mismatch"
    held = visitor.post(f"{base}/auth/login", visitor.credentials())
    visitor.headers = {"X-Session-Token": held["meta"]["session_token"]}
    assert visitor.get(f"{base}/auth/session")["data"]["user"]["email"] == visitor.email
    assert visitor.ask("DELETE", f"{base}/auth/session", 401)["meta"] == {"is_authenticated": False}
    visitor.get(f"{base}/auth/session", 410)


def test_betterauth(visitor):
    base = "/api/auth"
    assert visitor.get(f"{base}/get-session") is None
    visitor.post(f"{base}/sign-up/email", visitor.credentials(name="Ada"))
    visitor.session.cookies.clear()
    wrong = visitor.post(f"{base}/sign-in/email", visitor.credentials(password=OTHER), 401)
    assert wrong["code"] == "INVALID_EMAIL_OR_PASSWORD"
    visitor.post(f"{base}/sign-in/email", visitor.credentials(rememberMe=False))
    assert visitor.get(f"{base}/get-session")["user"]["email"] == visitor.email
    assert len(visitor.get(f"{base}/list-sessions")) == 2
    visitor.post(f"{base}/revoke-other-sessions")
    (left,) = visitor.get(f"{base}/list-sessions")
    visitor.post(f"{base}/update-user", {"image": "https://example.com/a.png"})
    assert visitor.get(f"{base}/get-session")["user"]["image"] == "https://example.com/a.png"
    assert visitor.post(f"{base}/sign-out") == {"success": True}
    assert visitor.get(f"{base}/get-session") is None


def test_flasksecurity(visitor):
    visitor.post("/register", visitor.credentials(password_confirm=PASSWORD))
    wrong = visitor.post("/login?include_auth_token", visitor.credentials(password=OTHER), 400)
    assert wrong["response"]["field_errors"] == {"password": ["Invalid password"]}
    assert visitor.post("/login", visitor.credentials())["response"]["user"] == {}
    held = visitor.post("/login?include_auth_token", visitor.credentials())["response"]["user"]["authentication_token"]
    visitor.headers = {"Authentication-Token": held}
    assert visitor.get("/login/")["response"]["user"]["email"] == visitor.email
    visitor.post("/reset", {"email": visitor.email})
    visitor.post("/logout")
    visitor.get("/login", 401)


def test_wordpress(visitor):
    visitor.post("/wp-json/wp/v2/users", visitor.credentials(username=visitor.name), 201)
    login = "/wp-json/jwt-auth/v1/token"
    wrong = visitor.post(login, {"username": visitor.name, "password": OTHER}, 403)
    assert wrong["data"] == {"status": 403}
    held = visitor.post(login, {"username": visitor.email, "password": PASSWORD})
    visitor.headers = {"Authorization": f"Bearer {held['token']}"}
    visitor.post(f"{login}/validate")
    key = visitor.post("/wp-json/wp/v2/users/me/application-passwords", {"name": "app"}, 201)
    visitor.headers = {}
    assert visitor.get("/wp-json/wp/v2/users/me", auth=(visitor.name, key["password"]))["slug"] == visitor.name
    visitor.get("/wp-json/wp/v2/users/me", 403, auth=("somebody-else", key["password"]))
    visitor.get("/wp-json/wp/v2/users/me", 401)


def test_taiga_by_its_client(visitor):
    from taiga import TaigaAPI
    from taiga.exceptions import TaigaRestException

    body = visitor.credentials(username=visitor.name, type="public", full_name="Ada")
    visitor.post("/api/v1/auth/register", body, 201)
    client = TaigaAPI(host=visitor.url())
    client.auth(visitor.name, PASSWORD)
    assert client.me().username == visitor.name and client.me().full_name == "Ada"
    with pytest.raises(TaigaRestException):
        TaigaAPI(host=visitor.url()).auth(visitor.name, OTHER)
    assert visitor.post("/api/v1/auth", {"type": "ldap"}, 400)["_error_message"] == "invalid login type"
    pair = visitor.post("/api/v1/auth/refresh", {"refresh": client.token_refresh})
    again = TaigaAPI(host=visitor.url(), token=pair["auth_token"])
    assert again.me().username == visitor.name
    visitor.headers = {"Authorization": f"Bearer {pair['auth_token']}"}
    visitor.post("/api/v1/users/change_password", {"current_password": PASSWORD, "password": OTHER}, 204)
    client.auth(visitor.email, OTHER)


def test_zabbix_by_its_client(visitor):
    from pyzabbix import ZabbixAPI, ZabbixAPIException

    client = ZabbixAPI(visitor.url())
    client.do_request("user.create", {"username": visitor.name, "passwd": PASSWORD, "name": "Ada"})
    client.login(visitor.name, PASSWORD)
    (me,) = client.user.get()
    assert me["username"] == visitor.name and me["name"] == "Ada"
    with pytest.raises(ZabbixAPIException, match="Incorrect user name"):
        ZabbixAPI(visitor.url()).login(visitor.name, OTHER)
    with pytest.raises(ZabbixAPIException, match="Method not found"):
        client.host.get()
    client.user.logout()
    with pytest.raises(ZabbixAPIException, match="re-login"):
        client.user.get()


def test_metabase_by_its_client(visitor):
    from metabase_api import Metabase_API

    visitor.post("/api/user", visitor.credentials(first_name="Ada", last_name="L."))
    client = Metabase_API(visitor.url(), visitor.email, PASSWORD)
    assert client.validate_session() is True
    assert client.get("/api/user/current")["common_name"] == "Ada L."
    with pytest.raises(Exception, match="401"):
        Metabase_API(visitor.url(), visitor.email, OTHER)
    visitor.headers = {"X-Metabase-Session": client.session_id}
    visitor.ask("DELETE", "/api/session", 204)
    assert visitor.get("/api/user/current", 401).text == "Unauthenticated"


def test_lemmy_by_pythorhead(visitor):
    from pythorhead import Lemmy

    body = visitor.credentials(username=visitor.name, password_verify=PASSWORD)
    visitor.post("/api/v3/user/register", body)
    client = Lemmy(visitor.url(), raise_exceptions=True)
    assert client.log_in(visitor.name, PASSWORD)
    assert client.site.get()["my_user"]["local_user_view"]["person"]["name"] == visitor.name
    assert "my_user" not in visitor.get("/api/v3/site")
    with pytest.raises(Exception, match="incorrect_login"):
        Lemmy(visitor.url(), raise_exceptions=True).log_in(visitor.name, OTHER)
    visitor.headers = {"Authorization": f"Bearer {client._requestor._auth.token}"}
    visitor.post("/api/v3/user/logout")
    assert visitor.get("/api/v3/user/validate_auth", 401) == {"error": "incorrect_login"}


def test_thingsboard(visitor):
    visitor.post("/api/noauth/signup", visitor.credentials(firstName="Ada"))
    account = {"username": visitor.email, "password": PASSWORD}
    wrong = visitor.post("/api/auth/login", {**account, "password": OTHER}, 401)
    assert wrong["errorCode"] == 10 and wrong["timestamp"] > 1_600_000_000_000
    pair = visitor.post("/api/auth/login", account)
    assert claims_of(pair["token"])["scopes"] == ["TENANT_ADMIN"]
    visitor.headers = {"X-Authorization": f"Bearer {pair['token']}"}
    assert visitor.get("/api/auth/user")["id"]["entityType"] == "USER"
    second = visitor.post("/api/auth/token", {"refreshToken": pair["refreshToken"]})
    visitor.headers = {"X-Authorization": f"Bearer {second['token']}"}
    assert visitor.get("/api/auth/user")["email"] == visitor.email
    visitor.post("/api/auth/logout")
    visitor.get("/api/auth/user", 401)


def test_aspnet(visitor):
    visitor.post("/register", visitor.credentials())
    taken = visitor.session.post(visitor.url("/register"), json=visitor.credentials())
    assert taken.headers["Content-Type"] == "application/problem+json"
    assert taken.json()["errors"] == {"DuplicateUserName": [f"Username '{visitor.email}' is already taken."]}
    weak = visitor.post("/register", {"email": f"{name()}@example.com", "password": "a"}, 400)
    assert "PasswordTooShort" in weak["errors"]
    assert visitor.post("/login", visitor.credentials(password=OTHER), 401)["detail"] == "Failed"
    held = visitor.post("/login", visitor.credentials())
    visitor.headers = {"Authorization": f"Bearer {held['accessToken']}"}
    assert visitor.get("/manage/info") == {"email": visitor.email, "isEmailConfirmed": False}
    second = visitor.post("/refresh", {"refreshToken": held["refreshToken"]})
    assert second["refreshToken"] != held["refreshToken"]
    token = visitor.mailed("verify")
    thanks = visitor.get("/confirmEmail", params={"code": token, "userId": "someone"}, expected=400)
    assert "InvalidToken" in thanks["errors"]
    visitor.headers = {}
    empty = visitor.post("/login?useCookies=true", visitor.credentials())
    assert empty.content == b"" and ".AspNetCore.Identity.Application" in visitor.session.cookies
    assert visitor.get("/manage/info")["email"] == visitor.email
    visitor.post("/manage/info", {"newPassword": OTHER, "oldPassword": PASSWORD})
    visitor.post("/login", visitor.credentials(password=OTHER))


def test_feathers(visitor):
    made = visitor.post("/users", visitor.credentials(), 201)
    wrong = visitor.post("/authentication", visitor.credentials(strategy="local", password=OTHER), 401)
    assert wrong["className"] == "not-authenticated"
    visitor.post("/authentication", visitor.credentials(strategy="magic"), 400)
    held = visitor.post("/authentication", visitor.credentials(strategy="local"), 201)
    assert held["authentication"]["payload"]["sub"] == made["_id"]
    again = visitor.post("/authentication", {"strategy": "jwt", "accessToken": held["accessToken"]}, 201)
    assert again["user"]["_id"] == made["_id"]
    visitor.headers = {"Authorization": held["accessToken"]}
    assert visitor.get(f"/users/{made['_id']}")["email"] == visitor.email
    visitor.ask("DELETE", "/authentication")
    visitor.get(f"/users/{made['_id']}", 401)


def test_djrestauth(visitor):
    base = "/dj-rest-auth"
    account = {"username": visitor.name, "email": visitor.email, "password1": PASSWORD, "password2": PASSWORD}
    assert len(visitor.post(f"{base}/registration/", account, 201)["key"]) == 40
    said = visitor.post(f"{base}/registration/", {**account, "password2": OTHER}, 400)
    assert "The two password fields didn't match." in str(said)
    visitor.post(f"{base}/login/", {"username": visitor.name, "password": OTHER}, 400)
    for body in ({"username": visitor.name}, {"email": visitor.email}, {"username": "", "email": visitor.email}):
        key = visitor.post(f"{base}/login/", {**body, "password": PASSWORD})["key"]
    visitor.headers = {"Authorization": f"Token {key}"}
    assert visitor.get(f"{base}/user/")["username"] == visitor.name
    visitor.ask("PATCH", f"{base}/user/", files={"first_name": (None, "Ada")})
    assert visitor.get(f"{base}/user/")["first_name"] == "Ada"
    visitor.post(f"{base}/logout/")
    visitor.get(f"{base}/user/", 401)


def test_kratos(visitor):
    flow = visitor.get("/self-service/registration/api")
    body = {"method": "password", "traits": {"email": visitor.email, "name": {"first": "Ada"}}, "password": PASSWORD}
    made = visitor.post(f"/self-service/registration?flow={flow['id']}", body)
    assert made["identity"]["traits"]["name"] == {"first": "Ada", "last": None}
    wrong = {"method": "password", "identifier": visitor.email, "password": OTHER}
    assert visitor.post("/self-service/login?flow=x", wrong, 400)["ui"]["messages"][0]["id"] == 4000006
    held = visitor.post("/self-service/login?flow=x", {**wrong, "password": PASSWORD})
    visitor.headers = {"X-Session-Token": held["session_token"]}
    assert visitor.get("/sessions/whoami")["identity"]["id"] == made["identity"]["id"]
    assert len(visitor.get("/sessions")) == 2
    visitor.ask("DELETE", "/self-service/logout/api", 204, json={"session_token": held["session_token"]})
    visitor.get("/sessions/whoami", 401)

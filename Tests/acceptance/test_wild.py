"""Other well-known APIs, each driven by its own client of PyPI: sign up, sign in, use, refresh, a wrong password, sign out.

A test's name begins with the file in Tests/wild that it drives.
"""

import asyncio

import pytest
import requests

from people import name
from wild import FILES, OTHER, PASSWORD, Visitor


@pytest.mark.parametrize("api", FILES)
def test_it_loads(wild_files, api):
    code, said = wild_files[api]
    assert code == 0, said


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

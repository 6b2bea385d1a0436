"""mattermostdriver of PyPI against the dialect of Mattermost."""

import mailbox
import pytest
import requests
from mattermostdriver import Driver
from mattermostdriver.exceptions import (
    InvalidOrMissingParameters,
    NoAccessTokenProvided,
    NotEnoughPermissions,
    ResourceNotFound,
)

from people import name

PASSWORD = "violet-harbour-77"
OTHER = "copper-lantern-42"


class Member:
    def __init__(self, server, **options):
        self.username = name()
        self.email = f"{self.username}@example.com"
        self.server = server
        self.driver = self.made(login_id=self.email, password=PASSWORD, **options)

    def made(self, **options):
        return Driver(
            {"url": "localhost", "scheme": "http", "port": self.server.ports["mattermost"], "verify": False, **options}
        )

    def register(self, **more):
        body = {"email": self.email, "username": self.username, "password": PASSWORD, **more}
        return self.driver.users.create_user(body)

    def join(self):
        self.user = self.register()
        self.driver.login()
        return self


@pytest.fixture
def member(server):
    return Member(server)


def test_register_sign_in_use_and_sign_out(member):
    made = member.register(nickname="Ada")
    assert len(made["id"]) == 26 and made["username"] == member.username and made["nickname"] == "Ada"
    assert made["create_at"] > 1_600_000_000_000 and made["delete_at"] == 0
    signed_in = member.driver.login()
    assert signed_in["id"] == made["id"] == member.driver.client.userid
    assert len(member.driver.client.token) == 26
    assert member.driver.users.get_user("me")["email"] == member.email
    assert member.driver.users.get_user(made["id"])["username"] == member.username
    assert member.driver.users.get_user_by_username(member.username)["id"] == made["id"]
    assert member.driver.users.get_user_by_email(member.email)["id"] == made["id"]
    token = member.driver.client.token
    assert member.driver.logout() == {"status": "OK"}
    member.driver.client.token = token
    with pytest.raises(NoAccessTokenProvided):
        member.driver.users.get_user("me")


def test_sign_in_by_username_and_by_id(member):
    made = member.register()
    by_name = member.made(login_id=member.username, password=PASSWORD)
    assert by_name.login()["id"] == made["id"]
    answer = requests.post(
        member.server.url("mattermost", "/api/v4/users/login"), json={"id": made["id"], "password": PASSWORD}
    )
    assert answer.status_code == 200 and len(answer.headers["Token"]) == 26


def test_wrong_password(member):
    member.register()
    with pytest.raises(NoAccessTokenProvided) as caught:
        member.made(login_id=member.email, password=OTHER).login()
    with pytest.raises(NoAccessTokenProvided) as stranger:
        member.made(login_id="nobody@example.com", password=OTHER).login()
    assert str(caught.value) == str(stranger.value)


def test_names_and_addresses_are_taken_once(member):
    member.register()
    for change in ({"username": name()}, {"email": f"{name()}@example.com"}):
        with pytest.raises(InvalidOrMissingParameters):
            member.register(**change)
    with pytest.raises(InvalidOrMissingParameters):
        member.register(email=f"{name()}@example.com", username=name(), password="short")


def test_the_content_type_is_bare(member):
    member.join()
    answer = requests.get(
        member.server.url("mattermost", "/api/v4/users/me"),
        headers={"Authorization": f"Bearer {member.driver.client.token}"},
    )
    assert answer.headers["Content-Type"] == "application/json"


def test_update(member):
    member.join()
    assert member.driver.users.patch_user(member.user["id"], {"nickname": "A", "position": "Countess"})["nickname"] == "A"
    assert member.driver.users.patch_user("me", {"first_name": "Ada"})["first_name"] == "Ada"
    assert member.driver.users.get_user("me")["position"] == "Countess"
    other = Member(member.server).join()
    with pytest.raises(NotEnoughPermissions):
        member.driver.users.patch_user(other.user["id"], {"nickname": "mine"})


def test_change_of_password(member):
    member.join()
    other = member.made(login_id=member.email, password=PASSWORD)
    other.login()
    with pytest.raises(InvalidOrMissingParameters):
        member.driver.users.update_user_password("me", {"current_password": "no", "new_password": OTHER})
    said = member.driver.users.update_user_password(
        member.user["id"], {"current_password": PASSWORD, "new_password": OTHER}
    )
    assert said == {"status": "OK"}
    with pytest.raises(NoAccessTokenProvided):
        other.users.get_user("me")
    member.made(login_id=member.email, password=OTHER).login()


def test_reset(member):
    member.join()
    assert member.driver.users.send_password_reset_mail({"email": member.email}) == {"status": "OK"}
    assert member.driver.users.send_password_reset_mail({"email": "nobody@example.com"}) == {"status": "OK"}
    token = mailbox.token(member.server.mail, "reset", member.email)
    assert member.driver.users.reset_password({"token": token, "new_password": OTHER}) == {"status": "OK"}
    with pytest.raises(NoAccessTokenProvided):
        member.driver.users.get_user("me")
    with pytest.raises(InvalidOrMissingParameters):
        member.driver.users.reset_password({"token": token, "new_password": PASSWORD})
    member.made(login_id=member.email, password=OTHER).login()


def test_verify(member):
    member.join()
    assert member.driver.users.send_verification_mail({"email": member.email}) == {"status": "OK"}
    token = mailbox.token(member.server.mail, "verify", member.email)
    assert member.driver.users.verify_user_email({"token": token}) == {"status": "OK"}
    assert member.driver.users.get_user("me")["email_verified"] is True
    with pytest.raises(InvalidOrMissingParameters):
        member.driver.users.verify_user_email({"token": "nonsense"})


def test_sessions(member):
    member.join()
    other = member.made(login_id=member.email, password=PASSWORD)
    other.login()
    listed = member.driver.users.get_user_sessions("me")
    assert len(listed) == 2 and {each["user_id"] for each in listed} == {member.user["id"]}
    assert all(each["expires_at"] > each["create_at"] for each in listed)
    for each in listed:
        if each["create_at"] == max(one["create_at"] for one in listed):
            member.driver.users.revoke_user_session("me", {"session_id": each["id"]})
            break
    with pytest.raises(NoAccessTokenProvided):
        other.users.get_user("me")
    assert len(member.driver.users.get_user_sessions("me")) == 1
    other.login()
    member.driver.users.revoke_all_user_sessions("me")
    for driver in (other, member.driver):
        with pytest.raises(NoAccessTokenProvided):
            driver.users.get_user("me")


def test_personal_access_tokens(member):
    member.join()
    made = member.driver.users.create_user_access_token("me", {"description": "for a script"})
    assert made["user_id"] == member.user["id"] and made["is_active"] is True
    script = member.made(token=made["token"])
    assert script.login()["id"] == member.user["id"]
    listed = member.driver.client.get("/users/me/tokens")
    assert [each["id"] for each in listed] == [made["id"]] and "token" not in listed[0]
    assert member.driver.client.post("/users/tokens/revoke", {"token_id": made["id"]}) == {"status": "OK"}
    with pytest.raises(NoAccessTokenProvided):
        script.users.get_user("me")


def test_users(member):
    member.join()
    other = Member(member.server).join()
    assert member.driver.users.get_user(other.user["id"])["username"] == other.username
    with pytest.raises(ResourceNotFound):
        member.driver.users.get_user_by_username("nobody-of-that-name")
    listed = member.driver.users.get_users({"page": 0, "per_page": 200})
    assert isinstance(listed, list) and all("password" not in each for each in listed)
    assert member.driver.users.get_stats()["total_users_count"] >= 2


def test_a_browser_gets_cookies(member):
    member.register()
    session = requests.Session()
    url = member.server.url("mattermost", "/api/v4/users/login")
    plain = session.post(url, json={"login_id": member.email, "password": PASSWORD})
    assert "Set-Cookie" not in plain.headers
    answer = session.post(
        url, json={"login_id": member.email, "password": PASSWORD}, headers={"X-Requested-With": "XMLHttpRequest"}
    )
    assert {"MMAUTHTOKEN", "MMUSERID"} <= set(answer.cookies.keys())
    assert session.get(member.server.url("mattermost", "/api/v4/users/me")).status_code == 200


def test_it_answers_a_ping(member):
    assert member.driver.client.get("/system/ping")["status"] == "OK"

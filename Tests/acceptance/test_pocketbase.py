"""The PocketBase client of PyPI against the dialect of PocketBase."""

import mailbox
import pytest
from pocketbase import Client
from pocketbase.errors import ClientResponseError

from people import name

PASSWORD = "violet-harbour-77"
OTHER = "copper-lantern-42"


class Visitor:
    """A client of its own, and the address it uses."""

    def __init__(self, server):
        self.client = Client(server.url("pocketbase"))
        self.users = self.client.collection("users")
        self.email = f"{name()}@example.com"

    def register(self, **more):
        body = {"email": self.email, "password": PASSWORD, "passwordConfirm": PASSWORD, **more}
        return self.users.create(body)

    def sign_in(self, password=PASSWORD):
        return self.users.auth_with_password(self.email, password)


@pytest.fixture
def visitor(server):
    return Visitor(server)


def refused(status, call, *arguments):
    with pytest.raises(ClientResponseError) as caught:
        call(*arguments)
    assert caught.value.status == status, caught.value.data
    assert caught.value.data["status"] == status and caught.value.data["message"]
    return caught.value.data["data"]


def test_register_sign_in_use_and_renew(visitor):
    record = visitor.register(name="Ada")
    assert len(record.id) == 15 and record.collection_name == "users" and record.verified is False
    assert visitor.client.auth_store.token == ""
    signed_in = visitor.sign_in()
    assert signed_in.is_valid and signed_in.record.email == visitor.email and signed_in.record.name == "Ada"
    assert visitor.client.auth_store.is_valid and not visitor.client.auth_store.is_superuser
    assert visitor.users.get_one(record.id).email == visitor.email
    before = visitor.client.auth_store.token
    renewed = visitor.users.auth_refresh()
    assert renewed.token != before and visitor.users.get_one(record.id).id == record.id


def test_wrong_password_and_unknown_address_are_alike(visitor):
    visitor.register()
    wrong = refused(400, visitor.sign_in, OTHER)
    stranger = refused(400, visitor.users.auth_with_password, "nobody@example.com", PASSWORD)
    assert wrong == stranger == {}


def test_mistakes_are_named_by_field(visitor):
    said = refused(400, visitor.users.create, {"email": visitor.email, "password": "short", "passwordConfirm": "short"})
    assert said["password"]["code"] == "validation_min_text_constraint"
    said = refused(
        400, visitor.users.create, {"email": visitor.email, "password": PASSWORD, "passwordConfirm": OTHER}
    )
    assert said == {"passwordConfirm": {"code": "validation_values_mismatch", "message": "Values don't match."}}
    said = refused(400, visitor.users.create, {"password": PASSWORD, "passwordConfirm": PASSWORD})
    assert said["email"]["code"] == "validation_required"
    visitor.register()
    assert refused(400, visitor.register)["email"]["code"] == "validation_not_unique"
    assert refused(400, visitor.users.auth_with_password, "", "")["identity"]["code"] == "validation_required"


def test_the_record_is_shown_to_its_owner_only(server, visitor):
    mine = visitor.register()
    refused(404, visitor.users.get_one, mine.id)
    visitor.sign_in()
    other = Visitor(server)
    theirs = other.register()
    refused(404, visitor.users.get_one, theirs.id)
    listed = visitor.users.get_list(1, 30)
    assert [each.id for each in listed.items] == [mine.id] and listed.total_items == 1


def test_update_and_delete(server, visitor):
    record = visitor.register(name="Ada")
    visitor.sign_in()
    changed = visitor.users.update(record.id, {"name": "Ada L.", "emailVisibility": True})
    assert changed.name == "Ada L." and changed.email_visibility is True
    assert visitor.client.auth_store.model.name == "Ada L."
    other = Visitor(server)
    theirs = other.register()
    refused(404, visitor.users.update, theirs.id, {"name": "mine now"})
    refused(404, visitor.users.delete, theirs.id)
    assert visitor.users.delete(record.id) is True
    assert visitor.client.auth_store.token == ""
    refused(400, visitor.sign_in)


def test_another_password_ends_the_sessions(server, visitor):
    record = visitor.register()
    visitor.sign_in()
    said = refused(400, visitor.users.update, record.id, {"password": OTHER, "passwordConfirm": OTHER})
    assert "oldPassword" in said
    refused(
        400, visitor.users.update, record.id, {"oldPassword": "no", "password": OTHER, "passwordConfirm": OTHER}
    )
    other = Visitor(server)
    other.email = visitor.email
    other.sign_in()
    visitor.users.update(record.id, {"oldPassword": PASSWORD, "password": OTHER, "passwordConfirm": OTHER})
    refused(401, other.users.auth_refresh)
    visitor.client.auth_store.clear()
    refused(400, visitor.sign_in)
    assert visitor.sign_in(OTHER).is_valid


def test_reset(server, visitor):
    visitor.register()
    visitor.sign_in()
    assert visitor.users.request_password_reset(visitor.email)
    assert visitor.users.request_password_reset("nobody@example.com")
    token = mailbox.token(server.mail, "reset", visitor.email)
    assert visitor.users.confirm_password_reset(token, OTHER, OTHER)
    refused(401, visitor.users.auth_refresh)
    visitor.client.auth_store.clear()
    assert visitor.sign_in(OTHER).is_valid
    said = refused(400, visitor.users.confirm_password_reset, token, PASSWORD, PASSWORD)
    assert said["token"]["code"] == "validation_invalid_token"


def test_verify(server, visitor):
    visitor.register()
    assert visitor.users.request_verification(visitor.email)
    token = mailbox.token(server.mail, "verify", visitor.email)
    assert visitor.users.confirm_verification(token)
    assert visitor.sign_in().record.verified is True
    refused(400, visitor.users.confirm_verification, "nonsense")


def test_the_token_under_a_scheme_is_taken_as_well(server, visitor):
    import requests

    record = visitor.register()
    token = visitor.sign_in().token
    for value in (token, f"Bearer {token}"):
        answer = requests.get(
            server.url("pocketbase", f"/api/collections/users/records/{record.id}"), headers={"Authorization": value}
        )
        assert answer.status_code == 200


def test_forms_and_files(server, visitor):
    import requests

    url = server.url("pocketbase", "/api/collections/users/records")
    fields = {"email": visitor.email, "password": PASSWORD, "passwordConfirm": PASSWORD}
    assert requests.post(url, data=fields).status_code == 200
    fields["email"] = f"{name()}@example.com"
    answer = requests.post(url, files={key: (None, value) for key, value in fields.items()})
    assert answer.status_code == 200 and answer.json()["email"] == fields["email"]


def test_methods_and_health(server, visitor):
    methods = visitor.users.list_auth_methods()
    assert methods.password.enabled and methods.password.identity_fields == ["email"] and not methods.oauth2.enabled
    assert visitor.client.health.check().code == 200

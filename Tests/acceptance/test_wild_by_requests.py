"""Other well-known APIs whose clients are browsers and apps: driven by requests, as their documents draw it.

A test's name begins with the file in Tests/wild that it drives.
"""

from people import name
from tokens import claims_of
from wild import OTHER, PASSWORD, Visitor


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


def test_grafana(visitor):
    visitor.post("/api/admin/users", visitor.credentials(login=visitor.name, name="Ada"))
    assert visitor.get("/api/user", auth=(visitor.name, PASSWORD))["email"] == visitor.email
    visitor.get("/api/user", 401, auth=(visitor.name, OTHER))
    assert visitor.post("/login", {"user": visitor.name, "password": PASSWORD})["message"] == "Logged in"
    assert visitor.get("/api/user")["login"] == visitor.name
    assert len(visitor.get("/api/user/auth-tokens")) == 1
    answer = visitor.get("/logout", 302)
    assert answer.headers["Location"] == "/login" and "grafana_session" not in visitor.session.cookies
    visitor.get("/api/user", 401)

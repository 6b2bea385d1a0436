"""Makes tokens as an attacker or a broken clock would."""

import base64
import hashlib
import hmac
import json
import time


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def claims_of(token):
    return json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))


def signed(claims, secret, header=None, hash=hashlib.sha256):
    header = header if header is not None else {"alg": "HS256", "typ": "JWT"}
    first = encoded(json.dumps(header, separators=(",", ":")).encode())
    second = encoded(json.dumps(claims, separators=(",", ":")).encode())
    signature = hmac.new(secret.encode(), f"{first}.{second}".encode(), hash).digest()
    return f"{first}.{second}.{encoded(signature)}"


def forgeries(token, secret, others):
    """Name and text of tokens that must be refused, made from a good one."""
    good, now = claims_of(token), int(time.time())
    first, second, third = token.split(".")
    expired = {**good, "exp": now - 60, **({"iat": now - 3660} if "iat" in good else {})}
    yield "no signature", f"{first}.{second}."
    yield "two parts", f"{first}.{second}"
    yield "four parts", f"{token}.{third}"
    yield "a padded signature", token + "="
    yield "a signature cut short", token[:-4]
    yield "claims of another", f"{first}.{encoded(json.dumps({**good, 'email': 'root@example.com'}).encode())}.{third}"
    yield "alg none", signed(good, secret, {"alg": "none", "typ": "JWT"}).rsplit(".", 1)[0] + "."
    yield "alg none, signed", signed(good, secret, {"alg": "none", "typ": "JWT"})
    yield "alg None", f"{encoded(json.dumps({'alg': 'None'}).encode())}.{second}."
    yield "no alg", signed(good, secret, {"typ": "JWT"})
    yield "alg of another type", signed(good, secret, {"alg": 256, "typ": "JWT"})
    yield "HS512 with the same key", signed(good, secret, {"alg": "HS512", "typ": "JWT"}, hashlib.sha512)
    yield "HS384 said, HS256 signed", signed(good, secret, {"alg": "HS384", "typ": "JWT"})
    yield "RS256 said, the secret used", signed(good, secret, {"alg": "RS256", "typ": "JWT"})
    yield "an empty key", signed(good, "")
    yield "another key", signed(good, secret + "x")
    yield (
        "a key in the header",
        signed(good, "attacker", {"alg": "HS256", "typ": "JWT", "jwk": {"kty": "oct", "k": encoded(b"attacker")}}),
    )
    yield "a kid with a path", signed(good, "", {"alg": "HS256", "typ": "JWT", "kid": "../../dev/null"})
    yield "a jku", signed(good, "x", {"alg": "HS256", "typ": "JWT", "jku": "http://127.0.0.1:1/keys"})
    yield "expired, well signed", signed(expired, secret)
    yield "the same second expired", signed({**good, "exp": now - 1}, secret)
    yield "issued in the future", signed({**good, "iat": now + 86400, "exp": now + 2 * 86400}, secret)
    yield "valid claims never issued", signed({**good, "exp": now + 3000, "iat": now - 7, "jti": "x"}, secret)
    if "jti" not in good:
        # Where the token names its session, whoever holds the secret can mint for a session they have seen.
        yield "a longer life", signed({**good, "exp": good["exp"] + 365 * 86400}, secret)
    yield "exp as text", signed({**good, "exp": "9999999999"}, secret)
    yield "exp enormous", signed({**good, "exp": 10**300}, secret)
    yield "exp negative", signed({**good, "exp": -1}, secret)
    yield "no exp", signed({name: value for name, value in good.items() if name != "exp"}, secret)
    yield "claims that are a list", signed([1, 2], secret)
    yield "claims of nothing", signed({}, secret)
    yield "a claim twice", duplicated(good, secret)
    yield "empty parts", ".."
    yield "a dot", "."
    yield "spaces in it", token[:30] + " " + token[30:]
    yield "another alphabet", token.replace("-", "+").replace("_", "/") + "+/"
    yield "enormous", "a" * 6000
    yield "enormous, three parts", "a" * 2000 + "." + "b" * 2000 + "." + "c" * 2000
    yield "quotes and braces", '{"$ne":""}'
    yield "SQL", "' OR '1'='1"
    yield "percent", "%00%ff"
    for kind, text in others.items():
        yield kind, text


def duplicated(claims, secret):
    first = encoded(b'{"alg":"HS256","typ":"JWT"}')
    text = json.dumps(claims, separators=(",", ":"))[:-1] + ',"exp":9999999999}'
    second = encoded(text.encode())
    signature = hmac.new(secret.encode(), f"{first}.{second}".encode(), hashlib.sha256).digest()
    return f"{first}.{second}.{encoded(signature)}"

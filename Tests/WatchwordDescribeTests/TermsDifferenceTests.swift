import Foundation
import Testing
import WatchwordCore
import WatchwordDescribe
import WatchwordDialect

/// Each change is made to the examples of the language's reference, which use every section.
@Suite("What a client could notice of other terms")
struct TermsDifferenceTests {
    /// What is written instead of what, and what is said of it and of its undoing.
    struct Change: CustomTestStringConvertible, Sendable {
        var old: String
        var new: String
        var line: String
        var undone: String
        var testDescription: String { line }
    }

    static let changes: [Change] = [
        // Accounts
        Change(
            old: "login: [email, username]", new: "login: [username, email]",
            line: "behaviour   users.login: is tried in another order",
            undone: "behaviour   users.login: is tried in another order"),
        Change(
            old: "login: [email, username]", new: "login: [email]",
            line: "breaking    users.login: nobody signs in by username",
            undone: "compatible  users.login: people sign in by username"),
        Change(
            old: "roles: [customer, clerk]\n  administrators: [clerk]",
            new: "roles: [customer, clerk, owner]\n  administrators: [clerk, owner]",
            line: "compatible  users.administrators: `owner` may see others",
            undone: "breaking    users.administrators: `owner` may not see others"),
        Change(
            old: "administrators: [clerk]", new: "administrators: [clerk]\n  users_see_users: true",
            line: "compatible  users.users_see_users: everybody may see others",
            undone: "breaking    users.users_see_users: not everybody may see others"),
        Change(
            old: "roles: [customer, clerk]", new: "roles: [customer, clerk, owner]",
            line: "compatible  users.roles: `owner` is new", undone: "behaviour   users.roles: `owner` is gone"),
        Change(
            old: "roles: [customer, clerk]", new: "roles: [visitor, customer, clerk]",
            line: "behaviour   users.roles: a new account is `visitor`",
            undone: "behaviour   users.roles: a new account is `customer`"),
        Change(
            old: "default: dark, max: 40", new: "default: dark, max: 30",
            line: "breaking    users.fields: `theme` has at most 30 characters, had 40",
            undone: "compatible  users.fields: `theme` has at most 40 characters, had 30"),
        Change(
            old: "default: dark, max: 40", new: "default: light, max: 40",
            line: "behaviour   users.fields: `theme` begins as \"light\"",
            undone: "behaviour   users.fields: `theme` begins as \"dark\""),
        Change(
            old: "newsletter: {type: bool, default: false}",
            new: "newsletter: {type: bool, default: false}\n    size: {type: int}",
            line: "compatible  users.fields: `size` is new", undone: "behaviour   users.fields: `size` is gone"),
        Change(
            old: "newsletter: {type: bool, default: false}", new: "newsletter: {type: string, default: \"\"}",
            line: "breaking    users.fields: `newsletter` is a string",
            undone: "breaking    users.fields: `newsletter` is a bool"),
        Change(
            old: "require: [email]", new: "require: [email]\n  require_verified: true",
            line: "behaviour   users.require_verified: signing in needs a verified address",
            undone: "behaviour   users.require_verified: signing in needs no verified address"),
        Change(
            old: "require: [email]", new: "require: [email]\n  open: false",
            line: "behaviour   users.open: strangers may not sign up",
            undone: "behaviour   users.open: strangers may sign up"),
        // Passwords
        Change(
            old: "password: {min: 10, max: 128}", new: "password: {min: 10, max: 128, classes: 3}",
            line: "breaking    password.classes: needs characters of 3 classes, needed 0",
            undone: "compatible  password.classes: needs characters of 0 classes, needed 3"),
        Change(
            old: "password: {min: 10, max: 128}", new: "password: {min: 10, max: 128, classes: [digit]}",
            line: "breaking    password.classes: needs a character of `digit`",
            undone: "compatible  password.classes: needs no character of `digit`"),
        Change(
            old: "password: {min: 10, max: 128}", new: "password: {min: 10, max: 64}",
            line: "breaking    password.max: 64 characters, was 128",
            undone: "compatible  password.max: 128 characters, was 64"),
        Change(
            old: "password: {min: 10, max: 128}", new: "password: {min: 10, max: 128, common: allow}",
            line: "compatible  password.common: common passwords are taken",
            undone: "breaking    password.common: common passwords are refused"),
        // Tokens
        Change(
            old: "session: {max: 30d}", new: "session: {max: 12h}",
            line: "behaviour   session.max: 12 hours, was 30 days",
            undone: "behaviour   session.max: 30 days, was 12 hours"),
        Change(
            old: "verify:  {ttl: 24h}", new: "verify:  {ttl: 24h, send: on_request}",
            line: "behaviour   tokens.verify.send: is mailed only when it is asked for",
            undone: "behaviour   tokens.verify.send: is mailed at sign-up"),
        Change(
            old: "reset:   {ttl: 1h}", new: "reset:   {ttl: 1h, bytes: 24}",
            line: "behaviour   tokens.reset: is written in another way",
            undone: "behaviour   tokens.reset: is written in another way"),
        Change(
            old: "reset:   {ttl: 1h}", new: "reset:   {ttl: 90s}",
            line: "behaviour   tokens.reset.ttl: 90 seconds, was 1 hour",
            undone: "behaviour   tokens.reset.ttl: 1 hour, was 90 seconds"),
        Change(
            old: "use: rotate, reuse_grace: 5s", new: "use: reuse",
            line: "behaviour   tokens.refresh.use: stays the same until its end",
            undone: "breaking    tokens.refresh.use: is exchanged for a new one"),
        Change(
            old: "encoding: base62}", new: "encoding: base62, ttl: 90d}",
            line: "behaviour   api_keys: keys are made in another way",
            undone: "behaviour   api_keys: keys are made in another way"),
        // What is outside accounts
        Change(
            old: "attempts: 10/5m, ", new: "attempts: 5/5m, ",
            line: "behaviour   limits.attempts: 5 in 5 minutes, was 10 in 5 minutes",
            undone: "behaviour   limits.attempts: 10 in 5 minutes, was 5 in 5 minutes"),
        Change(
            old: ", mailbox: 3/1h", new: "", line: "behaviour   limits.mailbox: the server's own, was 3 in 1 hour",
            undone: "behaviour   limits.mailbox: 3 in 1 hour, was the server's own"),
        Change(
            old: "slash: optional\n", new: "", line: "breaking    slash: a slash at the end of a path matters",
            undone: "compatible  slash: a slash at the end of a path is ignored"),
        Change(
            old: "https://shop.example\"]}", new: "https://shop.example\"], credentials: true}",
            line: "compatible  cors.credentials: pages elsewhere may use cookies",
            undone: "breaking    cors.credentials: pages elsewhere may not use cookies"),
        Change(
            old: "{origins: [\"https://shop.example\"]}", new: "{origins: [\"https://till.example\"]}",
            line: "breaking    cors: `https://shop.example` may not read answers",
            undone: "breaking    cors: `https://till.example` may not read answers"),
        Change(
            old: "users:\n", new: "accept: {opaque: {until: 2030-01-01}}\nusers:\n",
            line: "compatible  accept.opaque: those of before are taken",
            undone: "breaking    accept.opaque: those of before are not taken"),
        Change(
            old: "users:\n", new: "accept: {tokens: {key: main, claims: {iss: old}, until: 2030-01-01}}\nusers:\n",
            line: "compatible  accept.tokens: those under `main` are taken",
            undone: "breaking    accept.tokens: those under `main` are not taken"),
    ]

    private func lines(_ old: String, _ new: String) throws -> [String] {
        DialectDifference(from: try dialect(old), to: try dialect(new)).text.split(separator: "\n").map(String.init)
    }

    @Test("is told with its weight, and so is going back", arguments: changes)
    func change(change: Change) throws {
        let text = LanguageExamples.file
        let place = try #require(text.range(of: change.old), "`\(change.old)` is in no example")
        let changed = text.replacingCharacters(in: place, with: change.new)
        let told = try lines(text, changed)
        #expect(told.contains(change.line), "\(told)")
        let undone = try lines(changed, text)
        #expect(undone.contains(change.undone), "\(undone)")
    }

    @Test("on which tokens of before are taken is told where they still are, and a sunset that is moved")
    func accepted() throws {
        let with = { (accept: String) in "accept: {\(accept)}\n" + LanguageExamples.file }
        let token = { (until: String) in with("tokens: {key: main, claims: {iss: old}, until: \(until)}") }
        #expect(
            try lines(token("2030-01-01"), token("2031-01-01")) == [
                "behaviour   accept.tokens: those under `main` are taken on other terms"
            ])
        let opaque = { (until: String) in with("opaque: {until: \(until)}") }
        #expect(
            try lines(opaque("2030-01-01"), opaque("2029-01-01")) == [
                "breaking    accept.opaque: until 2029-01-01T00:00:00Z"
            ])
        #expect(
            try lines(opaque("2029-01-01"), opaque("2030-01-01")) == [
                "compatible  accept.opaque: until 2030-01-01T00:00:00Z"
            ])
    }
}

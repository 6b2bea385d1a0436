import WatchwordCore

/// What an operation of a document most likely is, by the words of its path and name and by what it reads.
struct OperationGuess {
    private let words: Set<String>
    private let members: Set<String>
    private let method: String
    private let hasParameter: Bool

    init(_ operation: OpenAPIDocument.Operation, members: [String]) {
        method = operation.method
        hasParameter = operation.path.hasSuffix("}")
        self.members = Set(members.map(DraftNames.plain))
        let names = [operation.path, operation.value["operationId"]?.string ?? ""]
        words = Set(names.flatMap(DraftNames.words))
    }

    private func says(_ wanted: String...) -> Bool { wanted.contains(where: words.contains) }
    private func reads(_ wanted: String...) -> Bool { wanted.contains(where: members.contains) }
    private var hasPassword: Bool {
        reads("password", "passwd", "newpassword", "password1", "newpassword1") || reads("pass", "secret")
    }
    private var hasHandle: Bool { reads("email", "username", "login", "identity", "identifier", "user", "loginid") }
    private var hasToken: Bool { reads("token", "code", "key", "resettoken", "verificationtoken", "otp") }
    private var hasOldPassword: Bool { reads("currentpassword", "oldpassword") }

    /// Nothing where it is none of ours.
    var operation: Operation? {
        if says("jwks") { return .keySet }
        if says("introspect", "introspection") { return .introspect }
        return keys ?? sessions ?? links ?? people
    }

    private var keys: Operation? {
        guard says("apikey", "apikeys") || says("api") && says("key", "keys") else { return nil }
        switch method {
        case "GET" where !hasParameter: return .listAPIKeys
        case "DELETE": return .revokeAPIKey
        case "POST": return says("rotate") ? .rotateAPIKey : says("revoke") ? .revokeAPIKey : .createAPIKey
        default: return nil
        }
    }

    private var sessions: Operation? {
        if says("refresh", "renew") { return reads("refreshtoken", "refresh") ? .refresh : .renew }
        if says("logout", "signout") || says("log", "sign") && says("out") { return .signOut }
        if says("sessions", "session") {
            if method == "GET", !hasParameter, says("sessions") { return .listSessions }
            if method == "DELETE" { return hasParameter ? .revokeSession : .signOut }
        }
        return nil
    }

    private var links: Operation? {
        if hasOldPassword { return method == "PATCH" && hasHandle ? .updateAccount : .changePassword }
        if says("forgot", "forgotten", "recover", "recovery"), !hasPassword { return .requestReset }
        if says("reset") { return hasPassword ? .resetPassword : hasHandle ? .requestReset : nil }
        if says("verify", "verification", "confirm", "confirmation", "activate", "activation") {
            return hasToken || method == "GET" ? .verifyEmail : hasHandle ? .requestVerification : nil
        }
        return nil
    }

    private var people: Operation? {
        if method == "POST" {
            if hasPassword || members.isEmpty,
                says("register", "signup", "registration") || says("sign") && says("up")
            {
                return .signUp
            }
            if hasPassword,
                says("login", "signin", "token", "tokens", "authenticate", "session", "sessions", "auth")
                    || says("sign", "log") && says("in")
            {
                return hasHandle ? .signIn : nil
            }
            if hasPassword, hasHandle, says("users", "user", "accounts", "account") { return .signUp }
        }
        if says("me", "profile", "whoami", "userinfo", "current", "self"), !hasParameter {
            switch method {
            case "GET": return .whoAmI
            case "PATCH", "PUT": return .updateAccount
            case "DELETE": return .deleteAccount
            default: return nil
            }
        }
        if method == "GET", says("users", "accounts") { return hasParameter ? .getUser : .listUsers }
        return nil
    }
}

enum DraftNames {
    /// `newPassword`, `new_password` and `new-password` as one.
    static func plain(_ name: String) -> String {
        name.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    /// The words of a path or an identifier, by what stands between them and by its humps.
    static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var isHump = false
        for character in text {
            // A run of capitals is one word: `userAPIKey` has two humps.
            let begins = character.isUppercase && !isHump
            isHump = character.isUppercase
            if begins || !(character.isLetter || character.isNumber) {
                if !word.isEmpty { words.append(word.lowercased()) }
                word = ""
            }
            if character.isLetter || character.isNumber { word.append(character) }
        }
        return words + (word.isEmpty ? [] : [word.lowercased()])
    }
}

import WatchwordCore

/// One thing that `watchword dialect new` asks, with its answer if nobody gives one.
public struct Question: Sendable {
    public var name: String
    public var words: String
    public var standing: String
    /// The answers there are; empty for any text.
    public var choices: [String] = []

    /// What is wrong with an answer; nothing if it can be used.
    public func mistake(_ answer: String) -> String? {
        if !choices.isEmpty, !choices.contains(answer) {
            return "`\(answer)` is none of \(choices.map { "`\($0)`" }.joined(separator: ", "))"
        }
        switch name {
        case "name":
            let fits = answer.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
                default: false
                }
            }
            return fits && (1...64).contains(answer.utf8.count) && !answer.hasPrefix(".")
                ? nil : "a name is 1 to 64 letters, digits, `-`, `_` and `.`, and begins with no dot"
        case "prefix":
            let fits =
                answer.isEmpty || DraftNames.isPath(answer) && !answer.hasSuffix("/") && !answer.contains("{")
            return fits ? nil : "a prefix begins with a slash and ends without one: `/api/auth`"
        case "access_ttl", "refresh_ttl":
            let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
            guard let unit = answer.last.flatMap({ units[$0] }), let count = Int64(answer.dropLast()),
                answer.utf8.dropLast().allSatisfy({ (0x30...0x39).contains($0) })
            else { return "a lifetime is a number and `s`, `m`, `h` or `d`: `30m`" }
            return (1...Lifetime.never.seconds / unit).contains(count)
                ? nil : "a lifetime is more than nothing and at most 36500 days"
        default: return nil
        }
    }

    private static let yesNo = ["yes", "no"]

    public static let all: [Question] = [
        Question(name: "name", words: "What is the API called?", standing: "my-api"),
        Question(name: "prefix", words: "What do its paths begin with?", standing: "/auth"),
        Question(
            name: "login", words: "What do people sign in with?", standing: "email",
            choices: ["email", "username", "either"]),
        Question(
            name: "ids", words: "What do ids look like?", standing: "uuid",
            choices: ["uuid", "int", "cuid", "objectid", "hex32"]),
        Question(
            name: "names", words: "How are members written?", standing: "snake_case",
            choices: ["snake_case", "camelCase"]),
        Question(
            name: "body", words: "What does the sign-in take?", standing: "json", choices: ["json", "form", "both"]),
        Question(
            name: "token", words: "What is an access token?", standing: "jwt", choices: ["jwt", "opaque"]),
        Question(name: "access_ttl", words: "How long does it last?", standing: "30m"),
        Question(
            name: "refresh", words: "How does a client get the next one?", standing: "rotate",
            choices: ["rotate", "reuse", "renew", "none"]),
        Question(name: "refresh_ttl", words: "How long does a refresh token last?", standing: "7d"),
        Question(
            name: "verify", words: "Is a verification mail sent?", standing: "yes", choices: yesNo),
        Question(name: "reset", words: "Can a forgotten password be reset?", standing: "yes", choices: yesNo),
        Question(name: "api_keys", words: "Are there API keys?", standing: "no", choices: yesNo),
        Question(
            name: "errors", words: "What does an error look like?", standing: "message",
            choices: ["message", "detail", "code", "list", "problem"]),
        Question(
            name: "wrong_password", words: "Which status has a wrong password?", standing: "401",
            choices: ["401", "400", "403", "422"]),
    ]
}

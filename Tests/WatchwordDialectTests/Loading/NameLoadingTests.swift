import Testing
import WatchwordCore
import WatchwordDialect

/// Every name that a reply can give, by the operation that has it: members, and how filters write them.
@Suite("Names in replies")
struct NameLoadingTests {
    private enum Kind { case text, number, flag, time, list }

    /// A root, an operation that gives it, its members with their kinds, and how its item is reached.
    private static let roots: [(root: String, operation: Operation, each: String?, members: [(String, Kind)])] = [
        (
            "user", .whoAmI, nil,
            [
                ("id", .text), ("email", .text), ("username", .text), ("name", .text), ("role", .text),
                ("theme", .text), ("active", .flag), ("email_verified", .flag), ("usage_count", .number),
                ("usage_limit", .number), ("created_at", .time), ("updated_at", .time),
            ]
        ),
        ("access", .signIn, nil, token), ("refresh", .signIn, nil, token), ("ticket", .createTicket, nil, token),
        ("session", .whoAmI, nil, session), ("it", .listSessions, "sessions", session),
        ("api_key", .createAPIKey, nil, key + [("secret", .text)]), ("it", .listAPIKeys, "api_keys", key),
        ("agent", .getAgent, nil, agent), ("it", .listAgents, "agents", agent),
        ("it", .listUsers, "users", [("id", .text), ("theme", .text), ("active", .flag), ("created_at", .time)]),
        (
            "request", .static, nil,
            [
                ("base_url", .text), ("path", .text), ("method", .text), ("url", .text), ("id", .text),
                ("time", .time),
            ]
        ),
    ]
    private static let token: [(String, Kind)] = [
        ("token", .text), ("expires_in", .number), ("expires_in_ms", .number), ("ttl", .number),
        ("expires_at", .time), ("issued_at", .time),
    ]
    private static let session: [(String, Kind)] = [
        ("id", .text), ("address", .text), ("device", .text), ("method", .text), ("user_agent", .text),
        ("created_at", .time), ("expires_at", .time), ("current", .flag),
    ]
    private static let key: [(String, Kind)] = [
        ("id", .text), ("name", .text), ("hint", .text), ("agent_id", .text), ("active", .flag),
        ("created_at", .time), ("expires_at", .time), ("last_used_at", .time),
    ]
    private static let agent: [(String, Kind)] = [
        ("id", .text), ("name", .text), ("address", .text), ("version", .text), ("online", .flag), ("shared", .flag),
        ("created_at", .time), ("last_seen_at", .time), ("connected_at", .time),
    ]
    private static let problem: [(String, Kind)] = [
        ("field", .text), ("code", .text), ("message", .text), ("rule", .text), ("path", .text), ("type", .text),
        ("value", .text), ("loc", .list), ("min", .number), ("max", .number),
    ]
    private static let error: [(String, Kind)] = [
        ("code", .text), ("message", .text), ("id", .text), ("retry_after", .number), ("status", .number),
    ]
    private static let paging: [(String, Kind)] = [
        ("total", .number), ("count", .number), ("limit", .number), ("offset", .number), ("page", .number),
        ("pages", .number), ("per_page", .number), ("next_page", .number), ("prev_page", .number),
        ("next_offset", .number), ("prev_offset", .number), ("has_more", .flag), ("next_url", .text),
        ("prev_url", .text), ("links", .text),
    ]

    private func granted(_ operation: Operation, _ body: String) -> [String] {
        Tiny.messages(
            OperationLoadingTests.sections, routes: OperationLoadingTests.route(operation, body: body))
    }

    private func refused(_ body: String) -> [String] {
        Tiny.messages("errors: {error: {status: 400, body: \(body)}}")
    }

    /// What every filter says of a fact of that kind.
    private func check(_ name: String, _ kind: Kind, _ told: (String) -> [String]) {
        #expect(told("$\(name)") == [], "$\(name)")
        for filter in Filter.allCases {
            let writesTimes =
                filter.rawValue.hasPrefix("iso") || ["sql", "sql_ms", "epoch", "epoch_ms"].contains(filter.rawValue)
            let nature: String? =
                switch filter {
                case .lower, .upper: kind == .text ? nil : "text"
                case .integer: kind == .time || kind == .list ? "numbers" : nil
                default: writesTimes && kind != .time ? "times" : nil
                }
            let expected = nature.map { ["the filter `\(filter.rawValue)` writes \($0), and `$\(name)` is none"] } ?? []
            #expect(told("{m: $\(name)|\(filter.rawValue)}") == expected, "$\(name)|\(filter.rawValue)")
        }
        let inText = told("\"<${\(name)}>\"")
        #expect(
            inText == (kind == .list ? ["`${\(name)}` inside text must be a single value"] : []), "${\(name)}")
    }

    @Test("each member is one, and filters write it as its kind allows", arguments: 0..<12)
    func members(index: Int) {
        let (root, operation, each, members) = Self.roots[index]
        for (member, kind) in members {
            check("\(root).\(member)", kind) { body in
                granted(operation, each.map { "{$each: $\($0), do: \(body)}" } ?? body)
            }
        }
    }

    @Test("so are those of refusals, of the problems in one, and of a part of a list")
    func refusals() {
        for (member, kind) in Self.error { check("error.\(member)", kind) { refused($0) } }
        for (member, kind) in Self.problem {
            check("it.\(member)", kind) { refused("{$each: $errors, do: \($0)}") }
        }
        for (name, kind) in Self.paging { check(name, kind) { granted(.listUsers, $0) } }
        check("keys", .list) { granted(.keySet, $0) }
        check("active", .flag) { granted(.introspect, $0) }
    }

    @Test("another member is unknown, told with the one that was meant", arguments: 0..<12)
    func unknown(index: Int) {
        let (root, operation, each, members) = Self.roots[index]
        func told(_ member: String) -> [String] {
            granted(operation, each.map { "{$each: $\($0), do: $it.\(member)}" } ?? "$\(root).\(member)")
        }
        let owner = each == "users" ? "user" : root
        #expect(told("zzzz_none") == ["`$\(owner)` has no `zzzz_none`"])
        for (member, _) in members where member.count > 5 && !member.hasPrefix("usage") {
            #expect(told(member + "x") == ["`$\(owner)` has no `\(member)x` (did you mean `\(member)`?)"])
        }
    }

    @Test("a root needs a member, and a bare name has none")
    func bare() {
        #expect(granted(.whoAmI, "$user") == ["`$user` needs a member, as in `$user.id`"])
        #expect(granted(.signIn, "$access") == ["`$access` needs a member, as in `$access.token`"])
        #expect(granted(.createTicket, "$ticket") == ["`$ticket` needs a member, as in `$ticket.token`"])
        #expect(granted(.static, "$request") == ["`$request` needs a member, as in `$request.base_url`"])
        #expect(refused("$error") == ["`$error` needs a member, as in `$error.message`"])
        #expect(refused("{$each: $errors, do: $it}") == ["`$it` needs a member, as in `$it.message`"])
        #expect(granted(.listUsers, "{$each: $users, do: $it}") == ["`$it` needs a member, as in `$it.id`"])
        #expect(granted(.listUsers, "$total.count") == ["`$total` has no `count`"])
        #expect(granted(.listUsers, "$users") == ["`$users` is a list: write {$each: $users, do: ...}"])
        #expect(granted(.listUsers, "$it.id") == ["nothing called `$it` here"])
        #expect(
            granted(.listAPIKeys, "{$each: $api_keys, do: $it.secret}") == [
                "a key's secret has a name only where the key is made"
            ])
    }
}

import Testing
import WatchwordCore
import WatchwordDialect

/// Every bound of the language at both its ends, and one step beyond them.
@Suite("Bounds of what a dialect can say")
struct BoundLoadingTests {
    private func isRead(_ sections: String, routes: String = "") -> Bool {
        Tiny.messages(sections, routes: routes).isEmpty
    }

    @Test(
        "A whole number has a least and a most, and what is beyond is told both",
        arguments: [
            ("password: {min: N, max: 1024}", 1, 128), ("password: {min: 1, max: N}", 1, 1_024),
            ("password: {classes: N}", 1, 4), ("users: {fields: {city: {type: string, max: N}}}", 1, 65_536),
            ("tokens: {access: {kind: opaque, ttl: 1h, bytes: N}}", 16, 256),
            ("limits: {attempts: {count: N, per: 1d}}", 1, 1_000_000), ("api_keys: {bytes: N}", 20, 256),
            ("api_keys: {usage_limit: N}", 1, 2_147_483_647),
            ("keys: {main: {alg: HS256, env: KEY, min_bytes: N, verify_only: true}}", 1, 1_024),
            ("errors: {error: {status: 400}, not_found: {status: N}}", 200, 599),
            ("sockets: {/ws: {do: connect_user, auth: user, max_message: N}}", 64, 1_048_576),
            ("sockets: {/ws: {do: connect_user, auth: user, refused: {http: N}}}", 400, 599),
        ] as [(String, Int64, Int64)])
    func numbers(_ section: String, _ least: Int64, _ most: Int64) {
        func messages(_ number: Int64) -> [String] { Tiny.messages(section.replacing("N", with: String(number))) }
        #expect(messages(least) == [])
        #expect(messages(most) == [])
        for number in [least - 1, most + 1, -1, .max] {
            let told = messages(number)
            #expect(told.count == 1)
            #expect(told.first?.hasSuffix(" must be \(least) to \(most), not \(number)") == true, "\(told)")
        }
        for other in ["1.5", "true", "[1]", "ten", "'10'", "1_0", "0x10", "1e2"] {
            #expect(!isRead(section.replacing("N", with: other)), "\(other)")
        }
    }

    @Test("A length beside an alphabet has a most, and enough of it is asked for")
    func lengths() {
        func id(_ length: Int) -> [String] {
            Tiny.messages("users: {id: {alphabet: abcdefghijklmnop, length: \(length)}}")
        }
        // Four bits a letter: an id needs 40 bits.
        #expect(id(9).first?.contains("they need 40 bits, and have 36") == true)
        #expect(id(10) == [] && id(128) == [])
        #expect(id(129).first?.contains("1 to 128") == true)
        func token(_ length: Int) -> [String] {
            Tiny.messages(
                "tokens: {access: {kind: opaque, ttl: 1h, alphabet: abcdefghijklmnop, length: \(length)}}")
        }
        #expect(token(27) == ["a token of 108 bits can be guessed: it needs 112"])
        #expect(token(28) == [] && token(512) == [])
        #expect(token(513).first?.contains("1 to 512") == true)
        func key(_ length: Int) -> [String] {
            Tiny.messages("api_keys: {alphabet: abcdefghijklmnop, length: \(length)}")
        }
        #expect(key(27) == ["a key of 108 bits can be guessed: it needs 112"])
        #expect(key(28) == [])
    }

    @Test(
        "A lifetime is a whole number and a unit, more than nothing and at most a century",
        arguments: [
            ("1s", 1), ("59s", 59), ("2m", 120), ("3h", 10_800), ("1d", 86_400), ("36500d", 3_153_600_000),
            ("3153600000s", 3_153_600_000), ("876000h", 3_153_600_000), ("007m", 420),
        ] as [(String, Int64)])
    func lifetimes(_ written: String, _ seconds: Int64) throws {
        let dialect = try Tiny.dialect("tokens: {access: {kind: opaque, ttl: \(written)}}")
        #expect(dialect.terms.access.lifetime == .seconds(seconds))
    }

    @Test(
        "What is no such lifetime is refused",
        arguments: [
            "0s", "0d", "36501d", "3153600001s", "876001h", "9223372036854775807d", "9223372036854775808s", "60", "1.5",
            "1.5h", "1w", "1S", "s", "''", "'-1s'", "'+1s'", "' 1s'", "'1 s'", "1s1m", "1ms", "'１s'", "true", "[1s]",
            "$none",
        ])
    func noLifetimes(_ written: String) {
        #expect(!isRead("tokens: {access: {kind: opaque, ttl: \(written)}}"))
    }

    @Test("Nothing is a lifetime only of an overlap or a grace, and a century only of what may be without an end")
    func lifetimeEnds() {
        #expect(isRead("api_keys: {overlap: 0s}"))
        #expect(!isRead("api_keys: {ttl: 0s}"))
        #expect(!isRead("session: {max: 0d}"))
        #expect(isRead("session: {max: never}"))
        #expect(isRead("api_keys: {ttl: never}"))
        #expect(!isRead("api_keys: {overlap: never}"))
        #expect(!isRead("limits: {attempts: {count: 5, per: never}}"))
        #expect(!isRead("limits: {attempts: {count: 5, per: 0s}}"))
    }

    @Test(
        "A rate is so many in a span, in one of two ways",
        arguments: [
            ("10/5m", 10, 300), ("1/s", 1, 1), ("1000000/1d", 1_000_000, 86_400), ("3/h", 3, 3_600),
            ("{count: 7, per: 2h}", 7, 7_200),
        ] as [(String, Int64, Int64)])
    func rates(_ written: String, _ count: Int64, _ seconds: Int64) throws {
        let dialect = try Tiny.dialect("limits: {mailbox: \(written)}")
        #expect(dialect.terms.limits.mailbox == LimitTerms.Rate(count, in: .seconds(seconds)))
    }

    @Test(
        "What is no rate is refused",
        arguments: [
            "10", "'10'", "0/5m", "-1/5m", "1000001/5m", "'+5/5m'", "10/", "/5m", "10/5", "10/0m", "10/5m/2", "ten/m",
            "10/never", "10 / 5m", "10/36501d", "{count: 0, per: 1m}", "{count: 1}", "{per: 1m}", "[10, 5m]",
        ])
    func noRates(_ written: String) {
        #expect(!isRead("limits: {mailbox: \(written)}"))
    }

    @Test(
        "Texts that go into tokens, paths and headings have a most",
        arguments: [
            ("api_keys: {prefix: N}", 32), ("tokens: {access: {kind: opaque, ttl: 1h, prefix: N}}", 32),
            ("users: {id: {alphabet: abcdefghijklmnop, length: 20, prefix: N}}", 32),
            ("pages: {agent: N, agents: b}", 32),
            ("pages: {agent: b, agents: N}", 32), ("pages: {name: N}", 60),
        ])
    func texts(_ section: String, _ most: Int) {
        #expect(isRead(section.replacing("N", with: String(repeating: "a", count: most))))
        #expect(!isRead(section.replacing("N", with: String(repeating: "a", count: most + 1))))
        for bad in ["'a/b'", "'a\u{200B}b'", "'a\u{7}b'", "\"a\\nb\"", "[a]", "7"] {
            // A heading may have a slash.
            if section.hasPrefix("pages: {name"), bad == "'a/b'" { continue }
            #expect(!isRead(section.replacing("N", with: bad)), "\(bad)")
        }
    }

    @Test("A close code is one that an endpoint may send (RFC 6455 section 7.4)")
    func closeCodes() {
        let allowed = Set([1_000, 1_001, 1_002, 1_003] + (1_007...1_014) + (3_000...4_999))
        for code in [999, 1_015, 1_016, 2_999, 5_000] + (1_000...1_014) + [3_000, 3_999, 4_000, 4_999] {
            let section = "sockets: {/ws: {do: connect_user, auth: user, close_when: {silent: \(code)}}}"
            #expect(isRead(section) == allowed.contains(code), "\(code)")
        }
    }

    @Test(
        "A field's name is a word, and no name that every account has",
        arguments: [
            ("city", true), ("_x", true), ("a1_B", true), ("1a", false), ("a-b", false), ("a.b", false), ("é", false),
            ("email", false), ("id", false), ("created_at", false), ("usage_limit", false), ("created", true),
        ])
    func fieldNames(_ name: String, _ isOne: Bool) {
        #expect(isRead("users: {fields: {'\(name)': {type: string}}}") == isOne)
    }

    @Test(
        "A field begins as a value of its type, or null",
        arguments: [
            ("string", "x", true), ("string", "7", false), ("string", "null", true), ("int", "7", true),
            ("int", "'7'", false), ("int", "7.5", false), ("bool", "true", true), ("bool", "1", false),
            ("json", "{a: [1]}", true), ("json", "null", true), ("string", "[x]", false),
        ])
    func fieldDefaults(_ type: String, _ initial: String, _ fits: Bool) {
        #expect(isRead("users: {fields: {city: {type: \(type), default: \(initial)}}}") == fits)
    }

    @Test("A field's default is as long as it may be, and no longer")
    func longDefault() {
        #expect(isRead("users: {fields: {city: {type: string, max: 3, default: abc}}}"))
        #expect(!isRead("users: {fields: {city: {type: string, max: 2, default: abc}}}"))
        #expect(!isRead("users: {fields: {city: {type: int, max: 2}}}"))
    }

    @Test(
        "A setting is what its variable says, read strictly",
        arguments: [
            ("{env: V, default: 5, unit: m}", "7", 420), ("{env: V, default: 5, unit: m}", "90s", 90),
            ("{env: V, default: 10m}", "7", 7), ("{env: V, default: 5, unit: d}", "36500", 3_153_600_000),
            ("{env: V, default: 5, unit: d}", "36501", nil), ("{env: V, default: 5, unit: m}", "+7", nil),
            ("{env: V, default: 5, unit: m}", "7.0", nil), ("{env: V, default: 5, unit: m}", "0s", nil),
            ("{env: V, default: 5, unit: m}", "", nil), ("{env: V, default: 5, unit: m}", "7 ", nil),
        ] as [(String, String, Int64?)])
    func settings(_ setting: String, _ value: String, _ seconds: Int64?) throws {
        let sections = "settings: {ttl: \(setting)}\ntokens: {access: {kind: opaque, ttl: $ttl}}"
        let loading = Dialect.load(text: Tiny.text(sections), file: "tiny") { $0 == "V" ? value : nil }
        #expect(loading.dialect?.terms.access.lifetime == seconds.map { .seconds($0) })
    }
}

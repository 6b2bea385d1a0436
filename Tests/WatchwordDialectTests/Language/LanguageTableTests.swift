import Testing
import WatchwordCore
import WatchwordDialect

/// The tables are what the loader, the reference and the JSON Schema go by, so what they say must be so.
@Suite("The tables of the language")
struct LanguageTableTests {
    @Test("Every mapping can be loaded as the tests have it", arguments: LanguagePlace.all)
    func sound(place: LanguagePlace) throws { #expect(place.messages() == []) }

    @Test("A key that no table has is unknown, in the table's own words", arguments: LanguagePlace.all)
    func unknown(place: LanguagePlace) {
        let messages = place.messages([("nonesuch_key", "1")])
        #expect(
            messages.contains { $0.hasPrefix("unknown \(place.table.noun) `nonesuch_key`") }, "\(messages)")
    }

    @Test("A key that is nearly one of the table's is told so", arguments: LanguagePlace.all)
    func nearly(place: LanguagePlace) throws {
        for key in place.table.names where key.utf8.count > 5 {
            let messages = place.messages([(key + "x", "1")])
            #expect(messages.contains { $0.contains("`\(key)`") && $0.hasPrefix("unknown ") }, "\(key): \(messages)")
        }
    }

    @Test("A key that is required is asked for by name where it is missing", arguments: LanguagePlace.all)
    func required(place: LanguagePlace) {
        for key in place.table.keys where key.isRequired {
            let messages = place.messages(without: key.name)
            #expect(messages.contains { $0.contains("`\(key.name)") }, "\(key.name): \(messages)")
        }
    }

    /// Words in place of a value, and what says more than its absence: a socket's refusal that names its close code
    /// has one of its own.
    private static let told = ["any of them", "everything that can", "1008", "[email]", "[]"]

    @Test("What holds where a key is not written is what the table says", arguments: LanguagePlace.all)
    func standing(place: LanguagePlace) throws {
        let isJWT = place.members.contains { $0.text == "jwt" }
        for key in place.table.keys {
            guard let standing = key.standing, !Self.told.contains(standing), (key.name == "closed") == isJWT else {
                continue
            }
            // A random text is of bytes or of an alphabet, and a length is of the second alone.
            let written = try place.dialect([(key.name, standing)])
            #expect(written == (try place.dialect()), "\(key.name): \(standing)")
        }
    }

    @Test(
        "A key with a value of its own is told from one that is left out",
        arguments: [
            ("users", "open", "false"), ("users", "require", "[email, username]"), ("password", "min", "9"),
            ("password", "max", "127"),
            ("session", "max", "91d"), ("tokens.access", "bytes", "33"), ("tokens.access", "encoding", "hex"),
            ("tokens.refresh", "reuse_grace", "1s"), ("api_keys", "bytes", "31"), ("api_keys", "encoding", "base62"),
            ("api_keys", "overlap", "1s"), ("api_keys", "shown", "always"), ("api_keys", "bind", "agent"),
            ("accept.tokens.*", "subject", "uid"), ("accept.tokens.*", "names", "email"),
            ("cors", "credentials", "true"),
            ("reply.cookies.*", "http_only", "false"), ("reply.cookies.*", "same_site", "strict"),
            ("reply.cookies.*", "secure", "always"), ("reply.cookies.*", "path", "/a"),
            ("sockets.*", "max_message", "65535"),
            ("sockets.*.auth", "within", "11s"), ("users.fields.*", "max", "1023"), ("users.fields.*", "default", "x"),
            ("keys.*.rotate", "overlap", "6d"), ("pages", "agent", "server"),
        ])
    func other(place: String, key: String, value: String) throws {
        let place = try #require(LanguagePlace.of(place).first)
        let written = try place.dialect([(key, value)])
        let standing = try place.dialect()
        #expect(written != standing)
    }

    // MARK: The tables themselves

    private static let tables: [LanguageTable] = {
        var tables: [LanguageTable] = []
        func visit(_ form: LanguageForm) {
            switch form {
            case .table(let table):
                guard !tables.contains(where: { $0.place == table.place && $0.names == table.names }) else { return }
                tables.append(table)
                for key in table.keys { visit(key.form) }
            case .map(let form, _), .choices(let form, _), .oneOrMore(let form): visit(form)
            case .either(let forms): for form in forms { visit(form) }
            default: break
            }
        }
        visit(.table(Language.file))
        return tables
    }()

    @Test("Each key is told once, in a sentence without its full stop, and says what holds if it is not required")
    func sentences() {
        #expect(Self.tables.count > 30)
        for table in Self.tables {
            #expect(Set(table.names).count == table.names.count, "\(table.place)")
            for key in table.keys {
                #expect(key.meaning.first.map { $0.isUppercase || $0 == "`" } == true, "\(key.name)")
                #expect(!key.meaning.hasSuffix("."), "\(key.name)")
                #expect(!key.isRequired || key.standing == nil, "\(table.place).\(key.name) is required")
                #expect(key.meaning.filter { $0 == "`" }.count.isMultiple(of: 2), "\(table.place).\(key.name)")
                #expect(key.meaning.filter { $0 == "(" }.count == key.meaning.filter { $0 == ")" }.count, "\(key.name)")
            }
        }
    }

    @Test("Every table that a file can reach is tried by these tests, but for those that hang on others")
    func tried() {
        let known = Set(LanguagePlace.all.map(\.table.place))
        let untried = Self.tables.map(\.place).filter { !known.contains($0) }
        #expect(untried.sorted() == ["", "mail", "mail.*", "tokens"])
    }

    @Test("The tables have every case of the types that they name")
    func complete() {
        func choices(_ table: LanguageTable, _ key: String) -> [String]? {
            switch table.keys.first(where: { $0.name == key })?.form {
            case .choice(let all)?, .oneOrMore(.choice(let all))?: all
            case .choices(_, let all)?: all
            default: nil
            }
        }
        #expect(choices(Language.route, "do") == Operation.allCases.map(\.rawValue))
        #expect(choices(Language.route, "take") == MediaType.allCases.map(\.rawValue))
        #expect(choices(Language.file, "errors") == RefusalCode.allCases.map(\.rawValue))
        #expect(choices(Language.file, "messages") == InputRule.allCases.map(\.rawValue))
        #expect(choices(Language.file, "times")?.contains("epoch_ms") == true)
        #expect(choices(Language.file, "times")?.contains("lower") == false, "only filters that write moments")
        #expect(choices(Language.key, "alg") == SigningAlgorithm.allCases.map(\.rawValue))
        #expect(choices(Language.carrier, "takes") == PresentedCredential.Kind.allCases.map(\.rawValue))
        #expect(choices(Language.socket, "do") == Socket.Operation.allCases.map(\.rawValue))
    }
}

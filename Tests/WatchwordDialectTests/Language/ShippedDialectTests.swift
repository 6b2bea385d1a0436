import Testing
import WatchwordCore
import WatchwordDialect

@Suite("The shipped dialects")
struct ShippedDialectTests {
    @Test("load", arguments: Shipped.names)
    func load(name: String) throws {
        #expect(try Shipped.dialect(name).name == name)
    }

    @Test("their canonical form is JSON, and is itself a dialect that loads to the same", arguments: Shipped.names)
    func canonical(name: String) throws {
        let dialect = try Shipped.dialect(name)
        let text = dialect.canonicalJSON
        guard case .success(let value) = JSON.parse(Array(text.utf8)) else {
            Issue.record("no JSON: \(text)")
            return
        }
        #expect(value["name"] == .string(name))
        let again = Dialect.load(text: text, file: "\(name).json") { _ in nil }
        #expect(again.dialect == dialect, "\(again.diagnostics.map(\.description).joined(separator: "\n"))")
        #expect(again.dialect?.canonicalJSON == text)
    }

    @Test("every refusal that a route can meet is answered, with a status of refusals", arguments: Shipped.names)
    func totality(name: String) throws {
        let dialect = try Shipped.dialect(name)
        let compiled = CompiledDialect(dialect)
        for code in OperationSignature.everywhere { try answer(code, on: nil, compiled) }
        for route in compiled.routes {
            let codes =
                route.operation.signature.refusals + OperationSignature.everywhere
                + (route.route.carriers == nil ? [] : OperationSignature.authentication)
            for code in codes { try answer(code, on: route, compiled) }
        }
        // No code of the ledger is without words, whether an operation is known to end in it or not.
        for code in RefusalCode.allCases { try answer(code, on: nil, compiled) }
    }

    private func answer(_ code: RefusalCode, on route: CompiledRoute?, _ compiled: CompiledDialect) throws {
        let place = "\(compiled.dialect.name) \(route?.route.pathText ?? "") \(code.rawValue)"
        let mapping = try #require(compiled.dialect.mapping(of: code, on: route?.route), "\(place)")
        #expect((400...599).contains(mapping.status), "\(place)")
        let problem = InputProblem(.email, .required)
        let refusal = Refusal(code, problems: [problem], retryAfter: 3, faultID: "f1")
        let response = compiled.reply(refused: refusal, route: route, in: ReplyContext(baseURL: "https://auth.example"))
        #expect(response.status == mapping.status, "\(place)")
        guard case .success(.object(let members)) = JSON.parse(response.body) else {
            Issue.record("\(place): \(String(decoding: response.body, as: UTF8.self))")
            return
        }
        #expect(
            members.map(\.name) == [
                ["aethermind", "authspec", "vsay"].contains(compiled.dialect.name) ? "error" : "detail"
            ])
    }

    @Test("every route that acts for somebody asks for a credential", arguments: Shipped.names)
    func authenticated(name: String) throws {
        for route in try Shipped.dialect(name).routes {
            #expect(!route.operation.signature.acts || route.carriers?.isEmpty == false, "\(route.pathText)")
        }
    }

    @Test("notes name the choices that are legal but risky")
    func notes() throws {
        func notes(_ name: String) throws -> [String] { try Shipped.load(name).diagnostics.map(\.message) }
        #expect(
            try notes("aethermind").contains(
                "no route lets a user rotate or revoke an API key; only hosted pages and the operator can"))
        for name in ["aethermind", "chatops", "stratify", "vsay"] {
            #expect(
                try notes(name).contains("no route lets a user end a session; only hosted pages and the operator can"))
        }
        #expect(
            try !notes("authspec").contains(
                "no route lets a user end a session; only hosted pages and the operator can"))
        #expect(try notes("vsay").contains { $0.hasPrefix("the API key is shown again whenever asked") })
        #expect(try notes("vsay").contains { $0.hasPrefix("token in a query string") })
        #expect(try notes("vsay").contains { $0.hasPrefix("passwords under 8 characters") })
    }
}

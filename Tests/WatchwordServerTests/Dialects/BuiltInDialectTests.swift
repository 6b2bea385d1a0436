import Foundation
import Testing
import WatchwordCore
import WatchwordDialect

@testable import WatchwordServer

/// The repository's root.
let repository = #filePath.components(separatedBy: "/Tests/WatchwordServerTests/")[0]

@Suite("The dialects that the binary carries")
struct BuiltInDialectTests {
    @Test("they are the files of Dialects/, byte for byte")
    func embedded() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: repository + "/Dialects").filter {
            FileManager.default.fileExists(atPath: "\(repository)/Dialects/\($0)/dialect.yaml")
        }
        #expect(Set(names) == Set(BuiltInDialect.all.map(\.name)))
        for builtIn in BuiltInDialect.all {
            let file = try String(
                contentsOfFile: "\(repository)/Dialects/\(builtIn.name)/dialect.yaml", encoding: .utf8)
            #expect(builtIn.text == file, "\(builtIn.name): run scripts/embed-dialects")
        }
    }

    @Test("each has a port of its own")
    func ports() {
        #expect(Set(BuiltInDialect.all.map(\.port)).count == BuiltInDialect.all.count)
    }

    @Test(
        "each gets a line to try that names a route of it and quotes safely", arguments: BuiltInDialect.all.map(\.name))
    func tryLine(name: String) throws {
        let reading = try DialectReading(.builtIn(name), environment: RealmEnvironment([:], realm: name))
        let line = try #require(TryLine.text(reading.dialect, baseURL: "http://localhost:1"))
        let route = try #require(reading.dialect.routes.first { $0.operation == .signUp })
        #expect(line.hasPrefix("curl -X \(route.method) http://localhost:1\(route.pathText) "))
        #expect(line.filter { $0 == "'" }.count % 2 == 0)
    }

    @Test("a line to try fills nested members and forms")
    func nestedTryLine() {
        var dialect = Dialect(name: "x", version: "1", summary: "")
        var route = Route(method: "POST", path: [.literal("join")], operation: .signUp, reply: Reply(status: 200))
        route.media = [.json]
        route.bindings = [
            Binding(.email, [.body(["user", "mail"])]), Binding(.password, [.body(["user", "secret"])]),
            Binding(.name, [.query("name")]),
        ]
        dialect.routes = [route]
        #expect(
            TryLine.text(dialect, baseURL: "http://h")
                == "curl -X POST http://h/join -H 'Content-Type: application/json' -d "
                + #"'{"user":{"mail":"ada@example.com","secret":"correct horse battery staple"}}'"#)
        dialect.routes[0].media = [.form]
        dialect.routes[0].bindings = [Binding(.identity, [.body(["username"])])]
        #expect(
            TryLine.text(dialect, baseURL: "http://h") == "curl -X POST http://h/join -d 'username=ada@example.com'")
        dialect.routes = []
        #expect(TryLine.text(dialect, baseURL: "http://h") == nil)
    }
}

@Suite("The variables of a realm")
struct RealmEnvironmentTests {
    @Test("the realm's own name wins over the plain one, and no other realm's is seen")
    func precedence() {
        let variables = ["JWT_SECRET": "plain", "MY_SHOP__JWT_SECRET": "own", "OTHER__SECRET_KEY": "x"]
        let environment = RealmEnvironment(variables, realm: "my-shop")
        #expect(environment["JWT_SECRET"] == "own")
        #expect(environment.find("JWT_SECRET")?.name == "MY_SHOP__JWT_SECRET")
        #expect(RealmEnvironment(variables, realm: "vsay")["JWT_SECRET"] == "plain")
        #expect(environment["SECRET_KEY"] == nil)
    }
}

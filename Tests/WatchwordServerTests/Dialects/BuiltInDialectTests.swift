import Foundation
import Testing
import WatchwordBuiltIn
import WatchwordCore
import WatchwordDescribe
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

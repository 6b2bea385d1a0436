import Foundation
import Testing
import WatchwordBuiltIn
import WatchwordCore
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordServer

@Suite("What stops a start", .timeLimit(.minutes(15)))
struct StartFailureTests {
    /// The failure that opening gives; an issue if there is none.
    func failure(
        _ change: (inout Configuration, TemporaryDirectory) throws -> Void = { _, _ in },
        environment: [String: String] = [:], in directory: TemporaryDirectory? = nil
    ) async throws -> StartFailure {
        let directory = try directory ?? TemporaryDirectory()
        var configuration = try RunningServer.configuration(in: directory)
        try change(&configuration, directory)
        let given = configuration
        return try await #require(throws: StartFailure.self) {
            _ = try await Instance(given, environment: environment)
        }
    }

    @Test("a secret one byte too short, under either name, names the variable and not the secret")
    func shortSecret() async throws {
        let secret = String(repeating: "k", count: 31)
        for name in ["JWT_SECRET", "AETHERMIND__JWT_SECRET"] {
            let found = try await failure(environment: [name: secret])
            #expect(found.exit == .configuration)
            #expect(found.headline.contains("\(name) has 31 bytes") && found.headline.contains("at least 32"))
            #expect(!found.description.contains(secret))
        }
    }

    @Test("a longer algorithm asks for a longer secret")
    func longerAlgorithm() async throws {
        let environment = ["JWT_ALGORITHM": "HS512", "JWT_SECRET_KEY": String(repeating: "k", count: 63)]
        #expect(try await failure(environment: environment).headline.contains("at least 64"))
    }

    @Test("a short secret is found before anything is made")
    func nothingMade() async throws {
        let directory = try TemporaryDirectory()
        _ = try await failure(environment: ["JWT_SECRET": "short"], in: directory)
        #expect(!FileManager.default.fileExists(atPath: directory.file("data")))
    }

    @Test("a dialect with mistakes shows them all, with their places")
    func badDialect() async throws {
        let found = try await failure { configuration, directory in
            let path = directory.file("bad.yaml")
            let good = try #require(BuiltInDialect.all.first { $0.name == "authspec" }).text
            let bad = good.replacingOccurrences(of: "do: me", with: "do: mee")
                .replacingOccurrences(of: "do: logout", with: "do: lgout")
            try bad.write(toFile: path, atomically: true, encoding: .utf8)
            configuration.realms[0].first.location = .file(path)
        }
        #expect(found.exit == .data)
        #expect(found.details.contains { $0.contains("bad.yaml:") && $0.contains("did you mean `me`?") })
        #expect(found.details.contains { $0.contains("did you mean `logout`?") })
    }

    @Test("a file in the place of the data directory is said, and left alone")
    func fileInTheWay() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("data")
        try "mine".write(toFile: path, atomically: true, encoding: .utf8)
        let found = try await failure(in: directory)
        #expect(found.exit == .cannotCreate)
        #expect(found.headline.contains(path))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
    }

    @Test("a damaged database is named, and left alone")
    func damaged() async throws {
        let directory = try TemporaryDirectory()
        try FileManager.default.createDirectory(atPath: directory.file("data"), withIntermediateDirectories: true)
        let path = directory.file("data/watchword.db")
        let damage = String(repeating: "not a database ", count: 500)
        try damage.write(toFile: path, atomically: true, encoding: .utf8)
        let found = try await failure(in: directory)
        #expect(found.exit == .data)
        #expect(found.headline.contains("watchword.db"))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == damage)
    }

    @Test("a lost secret of a realm with accounts is not replaced in silence; of one without, it is made")
    func lostSecret() async throws {
        let directory = try TemporaryDirectory()
        let configuration = try RunningServer.configuration(in: directory)
        let first = try await Instance(configuration, environment: [:])
        let made = try await first.realm("authspec").administration.create(
            .init(email: "ada@example.com", password: Secret("correct horse battery")))
        #expect(made.output != nil)
        try await first.close()
        try FileManager.default.removeItem(atPath: directory.file("data/secrets/stratify-seal"))
        try await Instance(configuration, environment: [:]).close()
        try FileManager.default.removeItem(atPath: directory.file("data/secrets/authspec-seal"))
        let found = try await failure(in: directory)
        #expect(found.exit == .configuration)
        #expect(found.headline.contains("authspec-seal"))
        #expect(!FileManager.default.fileExists(atPath: directory.file("data/secrets/authspec-seal")))
    }

    @Test("a signing key that came from a variable is not replaced in silence once it has signed for somebody")
    func lostVariable() async throws {
        let directory = try TemporaryDirectory()
        let configuration = try RunningServer.configuration(in: directory)
        let given = ["AUTHSPEC__JWT_SECRET": String(repeating: "k", count: 32)]
        let first = try await Instance(configuration, environment: given)
        try await first.settleKeyOrigins(given)
        // Nobody has an account: there is nothing to lose.
        try await first.settleKeyOrigins([:])
        let made = try await first.realm("authspec").administration.create(
            .init(email: "ada@example.com", password: Secret("correct horse battery")))
        #expect(made.output != nil)
        let found = try await #require(throws: StartFailure.self) { try await first.settleKeyOrigins([:]) }
        #expect(found.exit == .configuration)
        #expect(found.headline.contains("`authspec`") && found.headline.contains("JWT_SECRET"))
        try await first.settleKeyOrigins(given)
        try FileManager.default.removeItem(atPath: directory.file("data/secrets/authspec-key-main.variable"))
        try await first.settleKeyOrigins([:])
        try await first.close()
    }

    @Test("everything in the data directory is its owner's alone")
    func privacy() async throws {
        let directory = try TemporaryDirectory()
        try await Instance(try RunningServer.configuration(in: directory), environment: [:]).close()
        let root = directory.file("data")
        let files = try FileManager.default.subpathsOfDirectory(atPath: root).map { root + "/" + $0 } + [root]
        #expect(files.count > 10)
        for file in files {
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
            #expect(try #require(mode) & 0o077 == 0, "\(file)")
        }
    }

    @Test("a port that is taken ends the start with the realm and the port, and nothing else in the log")
    func portTaken() async throws {
        let directory = try TemporaryDirectory()
        let other = try TemporaryDirectory()
        try await RunningServer.with(try RunningServer.configuration(in: directory)) { server in
            var second = try RunningServer.configuration(in: other)
            second.realms[1].address.port = server.ports["vsay"] ?? 0
            let given = second
            let found = try await #require(throws: StartFailure.self) {
                try await RunningServer.with(given) { _ in }
            }
            #expect(found.exit == .unavailable)
            #expect(found.headline.contains("realm `chatops`") && found.headline.contains("in use"))
        }
    }

    @Test("a command has to say which of several realms it means")
    func whichRealm() async throws {
        let directory = try TemporaryDirectory()
        let instance = try await Instance(try RunningServer.configuration(in: directory), environment: [:])
        let unnamed = #expect(throws: StartFailure.self) { _ = try instance.realm(nil) }
        #expect(unnamed?.mend == "add --realm with one of aethermind, chatops, vsay, authspec, stratify")
        let wrong = #expect(throws: StartFailure.self) { _ = try instance.realm("vasy") }
        #expect(wrong?.headline.contains("did you mean `vsay`?") == true)
        #expect(try instance.realm("vsay").name == "vsay")
        try await instance.close()
    }
}

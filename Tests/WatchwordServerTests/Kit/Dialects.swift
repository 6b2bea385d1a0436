import Foundation
import WatchwordBuiltIn
import WatchwordTestKit

@testable import WatchwordServer

/// Dialect files of a test's own, made from the built-in `authspec`.
enum Variant {
    static var first: String { BuiltInDialect.all.first { $0.name == "authspec" }?.text ?? "" }

    /// The same API under `/v2`, with tokens that name their session and answers in another shape.
    static var second: String {
        first.replacingOccurrences(of: " /api/", with: " /v2/")
            .replacingOccurrences(of: "name: authspec", with: "name: second")
            .replacingOccurrences(of: "iat: $iat, exp: $exp}", with: "iat: $iat, exp: $exp, jti: $jti}")
            .replacingOccurrences(of: "{error: Unauthorized}", with: "{detail: Who are you}")
    }

    /// The same API, where people may also sign in by a username.
    static func withUsernames(_ text: String) -> String {
        text.replacingOccurrences(of: "login: [email]", with: "login: [email, username]")
            .replacingOccurrences(
                of: "{email: email, password: password}",
                with: "{email: email, username: username, password: password}")
    }

    static func write(_ text: String, _ name: String, in directory: TemporaryDirectory) throws -> String {
        let path = directory.file(name)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }
}

extension RunningServer {
    /// One realm, `app`, as a configuration says; paths as they are.
    static func configuration(_ text: String, in directory: TemporaryDirectory) throws -> Configuration {
        var configuration = try Configuration.load(bytes: Array(text.utf8), file: "watchword.yaml")
        configuration.dataDirectory = directory.file("data")
        configuration.admin?.port = 0
        configuration.hashing.memoryKiB = 64
        configuration.hashing.iterations = 1
        configuration.hashing.lanes = 1
        return configuration
    }
}

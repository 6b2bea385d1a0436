import Foundation
import WatchwordCore

/// A key pair, its public half as a JWK and its tokens, made by other implementations.
struct TokenFixture: Decodable, Sendable, CustomStringConvertible {
    var alg: String
    /// The same key as PKCS#8, and as PKCS#1 or SEC 1 where there is such a form.
    var `private`: [String]
    var `public`: String
    var jwk: [String: String]
    var thumbprint: String
    /// Names its key.
    var token: String
    /// Names none.
    var nameless: String

    var description: String { alg }
    var algorithm: SigningAlgorithm? { SigningAlgorithm(rawValue: alg) }

    static let claims: [Value.Member] = [
        .init("sub", .string("1")), .init("name", .string("Zoë")), .init("iat", .int(1_767_225_600)),
    ]

    static let all: [TokenFixture] = {
        let path = Fixtures.folder + "/tokens.json"
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        return (try? JSONDecoder().decode([TokenFixture].self, from: data)) ?? []
    }()

    static func of(_ algorithm: SigningAlgorithm) -> TokenFixture? { all.first { $0.algorithm == algorithm } }
}

enum Fixtures {
    static let folder =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/")
        + "/Fixtures"
}

import WatchwordCore
import WatchwordCrypto
import WatchwordDialect

/// The secrets of one realm: those its variables give, and the rest made at the first start and kept in files.
struct RealmKeys: Sendable {
    /// The signing keys by the dialect's names.
    var signing: [String: SigningKey]
    /// What the realm seals and derives with.
    var seal: Secret

    /// Throws `StartFailure` if a variable's secret is too short, or if a file cannot be used.
    init(
        _ dialect: Dialect, realm: String, environment: RealmEnvironment, directory: DataDirectory,
        random: any RandomSource
    ) throws {
        signing = [:]
        for key in dialect.keys {
            let minimum = max(key.minimumBytes, key.algorithm.minimumBytes)
            let secret =
                try Self.given(key, minimum: minimum, environment)
                ?? Self.kept("\(realm)-key-\(key.name)", bytes: max(minimum, 64), directory, random)
            signing[key.name] = SigningKey(algorithm: key.algorithm, secret: secret)
        }
        seal = try SecretFile.load(Self.sealFile(of: realm, in: directory), bytes: 32, random: random)
    }

    static func sealFile(of realm: String, in directory: DataDirectory) -> String {
        "\(directory.secrets)/\(realm)-seal"
    }

    /// The secret that the contract's variable holds; nothing if it is not set.
    static func given(
        _ key: KeySpecification, minimum: Int, _ environment: RealmEnvironment
    ) throws -> Secret? {
        guard let variable = key.environment, let (name, value) = environment.find(variable) else { return nil }
        guard value.utf8.count >= minimum else {
            throw StartFailure(
                .configuration,
                "the secret in \(name) has \(value.utf8.count) bytes, and \(key.algorithm.rawValue) needs at least "
                    + "\(minimum) (RFC 7518 section 3.2)",
                mend: "set \(name) to a longer secret, such as the output of `openssl rand -hex \(max(32, minimum))`, "
                    + "or leave it unset: a random one is then made and kept in the data directory")
        }
        return Secret(value)
    }

    private static func kept(
        _ name: String, bytes: Int, _ directory: DataDirectory, _ random: any RandomSource
    ) throws -> Secret {
        try SecretFile.load(directory.secrets + "/" + name, bytes: bytes, random: random)
    }
}

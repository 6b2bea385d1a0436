import FoundationEssentials
import WatchwordCore
import WatchwordCrypto
import WatchwordDialect

/// The keys of one realm: those its variables give, and the rest made at the first start. Secrets made are kept in
/// files; key pairs made are kept in the database, where every process of the realm finds them.
struct RealmKeys: Sendable {
    /// Shared secrets and old issuers' keys, by the dialect's names: as they are until the process ends.
    var fixed: [String: KeyRing] = [:]
    /// The realm's key pairs.
    var rings: [KeyRingTerms] = []
    /// What the realm seals and derives with.
    var seal: Secret

    /// The keys of every dialect that the realm speaks.
    /// Throws `StartFailure` if a variable's key cannot be used, or `Fault` if a file cannot be.
    init(_ reading: RealmReading, directory: DataDirectory, random: any RandomSource) throws {
        let realm = reading.configuration.name
        seal = try SecretFile.load(Self.sealFile(of: realm, in: directory), bytes: 32, random: random)
        let terms = reading.dialects.map(\.dialect.terms)
        for key in reading.keys {
            let given = try key.given(by: reading.environment)
            if key.verifiesOnly {
                fixed[key.name] = try given.map { try KeyRing($0, name: key.name, isForeign: true) }
            } else if key.algorithm.isSymmetric {
                let path = "\(directory.secrets)/\(realm)-key-\(key.name)"
                let keys = try given ?? [key.kept(in: path, random)]
                fixed[key.name] = try KeyRing(keys, name: key.name)
            } else {
                rings.append(
                    KeyRingTerms(
                        name: key.name, algorithm: key.algorithm, given: given ?? [],
                        isAwaited: given == nil
                            && FileManager.default.fileExists(
                                atPath: Self.variableNote(of: key.name, realm: realm, in: directory)),
                        every: key.rotation?.every,
                        overlap: key.rotation?.overlap ?? KeyRotation.usualOverlap,
                        longestToken: terms.map { $0.longestToken(signedWith: key.name) }.max() ?? .seconds(0)))
            }
        }
    }

    /// The file that says that a key came from a variable, and from which.
    static func variableNote(of key: String, realm: String, in directory: DataDirectory) -> String {
        "\(directory.secrets)/\(realm)-key-\(key).variable"
    }

    static func sealFile(of realm: String, in directory: DataDirectory) -> String {
        "\(directory.secrets)/\(realm)-seal"
    }
}

extension KeyRotation {
    /// How long a key that an operator asks for is published before it signs, where the dialect says nothing:
    /// longer than verifiers keep a key set.
    static let usualOverlap = Lifetime.hours(24)
}

extension KeySpecification {
    /// The random secret kept in a file, made if there is none.
    fileprivate func kept(in path: String, _ random: any RandomSource) throws -> SigningKey {
        let bytes = max(minimumBytes, algorithm.minimumBytes, 64)
        return SigningKey(algorithm: algorithm, secret: try SecretFile.load(path, bytes: bytes, random: random))
    }
}

extension Terms {
    /// The longest that a token signed with that key can be good.
    fileprivate func longestToken(signedWith key: String) -> Lifetime {
        let formats = [(access.format, access.lifetime)] + (refresh.map { [($0.format, $0.lifetime)] } ?? [])
        let lifetimes = formats.compactMap { format, lifetime -> Lifetime? in
            guard case .jwt(key, _, _) = format else { return nil }
            return min(lifetime, session.maximum)
        }
        return lifetimes.max() ?? .seconds(0)
    }
}

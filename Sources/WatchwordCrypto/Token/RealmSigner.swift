import Synchronization
import WatchwordCore
import WatchwordEngine

/// JWTs in compact form (RFC 7515) signed with a realm's keys: HMAC, RSA, ECDSA and Ed25519 (RFC 7518, RFC 8037).
///
/// The name that the caller gives chooses the ring, and the ring the algorithm. A token's header may name one key of
/// that ring; for the rest it is only checked to say the same.
public final class RealmSigner: TokenSigner {
    /// Shared secrets stay as they are until the process ends, so reading them takes no lock.
    private let fixed: [String: KeyRing]
    private let rotating: Mutex<[String: KeyRing]>

    /// The longest token looked at, in bytes.
    public static let maximumBytes = 8_192

    /// The rings by name. Those of shared secrets stay, those of key pairs may be replaced.
    public init(rings: [String: KeyRing]) {
        let isFixed = { (ring: KeyRing) in ring.keys.allSatisfy { $0.algorithm.isSymmetric } && !ring.keys.isEmpty }
        fixed = rings.filter { isFixed($0.value) }
        rotating = Mutex(rings.filter { !isFixed($0.value) })
    }

    /// One key for each name. Throws `keyMissing` for a key that its algorithm cannot use.
    public convenience init(keys: [String: SigningKey]) throws {
        self.init(
            rings: try Dictionary(
                uniqueKeysWithValues: keys.map { name, key in (name, try KeyRing([key], name: name)) }))
    }

    /// Puts other keys in the place of a ring of key pairs, at once for every token signed or verified from now on.
    public func replace(_ name: String, with ring: KeyRing) { rotating.withLock { $0[name] = ring } }

    private func ring(_ name: String) -> KeyRing? { fixed[name] ?? rotating.withLock { $0[name] } }

    public func sign(_ claims: [Value.Member], with key: String) throws -> Secret {
        guard let signing = ring(key)?.signing else {
            throw Fault(.keyMissing, "there is no signing key named \(key)")
        }
        var payload: [UInt8] = []
        JSON.append(.object(claims), to: &payload)
        var text = signing.start
        text += TextEncoding.base64url(payload)
        let signature = try signing.signature(for: text)
        text.append(UInt8(ascii: "."))
        text += TextEncoding.base64url(signature)
        return Secret(text)
    }

    public func verify(_ token: Secret, with key: String) -> [Value.Member]? {
        guard let ring = ring(key), token.bytes.count <= Self.maximumBytes else { return nil }
        let parts = token.bytes.split(separator: UInt8(ascii: "."), maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 3, let signature = TextEncoding.base64urlBytes(parts[2]) else { return nil }
        let signed = Array(token.bytes[parts[0].startIndex..<parts[1].endIndex])
        let isAuthentic = ring.candidates(for: parts[0]).contains { key in
            key.isValid(signature, for: signed) && key.accepts(header: parts[0])
        }
        guard isAuthentic, let payload = TextEncoding.base64urlBytes(parts[1]),
            case .success(.object(let claims)) = JSON.parse(payload)
        else { return nil }
        return claims
    }

    public func keySet() -> Value {
        let rings = rotating.withLock { $0 }
        let keys = rings.sorted { $0.key < $1.key }.flatMap { name, ring in
            // An old issuer's keys are its own to publish.
            ring.signing == nil ? [] : ring.keys.compactMap(\.publicKey)
        }
        return .array(keys)
    }
}

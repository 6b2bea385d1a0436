import Crypto
import WatchwordCore

/// A signing key made ready once, with the header that all its tokens begin with.
struct PreparedKey: Sendable {
    let algorithm: SigningAlgorithm
    /// The `kid` of its tokens: the thumbprint of RFC 7638. Nothing for a shared secret, whose tokens name no key.
    let id: String?
    /// The header in base64url, and the dot behind it.
    let start: [UInt8]
    private let material: Material

    private enum Material: Sendable {
        case secret(SymmetricKey)
        case pair(KeyPair)
    }

    /// `name` is the dialect's, for the message. `isForeign`: an old issuer's key, which may be a shorter secret than
    /// we would make, and whose tokens name it as they like.
    /// Throws `keyMissing` if the key is not one of its algorithm, or too short (RFC 7518 sections 3.2 and 3.3).
    init(_ key: SigningKey, name: String, isForeign: Bool = false) throws {
        algorithm = key.algorithm
        if key.algorithm.isSymmetric {
            guard key.secret.bytes.count >= (isForeign ? 1 : key.algorithm.minimumBytes) else {
                throw Fault(
                    .keyMissing,
                    "the signing key \(name) has \(key.secret.bytes.count) bytes; "
                        + "\(key.algorithm.rawValue) needs at least \(key.algorithm.minimumBytes) (RFC 7518 section 3.2)"
                )
            }
            material = .secret(SymmetricKey(data: key.secret.bytes))
            id = nil
        } else {
            guard let pair = KeyPair(pem: key.secret, key.algorithm) else {
                throw Fault(
                    .keyMissing,
                    "the signing key \(name) is not one that \(key.algorithm.rawValue) can use: "
                        + "it takes \(key.algorithm.keyWords)")
            }
            material = .pair(pair)
            id = isForeign ? nil : pair.thumbprint
        }
        let kid = id.map { ",\"kid\":\"\($0)\"" } ?? ""
        let header = "{\"alg\":\"\(key.algorithm.rawValue)\",\"typ\":\"JWT\"\(kid)}"
        start = TextEncoding.base64url(Array(header.utf8)) + [UInt8(ascii: ".")]
    }

    /// Whether it can sign: a shared secret or a private key.
    var canSign: Bool {
        switch material {
        case .secret: true
        case .pair(let pair): pair.sign != nil
        }
    }

    func signature(for bytes: [UInt8]) throws -> [UInt8] {
        switch material {
        case .secret(let key):
            return switch algorithm {
            case .hs384: Array(HMAC<SHA384>.authenticationCode(for: bytes, using: key))
            case .hs512: Array(HMAC<SHA512>.authenticationCode(for: bytes, using: key))
            default: Array(HMAC<SHA256>.authenticationCode(for: bytes, using: key))
            }
        case .pair(let pair):
            guard let sign = pair.sign else {
                throw Fault(.keyMissing, "a public key verifies and cannot sign")
            }
            do { return try sign(bytes) } catch { throw Fault(.invariant, "signing failed", cause: error) }
        }
    }

    /// For a shared secret in constant time for codes of the right length.
    func isValid(_ signature: [UInt8], for bytes: [UInt8]) -> Bool {
        switch material {
        case .secret(let key):
            switch algorithm {
            case .hs384: HMAC<SHA384>.isValidAuthenticationCode(signature, authenticating: bytes, using: key)
            case .hs512: HMAC<SHA512>.isValidAuthenticationCode(signature, authenticating: bytes, using: key)
            default: HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: bytes, using: key)
            }
        case .pair(let pair): pair.isValid(signature, bytes)
        }
    }

    /// Whether a header, in base64url, says the key's algorithm and asks for nothing that we do not know (RFC 7515 section 4.1.11).
    func accepts(header: ArraySlice<UInt8>) -> Bool {
        if isStart(header) { return true }
        guard let bytes = TextEncoding.base64urlBytes(header), case .success(let parsed) = JSON.parse(bytes) else {
            return false
        }
        return parsed["alg"]?.string == algorithm.rawValue && parsed["crit"] == nil
    }

    /// Whether this is the header that we write.
    func isStart(_ header: ArraySlice<UInt8>) -> Bool { header.elementsEqual(start.dropLast()) }

    /// The public half as a JWK (RFC 7517 section 4); nothing for a shared secret.
    var publicKey: Value? {
        guard case .pair(let pair) = material else { return nil }
        var members = pair.members.filter { $0.name == "kty" } + pair.members.filter { $0.name != "kty" }
        members += [.init("use", .string("sig")), .init("alg", .string(algorithm.rawValue))]
        if let id { members.append(.init("kid", .string(id))) }
        return .object(members)
    }
}

extension SigningAlgorithm {
    /// The key that it needs, for whoever has given another.
    public var keyWords: String {
        switch self {
        case .hs256, .hs384, .hs512: "a secret of at least \(minimumBytes) bytes (RFC 7518 section 3.2)"
        case .rs256, .rs384, .rs512, .ps256: "an RSA key of at least 2048 bits in PEM"
        case .es256: "an EC key on P-256 in PEM"
        case .es384: "an EC key on P-384 in PEM"
        case .es512: "an EC key on P-521 in PEM"
        case .edDSA: "an Ed25519 key in PEM"
        }
    }
}

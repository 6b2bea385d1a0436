import Crypto
import CryptoExtras
import WatchwordCore

/// A key with the one algorithm that it verifies.
struct VerificationKey: Sendable {
    let algorithm: SigningAlgorithm
    /// Nothing where the key has no name, and so is tried for every token of its algorithm.
    let id: String?
    private let check: @Sendable (_ signature: [UInt8], _ bytes: [UInt8]) -> Bool

    func isValid(_ signature: [UInt8], for bytes: [UInt8]) -> Bool { check(signature, bytes) }

    /// Nothing for an algorithm that is not HMAC, and for a secret shorter than its hash (RFC 7518 section 3.2).
    init?(secret: [UInt8], _ algorithm: SigningAlgorithm) {
        guard algorithm.isSymmetric, secret.count >= algorithm.minimumBytes else { return nil }
        self.algorithm = algorithm
        id = nil
        let key = SymmetricKey(data: secret)
        check =
            switch algorithm {
            case .hs384: { HMAC<SHA384>.isValidAuthenticationCode($0, authenticating: $1, using: key) }
            case .hs512: { HMAC<SHA512>.isValidAuthenticationCode($0, authenticating: $1, using: key) }
            default: { HMAC<SHA256>.isValidAuthenticationCode($0, authenticating: $1, using: key) }
            }
    }

    /// A public key of a JWK Set (RFC 7517 section 4). Nothing for one that is no signing key, or of a kind that we do
    /// not know, which a set may hold (section 5); never one from a shared secret, which a set must not publish.
    init?(jwk: Value) {
        guard jwk["use"]?.string ?? "sig" == "sig", let algorithm = Self.algorithm(of: jwk),
            let check = try? Self.check(jwk, algorithm)
        else { return nil }
        self.algorithm = algorithm
        id = jwk["kid"]?.string
        self.check = check
    }

    /// What the key says of itself, or the usual algorithm of its kind.
    private static func algorithm(of jwk: Value) -> SigningAlgorithm? {
        let usual: SigningAlgorithm
        switch (jwk["kty"]?.string, jwk["crv"]?.string) {
        case ("RSA", _): usual = .rs256
        case ("EC", "P-256"): usual = .es256
        case ("EC", "P-384"): usual = .es384
        case ("EC", "P-521"): usual = .es512
        case ("OKP", "Ed25519"): usual = .edDSA
        default: return nil
        }
        guard let stated = jwk["alg"]?.string else { return usual }
        guard let algorithm = SigningAlgorithm(rawValue: stated), algorithm.family == usual.family,
            usual.family == .rsa || algorithm == usual
        else { return nil }
        return algorithm
    }

    private static func check(
        _ jwk: Value, _ algorithm: SigningAlgorithm
    ) throws -> (@Sendable ([UInt8], [UInt8]) -> Bool)? {
        func number(_ name: String) -> [UInt8]? { jwk[name]?.string.flatMap { TextEncoding.base64urlBytes($0.utf8) } }
        switch algorithm {
        case .hs256, .hs384, .hs512: return nil
        case .rs256, .rs384, .rs512, .ps256:
            // A short modulus can be factored: RFC 7518 section 3.3.
            guard let n = number("n"), let e = number("e"), n.drop(while: { $0 == 0 }).count >= 256 else { return nil }
            let key = try _RSA.Signing.PublicKey(n: n, e: e)
            let padding = algorithm == .ps256 ? _RSA.Signing.Padding.PSS : .insecurePKCS1v1_5
            return { signature, bytes in
                let signature = _RSA.Signing.RSASignature(rawRepresentation: signature)
                return switch algorithm {
                case .rs384: key.isValidSignature(signature, for: SHA384.hash(data: bytes), padding: padding)
                case .rs512: key.isValidSignature(signature, for: SHA512.hash(data: bytes), padding: padding)
                default: key.isValidSignature(signature, for: SHA256.hash(data: bytes), padding: padding)
                }
            }
        case .es256:
            guard let x = number("x"), let y = number("y") else { return nil }
            let key = try P256.Signing.PublicKey(rawRepresentation: x + y)
            return { signature, bytes in
                (try? P256.Signing.ECDSASignature(rawRepresentation: signature))
                    .map { key.isValidSignature($0, for: bytes) } ?? false
            }
        case .es384:
            guard let x = number("x"), let y = number("y") else { return nil }
            let key = try P384.Signing.PublicKey(rawRepresentation: x + y)
            return { signature, bytes in
                (try? P384.Signing.ECDSASignature(rawRepresentation: signature))
                    .map { key.isValidSignature($0, for: bytes) } ?? false
            }
        case .es512:
            guard let x = number("x"), let y = number("y") else { return nil }
            let key = try P521.Signing.PublicKey(rawRepresentation: x + y)
            return { signature, bytes in
                (try? P521.Signing.ECDSASignature(rawRepresentation: signature))
                    .map { key.isValidSignature($0, for: bytes) } ?? false
            }
        case .edDSA:
            guard let x = number("x") else { return nil }
            let key = try Curve25519.Signing.PublicKey(rawRepresentation: x)
            return { key.isValidSignature($0, for: $1) }
        }
    }
}

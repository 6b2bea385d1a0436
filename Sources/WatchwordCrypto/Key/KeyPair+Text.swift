import Crypto
import CryptoExtras
import WatchwordCore

extension KeyPair {
    /// The key that a PEM text holds (RFC 7468): a private one as PKCS#8, PKCS#1 or SEC 1, or a public one as SPKI or PKCS#1.
    /// Nothing if the text holds no key that this algorithm can use, RSA under 2048 bits among them.
    init?(pem: Secret, _ algorithm: SigningAlgorithm) {
        let text = pem.revealed
        let isPrivate = text.contains("PRIVATE KEY-----")
        guard let pair = try? isPrivate ? Self.readPrivate(text, algorithm) : Self.readPublic(text, algorithm)
        else { return nil }
        self = pair
    }

    /// The object identifier 1.3.101.112 of RFC 8410 section 3.
    private static let ed25519: [UInt8] = [0x06, 0x03, 0x2B, 0x65, 0x70]

    private static func readPrivate(_ text: String, _ algorithm: SigningAlgorithm) throws -> KeyPair? {
        switch algorithm {
        case .hs256, .hs384, .hs512: return nil
        case .rs256, .rs384, .rs512, .ps256:
            let key = try _RSA.Signing.PrivateKey(pemRepresentation: text)
            return try KeyPair(key, key.publicKey, algorithm)
        case .es256:
            let key = try P256.Signing.PrivateKey(pemRepresentation: text)
            return KeyPair(key, key.publicKey)
        case .es384:
            let key = try P384.Signing.PrivateKey(pemRepresentation: text)
            return KeyPair(key, key.publicKey)
        case .es512:
            let key = try P521.Signing.PrivateKey(pemRepresentation: text)
            return KeyPair(key, key.publicKey)
        case .edDSA:
            // The library would take a key of X25519, whose signatures nobody else could verify.
            guard PEMText.content(of: Secret(text), contains: Self.ed25519) else { return nil }
            let key = try Curve25519.Signing.PrivateKey(pemRepresentation: text)
            return KeyPair(key, key.publicKey)
        }
    }

    private static func readPublic(_ text: String, _ algorithm: SigningAlgorithm) throws -> KeyPair? {
        switch algorithm {
        case .hs256, .hs384, .hs512: nil
        case .rs256, .rs384, .rs512, .ps256:
            try KeyPair(nil, _RSA.Signing.PublicKey(pemRepresentation: text), algorithm)
        case .es256: KeyPair(nil, try P256.Signing.PublicKey(pemRepresentation: text))
        case .es384: KeyPair(nil, try P384.Signing.PublicKey(pemRepresentation: text))
        case .es512: KeyPair(nil, try P521.Signing.PublicKey(pemRepresentation: text))
        case .edDSA: KeyPair(nil, try Curve25519.Signing.PublicKey(pemRepresentation: text))
        }
    }

    /// A new private key as PKCS#8 in PEM; nothing for an algorithm of shared secrets.
    ///
    /// The library's own generator makes it, for RSA's cannot be told otherwise.
    static func make(_ algorithm: SigningAlgorithm) throws -> Secret? {
        let text: String? =
            switch algorithm {
            case .hs256, .hs384, .hs512: nil
            case .rs256, .rs384, .rs512, .ps256: try _RSA.Signing.PrivateKey(keySize: .bits2048).pkcs8PEMRepresentation
            case .es256: P256.Signing.PrivateKey().pemRepresentation
            case .es384: P384.Signing.PrivateKey().pemRepresentation
            case .es512: P521.Signing.PrivateKey().pemRepresentation
            case .edDSA: Curve25519.Signing.PrivateKey().pemRepresentation
            }
        return text.map { Secret($0) }
    }
}

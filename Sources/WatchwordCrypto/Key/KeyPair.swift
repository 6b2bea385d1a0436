import Crypto
import CryptoExtras
import WatchwordCore

/// A private key and its public half, or a public key alone, with what its algorithm does.
struct KeyPair: Sendable {
    /// The public key as RFC 7517 section 4 and RFC 7518 section 6 write it, in the order of RFC 7638 section 3.2:
    /// the members that its thumbprint is made of, and no others.
    let members: [Value.Member]
    /// Nothing for a public key alone.
    let sign: (@Sendable ([UInt8]) throws -> [UInt8])?
    /// False for a signature of the wrong length or form as for a wrong one.
    let isValid: @Sendable (_ signature: [UInt8], _ bytes: [UInt8]) -> Bool

    /// The thumbprint of RFC 7638 with SHA-256, in base64url.
    var thumbprint: String {
        TextEncoding.base64url.encode(Array(SHA256.hash(data: Array(JSON.text(.object(members)).utf8))))
    }
}

// MARK: RSA

extension KeyPair {
    /// RSASSA-PKCS1-v1_5 and RSASSA-PSS (RFC 7518 sections 3.3 and 3.5). The library has refused moduli under 2048 bits.
    init(_ key: _RSA.Signing.PrivateKey?, _ publicKey: _RSA.Signing.PublicKey, _ algorithm: SigningAlgorithm) throws {
        let numbers = try publicKey.getKeyPrimitives()
        members = [
            .init("e", .string(TextEncoding.base64url.encode(Array(numbers.publicExponent)))),
            .init("kty", .string("RSA")),
            .init("n", .string(TextEncoding.base64url.encode(Array(numbers.modulus)))),
        ]
        let padding = algorithm == .ps256 ? _RSA.Signing.Padding.PSS : .insecurePKCS1v1_5
        if let key {
            sign = { bytes in
                let signature =
                    switch algorithm {
                    case .rs384: try key.signature(for: SHA384.hash(data: bytes), padding: padding)
                    case .rs512: try key.signature(for: SHA512.hash(data: bytes), padding: padding)
                    default: try key.signature(for: SHA256.hash(data: bytes), padding: padding)
                    }
                return Array(signature.rawRepresentation)
            }
        } else {
            sign = nil
        }
        isValid = { signature, bytes in
            let signature = _RSA.Signing.RSASignature(rawRepresentation: signature)
            return switch algorithm {
            case .rs384: publicKey.isValidSignature(signature, for: SHA384.hash(data: bytes), padding: padding)
            case .rs512: publicKey.isValidSignature(signature, for: SHA512.hash(data: bytes), padding: padding)
            default: publicKey.isValidSignature(signature, for: SHA256.hash(data: bytes), padding: padding)
            }
        }
    }
}

// MARK: Curves

extension KeyPair {
    // ECDSA (RFC 7518 section 3.4): each curve has its hash, and a signature is R and S side by side, never DER.

    init(_ key: P256.Signing.PrivateKey?, _ publicKey: P256.Signing.PublicKey) {
        members = Self.point("P-256", Array(publicKey.rawRepresentation))
        if let key { sign = { Array(try key.signature(for: $0).rawRepresentation) } } else { sign = nil }
        isValid = { signature, bytes in
            (try? P256.Signing.ECDSASignature(rawRepresentation: signature))
                .map { publicKey.isValidSignature($0, for: bytes) } ?? false
        }
    }

    init(_ key: P384.Signing.PrivateKey?, _ publicKey: P384.Signing.PublicKey) {
        members = Self.point("P-384", Array(publicKey.rawRepresentation))
        if let key { sign = { Array(try key.signature(for: $0).rawRepresentation) } } else { sign = nil }
        isValid = { signature, bytes in
            (try? P384.Signing.ECDSASignature(rawRepresentation: signature))
                .map { publicKey.isValidSignature($0, for: bytes) } ?? false
        }
    }

    init(_ key: P521.Signing.PrivateKey?, _ publicKey: P521.Signing.PublicKey) {
        members = Self.point("P-521", Array(publicKey.rawRepresentation))
        if let key { sign = { Array(try key.signature(for: $0).rawRepresentation) } } else { sign = nil }
        isValid = { signature, bytes in
            (try? P521.Signing.ECDSASignature(rawRepresentation: signature))
                .map { publicKey.isValidSignature($0, for: bytes) } ?? false
        }
    }

    /// Ed25519 (RFC 8037 section 3.1).
    init(_ key: Curve25519.Signing.PrivateKey?, _ publicKey: Curve25519.Signing.PublicKey) {
        members = [
            .init("crv", .string("Ed25519")), .init("kty", .string("OKP")),
            .init("x", .string(TextEncoding.base64url.encode(Array(publicKey.rawRepresentation)))),
        ]
        if let key { sign = { Array(try key.signature(for: $0)) } } else { sign = nil }
        isValid = { publicKey.isValidSignature($0, for: $1) }
    }

    /// `coordinates` are x and y side by side, each as long as the curve's field.
    private static func point(_ curve: String, _ coordinates: [UInt8]) -> [Value.Member] {
        let half = coordinates.count / 2
        return [
            .init("crv", .string(curve)), .init("kty", .string("EC")),
            .init("x", .string(TextEncoding.base64url.encode(Array(coordinates.prefix(half))))),
            .init("y", .string(TextEncoding.base64url.encode(Array(coordinates.suffix(half))))),
        ]
    }
}

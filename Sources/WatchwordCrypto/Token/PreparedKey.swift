import Crypto
import WatchwordCore

/// A signing key made ready once, with the header that all its tokens begin with.
struct PreparedKey: Sendable {
    private let algorithm: SigningAlgorithm
    private let key: SymmetricKey
    /// The header in base64url, and the dot behind it.
    let start: [UInt8]

    init(_ key: SigningKey, name: String) throws {
        guard key.algorithm.isSymmetric else {
            throw Fault(
                .keyMissing, "the signing key \(name) is a text, and \(key.algorithm.rawValue) needs a key pair")
        }
        guard key.secret.bytes.count >= key.algorithm.minimumBytes else {
            throw Fault(
                .keyMissing,
                "the signing key \(name) has \(key.secret.bytes.count) bytes; "
                    + "\(key.algorithm.rawValue) needs at least \(key.algorithm.minimumBytes) (RFC 7518 section 3.2)")
        }
        algorithm = key.algorithm
        self.key = SymmetricKey(data: key.secret.bytes)
        let header = "{\"alg\":\"\(key.algorithm.rawValue)\",\"typ\":\"JWT\"}"
        start = TextEncoding.base64url(Array(header.utf8)) + [UInt8(ascii: ".")]
    }

    func code(for bytes: some Sequence<UInt8>) -> [UInt8] {
        let data = Array(bytes)
        return switch algorithm {
        case .hs256: Array(HMAC<SHA256>.authenticationCode(for: data, using: key))
        case .hs384: Array(HMAC<SHA384>.authenticationCode(for: data, using: key))
        default: Array(HMAC<SHA512>.authenticationCode(for: data, using: key))
        }
    }

    /// In constant time for codes of the right length.
    func isValid(_ code: [UInt8], for bytes: ArraySlice<UInt8>) -> Bool {
        let data = Array(bytes)
        return switch algorithm {
        case .hs256: HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: data, using: key)
        case .hs384: HMAC<SHA384>.isValidAuthenticationCode(code, authenticating: data, using: key)
        default: HMAC<SHA512>.isValidAuthenticationCode(code, authenticating: data, using: key)
        }
    }

    /// Whether a header, in base64url, says the key's algorithm and asks for nothing that we do not know (RFC 7515 section 4.1.11).
    func accepts(header: ArraySlice<UInt8>) -> Bool {
        if header.elementsEqual(start.dropLast()) { return true }
        guard let bytes = TextEncoding.base64urlBytes(header), case .success(let parsed) = JSON.parse(bytes) else {
            return false
        }
        return parsed["alg"]?.string == algorithm.rawValue && parsed["crit"] == nil
    }
}

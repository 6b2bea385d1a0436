import Crypto
import WatchwordCore
import WatchwordEngine

/// JWTs in compact form signed with HMAC (RFC 7515, RFC 7518 section 3.2).
///
/// The algorithm is the key's. A token's header chooses nothing: it is only checked to say the same.
public struct HMACSigner: TokenSigner {
    private let keys: [String: PreparedKey]

    /// The longest token looked at, in bytes.
    public static let maximumBytes = 8_192

    /// The realm's keys by name. Throws `keyMissing` for a key shorter than its hash (RFC 7518 section 3.2).
    public init(keys: [String: SigningKey]) throws {
        self.keys = try Dictionary(
            uniqueKeysWithValues: keys.map { name, key in (name, try PreparedKey(key, name: name)) })
    }

    public func sign(_ claims: [Value.Member], with key: String) throws -> Secret {
        guard let key = keys[key] else {
            throw Fault(.keyMissing, "there is no signing key named \(key)")
        }
        var payload: [UInt8] = []
        JSON.append(.object(claims), to: &payload)
        var text = key.start
        text += TextEncoding.base64url(payload)
        let code = key.code(for: text)
        text.append(UInt8(ascii: "."))
        text += TextEncoding.base64url(code)
        return Secret(text)
    }

    public func keySet() -> Value { .object([Value.Member("keys", .array([]))]) }

    public func verify(_ token: Secret, with key: String) -> [Value.Member]? {
        guard let key = keys[key], token.bytes.count <= Self.maximumBytes else { return nil }
        let parts = token.bytes.split(separator: UInt8(ascii: "."), maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 3, let code = TextEncoding.base64urlBytes(parts[2]) else { return nil }
        let signed = token.bytes[parts[0].startIndex..<parts[1].endIndex]
        // Nothing is parsed before it is authentic.
        guard key.isValid(code, for: signed), key.accepts(header: parts[0]),
            let payload = TextEncoding.base64urlBytes(parts[1]),
            case .success(.object(let claims)) = JSON.parse(payload)
        else { return nil }
        return claims
    }
}

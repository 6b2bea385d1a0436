import Crypto
import WatchwordCore

/// One round of SHA over password and salt: `{SSHA}`, `{SSHA256}` and `{SSHA512}` of LDAP (the salt behind), Django's
/// `sha1$SALT$HEX` (the salt before) and Werkzeug's `sha256$SALT$HEX` (HMAC with the salt for its key).
///
/// A thief of the old database tries thousands of millions of passwords a second against such a hash, so it should not
/// stay one for long.
struct SaltedSHAHash: ForeignScheme {
    private let digest: Digest
    private let salt: [UInt8]
    private let hash: [UInt8]
    private let isLDAP: Bool

    private enum Digest: Int, CaseIterable {
        case sha1 = 20
        case sha256 = 32
        case sha512 = 64

        func of(_ bytes: [UInt8]) -> [UInt8] {
            switch self {
            case .sha1: Array(Insecure.SHA1.hash(data: bytes))
            case .sha256: Array(SHA256.hash(data: bytes))
            case .sha512: Array(SHA512.hash(data: bytes))
            }
        }

        func keyed(_ bytes: [UInt8], _ key: [UInt8]) -> [UInt8] {
            let key = SymmetricKey(data: key)
            return switch self {
            case .sha1: Array(HMAC<Insecure.SHA1>.authenticationCode(for: bytes, using: key))
            case .sha256: Array(HMAC<SHA256>.authenticationCode(for: bytes, using: key))
            case .sha512: Array(HMAC<SHA512>.authenticationCode(for: bytes, using: key))
            }
        }
    }

    init(_ text: String) throws(PasswordHashProblem) {
        isLDAP = text.hasPrefix("{")
        let parts = text.parts(isLDAP ? "}" : "$")
        let names: [Substring: Digest] = [
            "{SSHA": .sha1, "{SSHA256": .sha256, "{SSHA512": .sha512, "sha1": .sha1, "sha256": .sha256,
            "sha512": .sha512,
        ]
        guard let digest = names[parts[0]], parts.count == (isLDAP ? 2 : 3) else { throw .malformed }
        if isLDAP {
            guard let both = Base64.paddedBytes(parts[1].utf8) else { throw .malformed }
            hash = Array(both.prefix(digest.rawValue))
            salt = Array(both.dropFirst(digest.rawValue))
        } else {
            salt = parts[1].utf8Bytes
            hash = TextEncoding.hex.decode(parts[2].utf8Bytes, count: digest.rawValue) ?? []
        }
        guard hash.count == digest.rawValue, (1...128).contains(salt.count) else { throw .malformed }
        self.digest = digest
    }

    func matches(_ password: [UInt8], _ keys: ForeignKeys) throws -> Bool {
        guard !isLDAP else { return constantTimeEqual(digest.of(password + salt), hash) }
        // Django's and Werkzeug's look the same; nobody finds a password that makes one of them by the other's rule.
        let isDjango = constantTimeEqual(digest.of(salt + password), hash)
        let isWerkzeug = constantTimeEqual(digest.keyed(password, salt), hash)
        return isDjango || isWerkzeug
    }
}

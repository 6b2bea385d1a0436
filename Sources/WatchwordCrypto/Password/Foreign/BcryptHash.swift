import Crypto
import WatchwordCore

/// bcrypt of any prefix, alone or over a SHA-256 of the password: Django's `bcrypt_sha256`, passlib's `$bcrypt-sha256$`.
///
/// Up to cost 14. Of a password alone, bcrypt sees the first 72 bytes, as it did in the system that made the hash.
struct BcryptHash: ForeignScheme {
    private let preparation: Preparation
    /// `$2b$12$`, 22 characters of salt and 31 of hash.
    private let text: String

    private enum Preparation {
        case none
        /// Django: the digest in hexadecimal.
        case hex
        /// passlib 1: the digest in base64.
        case base64
        /// passlib 2: HMAC with the salt's text for its key, in base64.
        case keyed(salt: String)
    }

    init(_ text: String) throws(PasswordHashProblem) {
        var inner = text
        if text.hasPrefix("bcrypt_sha256$") {
            preparation = .hex
            inner = String(text.dropFirst("bcrypt_sha256$".count))
        } else if text.hasPrefix("bcrypt$") {
            preparation = .none
            inner = String(text.dropFirst("bcrypt$".count))
        } else if text.hasPrefix("$bcrypt-sha256$") {
            (preparation, inner) = try Self.passlib(text)
        } else {
            preparation = .none
        }
        let parts = inner.parts("$")
        guard parts.count == 4, parts[0].isEmpty, ["2a", "2b", "2x", "2y"].contains(parts[1]), parts[2].count == 2,
            let cost = (parts[2].hasPrefix("0") ? parts[2].dropFirst() : parts[2]).wholeNumber(),
            (4...31).contains(cost), parts[3].utf8.count == 53, Crypt.isPlain(parts[3])
        else { throw .malformed }
        guard cost <= 14 else { throw .tooCostly }
        self.text = inner
    }

    /// `$bcrypt-sha256$v=2,t=2b,r=12$SALT$HASH`, or `$bcrypt-sha256$2b,12$SALT$HASH` of version 1.
    private static func passlib(_ text: String) throws(PasswordHashProblem) -> (Preparation, String) {
        let parts = text.parts("$")
        guard parts.count == 5 else { throw .malformed }
        var options = parts[2].parts(",")
        let isKeyed = options.first == "v=2"
        if isKeyed {
            options.removeFirst()
            guard options.count == 2, options[0].hasPrefix("t="), options[1].hasPrefix("r=") else { throw .malformed }
            options = options.map { $0.dropFirst(2) }
        }
        guard options.count == 2, let cost = options[1].wholeNumber() else { throw .malformed }
        let digits = cost < 10 ? "0\(cost)" : "\(cost)"
        let inner = "$\(options[0])$\(digits)$\(parts[3])\(parts[4])"
        return (isKeyed ? .keyed(salt: String(parts[3])) : .base64, inner)
    }

    func matches(_ password: [UInt8], _ keys: ForeignKeys) throws -> Bool {
        let prepared: [UInt8] =
            switch preparation {
            case .none: password
            case .hex: TextEncoding.hex.encode(Array(SHA256.hash(data: password))).utf8Bytes
            case .base64: Base64.text(Array(SHA256.hash(data: password)), padded: true).utf8Bytes
            case .keyed(let salt):
                Base64.text(
                    Array(
                        HMAC<SHA256>.authenticationCode(for: password, using: SymmetricKey(data: salt.utf8Bytes))),
                    padded: true
                ).utf8Bytes
            }
        guard let made = Crypt.hash(prepared, text) else { return false }
        // The last character of the salt has bits to spare, which some writers set and crypt clears.
        return constantTimeEqual(made.utf8Bytes.suffix(31), text.utf8Bytes.suffix(31))
    }
}

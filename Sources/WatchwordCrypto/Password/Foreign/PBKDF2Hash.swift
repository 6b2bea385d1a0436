import Crypto
import CryptoExtras
import WatchwordCore

/// PBKDF2 (RFC 8018 section 5.2) as Django, passlib, PHC strings, Werkzeug and ASP.NET Identity write it.
///
/// Up to three million iterations of SHA-1 or SHA-256 and one and a half of SHA-512, over all blocks of the hash
/// together; a hash of 16 to 64 bytes.
struct PBKDF2Hash: ForeignScheme {
    private let digest: Digest
    private let iterations: Int
    private let salt: [UInt8]
    private let hash: [UInt8]

    private enum Digest: String {
        case sha1, sha256, sha512

        var count: Int {
            switch self {
            case .sha1: 20
            case .sha256: 32
            case .sha512: 64
            }
        }

        var function: KDF.Insecure.PBKDF2.HashFunction {
            switch self {
            case .sha1: .insecureSHA1
            case .sha256: .sha256
            case .sha512: .sha512
            }
        }
    }

    private struct Fields {
        var digest: Digest?
        var iterations: Int?
        var salt: [UInt8]?
        var hash: [UInt8]?
    }

    init(_ text: String) throws(PasswordHashProblem) {
        let fields =
            if text.hasPrefix("pbkdf2_") {
                Self.django(text)
            } else if text.hasPrefix("pbkdf2:") {
                Self.werkzeug(text)
            } else if text.hasPrefix("$pbkdf2") {
                Self.phc(text)
            } else {
                Self.identity(text)
            }
        guard let digest = fields?.digest, let iterations = fields?.iterations, iterations > 0, let salt = fields?.salt,
            (1...128).contains(salt.count), let hash = fields?.hash, (16...64).contains(hash.count)
        else { throw .malformed }
        let blocks = (hash.count + digest.count - 1) / digest.count
        guard iterations * blocks <= (digest == .sha512 ? 1_500_000 : 3_000_000) else { throw .tooCostly }
        self.digest = digest
        self.iterations = iterations
        self.salt = salt
        self.hash = hash
    }

    /// `pbkdf2_sha256$870000$SALT$BASE64`.
    private static func django(_ text: String) -> Fields? {
        let parts = text.dropFirst("pbkdf2_".count).parts("$")
        guard parts.count == 4 else { return nil }
        return Fields(
            digest: Digest(rawValue: String(parts[0])), iterations: parts[1].wholeNumber(), salt: parts[2].utf8Bytes,
            hash: Base64.paddedBytes(parts[3].utf8))
    }

    /// `pbkdf2:sha256:1000000$SALT$HEX`.
    private static func werkzeug(_ text: String) -> Fields? {
        let parts = text.parts("$")
        let method = parts[0].parts(":")
        guard parts.count == 3, method.count == 3 else { return nil }
        return Fields(
            digest: Digest(rawValue: String(method[1])), iterations: method[2].wholeNumber(), salt: parts[1].utf8Bytes,
            hash: TextEncoding.hex.decode(parts[2].utf8Bytes, count: parts[2].utf8.count / 2))
    }

    /// `$pbkdf2-sha256$29000$SALT$HASH` of passlib, with `.` for `+`; `$pbkdf2-sha256$i=600000,l=32$SALT$HASH` of PHC.
    private static func phc(_ text: String) -> Fields? {
        let parts = text.parts("$")
        guard parts.count == 5 else { return nil }
        let name = parts[1] == "pbkdf2" ? "sha1" : String(parts[1].dropFirst("pbkdf2-".count))
        var options = parts[2].parts(",")
        let iterations = options.removeFirst()
        let hash = bytes(parts[4])
        if let length = options.first {
            guard options.count == 1, length.wholeNumber(after: "l=") == hash?.count else { return nil }
        }
        return Fields(
            digest: Digest(rawValue: name), iterations: iterations.wholeNumber(after: "i=") ?? iterations.wholeNumber(),
            salt: bytes(parts[3]), hash: hash)
    }

    private static func bytes(_ text: Substring) -> [UInt8]? {
        Base64.bytes(text.utf8.map { $0 == UInt8(ascii: ".") ? UInt8(ascii: "+") : $0 })
    }

    // MARK: ASP.NET Identity

    /// Whether the text is base64 of such a blob: nothing else tells it.
    static func isIdentityBlob(_ text: String) -> Bool {
        guard let first = text.first, first == "A", text.utf8.count >= 48, let fields = identity(text) else {
            return false
        }
        return fields.digest != nil
    }

    /// Version 2: a zero, 16 bytes of salt and 32 of hash, by SHA-1 a thousand times. Version 3: a one; digest,
    /// iterations and salt's length in four bytes each; salt; hash.
    private static func identity(_ text: String) -> Fields? {
        guard let blob = Base64.paddedBytes(text.utf8), let version = blob.first else { return nil }
        switch version {
        case 0 where blob.count == 49:
            return Fields(
                digest: .sha1, iterations: 1_000, salt: Array(blob[1..<17]), hash: Array(blob[17...]))
        case 1 where blob.count > 13:
            let numbers = [1, 5, 9].map { start in blob[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
            let digests: [Digest] = [.sha1, .sha256, .sha512]
            guard digests.indices.contains(numbers[0]), blob.count > 13 + numbers[2] else { return nil }
            return Fields(
                digest: digests[numbers[0]], iterations: numbers[1], salt: Array(blob[13..<13 + numbers[2]]),
                hash: Array(blob[(13 + numbers[2])...]))
        default: return nil
        }
    }

    func matches(_ password: [UInt8], _ keys: ForeignKeys) throws -> Bool {
        let key = try KDF.Insecure.PBKDF2.deriveKey(
            from: password, salt: salt, using: digest.function, outputByteCount: hash.count,
            unsafeUncheckedRounds: iterations)
        return constantTimeEqual(key.withUnsafeBytes { Array($0) }, hash)
    }
}

import WatchwordCore

/// A password hash of another system: what its text says, within the bounds on what checking it may cost.
///
/// The bounds are for one core of a usual server: two seconds and 128 MiB, whatever an imported text asks for.
struct ForeignHash: Sendable {
    let format: PasswordHashFormat
    let scheme: any ForeignScheme

    /// Throws why the text cannot be kept: of no known beginning, not what it begins like, or too costly.
    init(_ text: String) throws(PasswordHashProblem) {
        guard let format = Self.format(of: text) else { throw .unknownFormat }
        guard text.utf8.count <= 1_024, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .malformed }
        self.format = format
        scheme =
            switch format {
            case .argon2: try ForeignArgon2(text)
            case .bcrypt: try BcryptHash(text)
            case .pbkdf2: try PBKDF2Hash(text)
            case .scrypt: try ScryptHash(text)
            case .firebaseScrypt: try FirebaseScryptHash(text)
            case .crypt: try CryptHash(text)
            case .saltedSHA: try SaltedSHAHash(text)
            }
    }

    /// The kind of hash that the text begins like.
    static func format(of text: String) -> PasswordHashFormat? {
        if let start = starts.first(where: { text.hasPrefix($0.text) }) { return start.format }
        return PBKDF2Hash.isIdentityBlob(text) ? .pbkdf2 : nil
    }

    private static let starts: [(text: String, format: PasswordHashFormat)] = [
        ("$argon2", .argon2), ("argon2$", .argon2),
        ("$2a$", .bcrypt), ("$2b$", .bcrypt), ("$2x$", .bcrypt), ("$2y$", .bcrypt), ("bcrypt$", .bcrypt),
        ("bcrypt_sha256$", .bcrypt), ("$bcrypt-sha256$", .bcrypt),
        ("pbkdf2_sha", .pbkdf2), ("pbkdf2:sha", .pbkdf2), ("$pbkdf2", .pbkdf2),
        (FirebaseHash.start, .firebaseScrypt), ("$scrypt$", .scrypt), ("scrypt:", .scrypt), ("scrypt$", .scrypt),
        ("$5$", .crypt), ("$6$", .crypt), ("$y$", .crypt),
        ("{SSHA", .saltedSHA), ("sha1$", .saltedSHA), ("sha256$", .saltedSHA), ("sha512$", .saltedSHA),
    ]
}

/// One way of writing and computing a password hash.
protocol ForeignScheme: Sendable {
    /// Throws why the text cannot be kept.
    init(_ text: String) throws(PasswordHashProblem)
    /// Whether the password, which is not empty, has made the hash. Compares in constant time. Called on a lane.
    func matches(_ password: [UInt8], _ keys: ForeignKeys) throws -> Bool
}

/// What a realm has to be given to verify hashes that do not stand alone.
public struct ForeignKeys: Sendable {
    /// `base64_signer_key` of a Firebase project's hash parameters, decoded.
    public var firebaseSigner: Secret?

    public init(firebaseSigner: Secret? = nil) { self.firebaseSigner = firebaseSigner }
}

extension StringProtocol {
    /// A whole number without sign or leading zero, of at most nine digits; behind `label` if one is given.
    func wholeNumber(after label: String = "") -> Int? {
        guard hasPrefix(label) else { return nil }
        let digits = utf8.dropFirst(label.utf8.count)
        guard (1...9).contains(digits.count), digits.first != UInt8(ascii: "0") || digits.count == 1 else { return nil }
        var number = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            number = number * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return number
    }

    /// The parts between separators, empty ones too.
    func parts(_ separator: Character) -> [Substring] {
        Substring(self).split(separator: separator, omittingEmptySubsequences: false)
    }

    var utf8Bytes: [UInt8] { Array(utf8) }
}

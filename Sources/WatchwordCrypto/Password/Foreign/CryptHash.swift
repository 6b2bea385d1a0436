import WatchwordCore

/// sha256-crypt, sha512-crypt and yescrypt as crypt(3) writes them.
///
/// SHA-crypt up to a million rounds and yescrypt up to 128 MiB, with passwords up to 256 bytes, since each round of
/// SHA-crypt reads the whole password.
struct CryptHash: ForeignScheme {
    private let text: String

    init(_ text: String) throws(PasswordHashProblem) {
        var parts = text.parts("$").dropFirst()
        guard let kind = parts.popFirst(), let last = parts.popLast(), Crypt.isPlain(last) else { throw .malformed }
        switch kind {
        case "y":
            guard parts.count == 2, last.utf8.count == 43, parts.allSatisfy({ Crypt.isPlain($0) && !$0.isEmpty })
            else { throw .malformed }
            guard let parameters = parts.first, let memory = Self.yescryptMemory(parameters) else { throw .malformed }
            guard memory <= Self.maximumMemory else { throw .tooCostly }
        default:
            guard last.utf8.count == (kind == "5" ? 43 : 86) else { throw .malformed }
            if parts.count == 2, let rounds = parts.popFirst() {
                guard let count = rounds.wholeNumber(after: "rounds="), count >= 1_000 else { throw .malformed }
                guard count <= 1_000_000 else { throw .tooCostly }
            }
            guard parts.count == 1, let salt = parts.first, salt.utf8.count <= 16, !salt.contains(":")
            else { throw .malformed }
        }
        self.text = text
    }

    private static let maximumMemory = 128 << 20
    private static let maximumPassword = 256

    /// The bytes of `j9T`: a letter for the flavour, one for the logarithm of N, one for r. Other flavours and the
    /// options behind them are not made by anybody's passwd.
    private static func yescryptMemory(_ parameters: Substring) -> Int? {
        let digits = Array("./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
        let letters = Array(parameters)
        guard letters.count == 3, letters[0] == "j", let logarithm = digits.firstIndex(of: letters[1]),
            let blocks = digits.firstIndex(of: letters[2]), logarithm < 30, blocks < 48
        else { return nil }
        return 128 * (blocks + 1) << (logarithm + 1)
    }

    func matches(_ password: [UInt8], _ keys: ForeignKeys) throws -> Bool {
        guard password.count <= Self.maximumPassword, let made = Crypt.hash(password, text) else { return false }
        return constantTimeEqual(made.utf8Bytes, text.utf8Bytes)
    }
}

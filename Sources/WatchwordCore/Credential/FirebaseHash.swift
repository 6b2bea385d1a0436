/// A password hash as Firebase Authentication exports it, in the one text that is stored:
/// `$firebase-scrypt$ln=14,r=8,sep=Bw$SALT$HASH`, with base64 of RFC 4648 section 4 unpadded.
///
/// The project's signer key, without which nothing can be verified, is not in it: the realm is given it.
public struct FirebaseHash: Hashable, Sendable {
    /// `mem_cost` of the project's hash parameters: the binary logarithm of scrypt's N.
    public var memoryCost: Int
    /// `rounds` of the project's hash parameters: scrypt's r.
    public var rounds: Int
    /// `base64_salt_separator` of the project's hash parameters, decoded.
    public var separator: [UInt8]
    public var salt: [UInt8]
    public var hash: [UInt8]

    public init(memoryCost: Int, rounds: Int, separator: [UInt8], salt: [UInt8], hash: [UInt8]) {
        self.memoryCost = memoryCost
        self.rounds = rounds
        self.separator = separator
        self.salt = salt
        self.hash = hash
    }

    public static let start = "$firebase-scrypt$"

    public var text: String {
        "\(Self.start)ln=\(memoryCost),r=\(rounds),sep=\(Base64.text(separator))$\(Base64.text(salt))$\(Base64.text(hash))"
    }
}

import Crypto
import CryptoExtras
import WatchwordCore

/// Firebase's scrypt: the password's key encrypts the project's signer key (AES-256 in counter mode), and the result
/// is the hash.
struct FirebaseScryptHash: ForeignScheme {
    private let scrypt: Scrypt
    private let salt: [UInt8]
    private let hash: [UInt8]

    init(_ text: String) throws(PasswordHashProblem) {
        let parts = text.parts("$")
        guard parts.count == 5 else { throw .malformed }
        let options = parts[2].parts(",")
        guard options.count == 3, let logarithm = options[0].wholeNumber(after: "ln="), (1...30).contains(logarithm),
            options[2].hasPrefix("sep="), let separator = Base64.bytes(options[2].dropFirst(4).utf8),
            let salt = Base64.bytes(parts[3].utf8), (1...128).contains(salt.count),
            let hash = Base64.bytes(parts[4].utf8), (16...128).contains(hash.count)
        else { throw .malformed }
        scrypt = try Scrypt([1 << logarithm, options[1].wholeNumber(after: "r="), 1])
        self.salt = salt + separator
        self.hash = hash
    }

    func matches(_ password: [UInt8], _ keys: ForeignKeys) throws -> Bool {
        guard let signer = keys.firebaseSigner else { return false }
        let key = try scrypt.hash(password, salt: salt, count: 32)
        let nonce = try AES._CTR.Nonce(nonceBytes: [UInt8](repeating: 0, count: 16))
        let encrypted = try AES._CTR.encrypt(signer.bytes, using: SymmetricKey(data: key), nonce: nonce)
        return constantTimeEqual(Array(encrypted), hash)
    }
}

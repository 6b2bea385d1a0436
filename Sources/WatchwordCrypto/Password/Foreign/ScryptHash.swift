import Crypto
import CryptoExtras
import WatchwordCore

/// scrypt (RFC 7914) as passlib and PHC strings, Werkzeug and Django write it.
struct ScryptHash: ForeignScheme {
    private let scrypt: Scrypt
    private let salt: [UInt8]
    private let hash: [UInt8]

    init(_ text: String) throws(PasswordHashProblem) {
        let parts = text.parts("$")
        let numbers: [Int?]
        if text.hasPrefix("$scrypt$"), parts.count == 5 {
            // `$scrypt$ln=16,r=8,p=1$SALT$HASH`.
            let costs = parts[2].parts(",")
            guard costs.count == 3 else { throw .malformed }
            let logarithm = costs[0].wholeNumber(after: "ln=").flatMap { (1...30).contains($0) ? 1 << $0 : nil }
            numbers = [logarithm, costs[1].wholeNumber(after: "r="), costs[2].wholeNumber(after: "p=")]
            (salt, hash) = (Base64.bytes(parts[3].utf8) ?? [], Base64.bytes(parts[4].utf8) ?? [])
        } else if text.hasPrefix("scrypt:"), parts.count == 3 {
            // `scrypt:32768:8:1$SALT$HEX`.
            numbers = parts[0].parts(":").dropFirst().map { $0.wholeNumber() }
            salt = parts[1].utf8Bytes
            hash = TextEncoding.hex.decode(parts[2].utf8Bytes, count: parts[2].utf8.count / 2) ?? []
        } else if text.hasPrefix("scrypt$"), parts.count == 6 {
            // `scrypt$16384$SALT$8$5$BASE64`.
            numbers = [parts[1], parts[3], parts[4]].map { $0.wholeNumber() }
            (salt, hash) = (parts[2].utf8Bytes, Base64.paddedBytes(parts[5].utf8) ?? [])
        } else {
            throw .malformed
        }
        guard (1...128).contains(salt.count), (16...64).contains(hash.count) else { throw .malformed }
        scrypt = try Scrypt(numbers)
    }

    func matches(_ password: [UInt8], _ keys: ForeignKeys) throws -> Bool {
        constantTimeEqual(try scrypt.hash(password, salt: salt, count: hash.count), hash)
    }
}

/// The parameters of scrypt: memory of 128 N r bytes up to 128 MiB, N r p up to 2^22, r up to 16.
struct Scrypt: Sendable {
    private let rounds: Int
    private let blockSize: Int
    private let parallelism: Int

    /// N, r and p.
    init(_ numbers: [Int?]) throws(PasswordHashProblem) {
        guard numbers.count == 3, let rounds = numbers[0], let blockSize = numbers[1], let parallelism = numbers[2],
            rounds >= 2, rounds & (rounds - 1) == 0, blockSize > 0, parallelism > 0
        else { throw .malformed }
        guard blockSize <= 16, parallelism <= 64, rounds * blockSize <= 1 << 20,
            rounds * blockSize * parallelism <= 1 << 22
        else { throw .tooCostly }
        // RFC 7914 section 2: N is below 2 to the 16 r.
        guard blockSize > 1 || rounds < 1 << 16 else { throw .malformed }
        self.rounds = rounds
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    func hash(_ password: [UInt8], salt: [UInt8], count: Int) throws -> [UInt8] {
        let key = try KDF.Scrypt.deriveKey(
            from: password, salt: salt, outputByteCount: count, rounds: rounds, blockSize: blockSize,
            parallelism: parallelism)
        return key.withUnsafeBytes { Array($0) }
    }
}

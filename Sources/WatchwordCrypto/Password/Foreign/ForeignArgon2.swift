import CArgon2
import WatchwordCore

/// Argon2id, Argon2i and Argon2d as PHC strings, of version 1.3 or 1.0, and behind Django's `argon2`.
/// Within what `Argon2Parameters` calls bearable, with a salt of 8 to 64 bytes and a hash of 16 to 64.
struct ForeignArgon2: ForeignScheme {
    private let argon2: Argon2
    private let salt: [UInt8]
    private let hash: [UInt8]

    init(_ text: String) throws(PasswordHashProblem) {
        var parts = text.parts("$")
        if parts.first == "argon2" { parts[0] = "" }
        var version = Argon2.Version.first
        if parts.count == 6 {
            guard let number = parts[2].wholeNumber(after: "v="), let known = Argon2.Version(rawValue: UInt32(number))
            else { throw .malformed }
            version = known
            parts.remove(at: 2)
        }
        guard parts.count == 5, parts[0].isEmpty, let kind = Argon2.Kind(rawValue: String(parts[1])),
            let salt = Base64.bytes(parts[3].utf8), (8...64).contains(salt.count),
            let hash = Base64.bytes(parts[4].utf8), (16...64).contains(hash.count)
        else { throw .malformed }
        let costs = parts[2].parts(",")
        guard costs.count == 3, let memory = costs[0].wholeNumber(after: "m="),
            let passes = costs[1].wholeNumber(after: "t="), let parallelism = costs[2].wholeNumber(after: "p="),
            passes > 0, parallelism > 0, memory >= 8 * parallelism
        else { throw .malformed }
        let parameters = Argon2Parameters(memory: memory, passes: passes, parallelism: parallelism)
        guard parameters.isBearable else { throw .tooCostly }
        argon2 = Argon2(kind: kind, version: version, parameters: parameters)
        self.salt = salt
        self.hash = hash
    }

    func matches(_ password: [UInt8], _ keys: ForeignKeys) throws -> Bool {
        constantTimeEqual(try argon2.hash(password, salt: salt, count: hash.count), hash)
    }
}

import WatchwordCore

/// An Argon2id hash as the PHC string format writes it: `$argon2id$v=19$m=19456,t=2,p=1$SALT$HASH`,
/// with base64 of RFC 4648 section 4 unpadded.
public struct PasswordHashText: Hashable, Sendable {
    public var parameters: Argon2Parameters
    public var salt: [UInt8]
    public var hash: [UInt8]

    public init(parameters: Argon2Parameters, salt: [UInt8], hash: [UInt8]) {
        self.parameters = parameters
        self.salt = salt
        self.hash = hash
    }

    /// Reads a text; nothing unless it is an Argon2id hash of version 19, of a bearable cost, with a salt of
    /// 8 to 64 bytes and a hash of 16 to 64.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "$"), maxSplits: 6, omittingEmptySubsequences: false)
        guard text.utf8.count <= 512, parts.count == 6, parts[0].isEmpty, parts[1].elementsEqual("argon2id".utf8),
            parts[2].elementsEqual("v=19".utf8), let parameters = Self.parameters(parts[3]),
            let salt = Base64.bytes(parts[4]), (8...64).contains(salt.count),
            let hash = Base64.bytes(parts[5]), (16...64).contains(hash.count)
        else { return nil }
        self.init(parameters: parameters, salt: salt, hash: hash)
    }

    public var text: String {
        let costs = "m=\(parameters.memory),t=\(parameters.passes),p=\(parameters.parallelism)"
        return "$argon2id$v=19$\(costs)$\(Base64.text(salt))$\(Base64.text(hash))"
    }

    private static func parameters(_ text: Substring.UTF8View) -> Argon2Parameters? {
        let costs = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard costs.count == 3, let memory = number(costs[0], "m="), let passes = number(costs[1], "t="),
            let parallelism = number(costs[2], "p=")
        else { return nil }
        let parameters = Argon2Parameters(memory: memory, passes: passes, parallelism: parallelism)
        return parameters.isBearable ? parameters : nil
    }

    /// Decimal digits as PHC has them: no sign, no leading zero, at most nine.
    private static func number(_ text: Substring.UTF8View, _ label: String) -> Int? {
        guard text.starts(with: label.utf8) else { return nil }
        let digits = text.dropFirst(label.utf8.count)
        guard (1...9).contains(digits.count), digits.first != UInt8(ascii: "0") else { return nil }
        var number = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            number = number * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return number
    }
}

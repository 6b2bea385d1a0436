import WatchwordCore
import WatchwordServer

/// The hash parameters of a Firebase project, by which the hash and the salt of an exported user become one text.
struct FirebaseImport {
    private let memoryCost: Int
    private let rounds: Int
    private let separator: [UInt8]

    /// `mem_cost=14,rounds=8,salt_separator=Bw==`, as the project's console shows them.
    init(_ text: String) throws {
        var values: [String: String] = [:]
        for part in text.split(separator: ",") {
            guard let equals = part.firstIndex(of: "=") else { continue }
            values[String(part[..<equals])] = String(part[part.index(after: equals)...])
        }
        guard let memoryCost = values["mem_cost"].flatMap({ Int($0) }),
            let rounds = values["rounds"].flatMap({ Int($0) }),
            let separator = values["salt_separator"].flatMap(Self.bytes), values.count == 3
        else {
            throw StartFailure(
                .usage, "--firebase does not hold a project's hash parameters",
                mend: "write mem_cost=14,rounds=8,salt_separator=Bw== with the numbers of the project's console")
        }
        self.memoryCost = memoryCost
        self.rounds = rounds
        self.separator = separator
    }

    /// The record with `passwordHash` and `salt` made one `password_hash`; as it is if it has not both.
    func callAsFunction(_ record: Value) -> Value {
        guard case .object(let members) = record,
            let hash = record["passwordHash"]?.string.flatMap(Self.bytes),
            let salt = record["salt"]?.string.flatMap(Self.bytes)
        else { return record }
        let text = FirebaseHash(
            memoryCost: memoryCost, rounds: rounds, separator: separator, salt: salt, hash: hash
        ).text
        let rest = members.filter { $0.name != "passwordHash" && $0.name != "salt" }
        return .object(rest + [Value.Member("password_hash", .string(text))])
    }

    /// Base64 in either alphabet of RFC 4648, padded or not.
    private static func bytes(_ text: String) -> [UInt8]? {
        let digits = Array(text.utf8.prefix { $0 != UInt8(ascii: "=") })
        return Base64.bytes(digits) ?? TextEncoding.base64urlBytes(digits)
    }
}

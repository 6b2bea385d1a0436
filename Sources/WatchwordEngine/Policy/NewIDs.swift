import WatchwordCore

/// What `newID` can name; the raw value is the noun's counter in realms whose ids are integers.
enum IDNoun: String {
    case account
    case agent
    case apiKey = "api_key"
    case mail
}

extension Engine {
    /// A new identifier in the realm's form. `now` gives the time part of an ObjectId.
    func newID<Noun>(_ noun: IDNoun, at now: Timestamp, in transaction: any StoreTransaction) throws -> ID<Noun> {
        switch terms.accounts.idFormat {
        case .integer:
            return ID(String(try transaction.nextNumber(noun.rawValue)))
        case .uuid:
            return ID(uuid())
        case .cuid:
            return ID("c" + characters(24, of: Array("abcdefghijklmnopqrstuvwxyz0123456789")))
        case .objectID:
            let seconds = UInt32(truncatingIfNeeded: now.seconds)
            let time = (0..<4).map { UInt8(truncatingIfNeeded: seconds >> (24 - 8 * $0)) }
            return ID(TextEncoding.hex.encode(time + random.bytes(8)))
        case .hex32:
            return ID(TextEncoding.hex.encode(random.bytes(16)))
        case .custom(let alphabet, let length, let prefix):
            return ID(prefix + characters(length, of: Array(alphabet)))
        }
    }

    /// A session's identifier: 16 random bytes, whatever form the realm's own ids have, for it stands in tokens.
    /// In base 62, so that none begins with a hyphen and a command line takes every one as it is.
    func newSessionID() -> Session.ID { ID(TextEncoding.base62.encode(random.bytes(16))) }

    /// RFC 9562 section 5.4.
    private func uuid() -> String {
        var bytes = random.bytes(16)
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        let hex = Array(TextEncoding.hex.encode(bytes))
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(hex[$0]) }.joined(separator: "-")
    }

    /// Characters drawn evenly: a byte that would favour the first ones is drawn again.
    private func characters(_ count: Int, of alphabet: [Character]) -> String {
        precondition(!alphabet.isEmpty && alphabet.count <= 256, "an alphabet has 1 to 256 characters")
        let limit = 256 / alphabet.count * alphabet.count
        var text = ""
        var drawn = 0
        while drawn < count {
            for byte in random.bytes(count - drawn) where Int(byte) < limit {
                text.append(alphabet[Int(byte) % alphabet.count])
                drawn += 1
            }
        }
        return text
    }
}

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
            return ID(random.uuid())
        case .cuid:
            return ID("c" + random.characters(24, of: Array("abcdefghijklmnopqrstuvwxyz0123456789")))
        case .objectID:
            let seconds = UInt32(truncatingIfNeeded: now.seconds)
            let time = (0..<4).map { UInt8(truncatingIfNeeded: seconds >> (24 - 8 * $0)) }
            return ID(TextEncoding.hex.encode(time + random.bytes(8)))
        case .hex32:
            return ID(TextEncoding.hex.encode(random.bytes(16)))
        case .custom(let alphabet, let length, let prefix):
            return ID(prefix + random.characters(length, of: Array(alphabet)))
        }
    }

    /// A session's identifier: 16 random bytes, whatever form the realm's own ids have, for it stands in tokens.
    /// In base 62, so that none begins with a hyphen and a command line takes every one as it is.
    func newSessionID() -> Session.ID { ID(TextEncoding.base62.encode(random.bytes(16))) }
}

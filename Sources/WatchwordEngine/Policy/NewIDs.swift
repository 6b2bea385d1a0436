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
        if let id = randomID(at: now) { return ID(id) }
        return ID(String(try transaction.nextNumber(noun.rawValue)))
    }

    /// An id that looks like one of the realm's and is nobody's.
    func decoyID(at now: Timestamp) -> Account.ID { ID(randomID(at: now) ?? "1000") }

    /// Nothing in realms whose ids are counted.
    private func randomID(at now: Timestamp) -> String? {
        switch terms.accounts.idFormat {
        case .integer: return nil
        case .uuid:
            return random.uuid()
        case .cuid:
            return "c" + random.characters(24, of: Array("abcdefghijklmnopqrstuvwxyz0123456789"))
        case .objectID:
            let seconds = UInt32(truncatingIfNeeded: now.seconds)
            let time = (0..<4).map { UInt8(truncatingIfNeeded: seconds >> (24 - 8 * $0)) }
            return TextEncoding.hex.encode(time + random.bytes(8))
        case .hex32:
            return TextEncoding.hex.encode(random.bytes(16))
        case .custom(let alphabet, let length, let prefix):
            return prefix + random.characters(length, of: Array(alphabet))
        }
    }

    /// A session's identifier: 16 random bytes, whatever form the realm's own ids have, for it stands in tokens.
    /// In base 62, so that none begins with a hyphen and a command line takes every one as it is.
    func newSessionID() -> Session.ID { ID(TextEncoding.base62.encode(random.bytes(16))) }
}

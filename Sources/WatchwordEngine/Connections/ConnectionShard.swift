import WatchwordCore

/// The open sockets of some accounts, found by number and by what they rest on.
struct ConnectionShard: Sendable {
    /// A fact of one realm.
    struct Subject: Hashable, Sendable {
        let realm: Realm.ID
        let change: Change
    }

    struct Entry: Sendable {
        var record: ConnectionRecord
        let connection: any LiveConnection
        /// Whether it was found good after it was entered; until then nobody is shown it.
        var isEstablished = false
    }

    private(set) var entries: [UInt64: Entry] = [:]
    private var subjects: [Subject: Set<UInt64>] = [:]
    /// Those that end by themselves some day.
    private var ends: [UInt64: Timestamp] = [:]

    func count(of subject: Subject) -> Int { subjects[subject]?.count ?? 0 }

    func entries(of subject: Subject) -> [Entry] { (subjects[subject] ?? []).compactMap { entries[$0] } }

    func due(at now: Timestamp, in realm: Realm.ID) -> [Entry] {
        // Asked many times a second, and hardly ever is there any: nothing is copied to find that out.
        guard ends.values.contains(where: { $0 <= now }) else { return [] }
        return ends.filter { $0.value <= now }.compactMap { entries[$0.key] }.filter { $0.record.realm == realm }
    }

    mutating func insert(_ entry: Entry) {
        let record = entry.record
        entries[record.number] = entry
        ends[record.number] = record.endsAt
        for subject in Self.subjects(of: record) { subjects[subject, default: []].insert(record.number) }
    }

    mutating func remove(_ number: UInt64) -> Entry? {
        guard let entry = entries.removeValue(forKey: number) else { return nil }
        ends[number] = nil
        for subject in Self.subjects(of: entry.record) {
            subjects[subject]?.remove(number)
            if subjects[subject]?.isEmpty == true { subjects[subject] = nil }
        }
        return entry
    }

    /// Changes an entry, if it is still there, and gives its record as it is then.
    mutating func change(_ number: UInt64, _ body: (inout Entry) -> Void) -> ConnectionRecord? {
        guard var entry = remove(number) else { return nil }
        body(&entry)
        insert(entry)
        return entry.record
    }

    private static func subjects(of record: ConnectionRecord) -> [Subject] {
        record.concerns.map { Subject(realm: record.realm, change: $0) }
    }
}

import Synchronization
import WatchwordCore
import WatchwordEngine

/// Keeps a realm's key pairs: makes them, stores them sealed, rotates them, and gives them to the signer.
///
/// Which key signs follows from the rows and the clock alone, so processes on one database agree without talking: a
/// key is published long before it signs, and every process reads the rows each second.
public final class SigningKeyKeeper: Sendable {
    public let rings: [KeyRingTerms]
    let signer: RealmSigner
    let store: any Store
    let sealer: any Sealer
    let clock: any WallClock
    private let memory = Mutex(Memory())

    private struct Memory {
        /// Keys made ready, by their ids: reading an RSA key takes longer than a signature.
        var prepared: [String: PreparedKey] = [:]
        /// What the signer holds, so that it is told of changes only.
        var applied: [String: [String]] = [:]
        var makesAwaited = false
    }

    /// How long every process is given to learn of a key before it signs, whatever the overlap. They look each second.
    static let lead = Lifetime.seconds(5)
    /// How far the clock of a process that still signs with the old key may be behind.
    static let leeway = Lifetime.minutes(1)

    public init(
        rings: [KeyRingTerms], signer: RealmSigner, store: any Store, sealer: any Sealer, clock: any WallClock
    ) {
        self.rings = rings
        self.signer = signer
        self.store = store
        self.sealer = sealer
        self.clock = clock
    }

    /// Makes the keys that are missing or due, learns those that others have made, and lets the signer use what signs
    /// and verifies now. Called at the start and once a second. Throws `Fault`; `keyMissing` if a key cannot be opened.
    public func tend() async throws {
        guard !rings.isEmpty else { return }
        let now = clock.now()
        var records = try await store.read { try $0.signingKeys() }
        var isChanged = false
        for ring in rings { isChanged = try await tend(ring, records, at: now) || isChanged }
        if isChanged { records = try await store.read { try $0.signingKeys() } }
        for ring in rings { try apply(ring, records, at: now) }
    }

    /// Lets the realm make keys where the operator's are gone: nobody has a token of theirs.
    public func replaceAwaited() async throws {
        memory.withLock { $0.makesAwaited = true }
        try await tend()
    }

    /// Every key that signs, verifies or soon will, by name, in the order in which they are published.
    public func standings() async throws -> [SigningKeyStanding] {
        let now = clock.now()
        let records = try await store.read { try $0.signingKeys() }
        return try rings.flatMap { ring in
            let made = ring.live(records, at: now)
            let signing = ring.given.isEmpty ? ring.signing(made, at: now)?.id : nil
            let given = try ring.given.enumerated().map { index, key in
                SigningKeyStanding(
                    name: ring.name, id: try PreparedKey(key, name: ring.name).id ?? "", algorithm: ring.algorithm,
                    state: index == 0 ? .signing : .verifying)
            }
            return given
                + made.map { record in
                    let isNext = record.signsFrom > now && record.id != signing && ring.given.isEmpty
                    return SigningKeyStanding(
                        name: ring.name, id: record.id.text, algorithm: ring.algorithm,
                        state: record.id == signing ? .signing : isNext ? .next : .verifying,
                        signsFrom: record.signsFrom, verifiesUntil: record.expiresAt)
                }
        }
    }

    /// Whether it changed any row of the ring.
    private func tend(_ ring: KeyRingTerms, _ records: [SigningKeyRecord], at now: Timestamp) async throws -> Bool {
        let made = ring.live(records, at: now)
        guard ring.given.isEmpty else {
            // The operator's key has taken over: what the realm's own have signed is good to its end.
            let open = made.filter { $0.expiresAt == nil }
            guard !open.isEmpty else { return false }
            try await store.write { try ring.retire(open, from: now, in: $0) }
            return true
        }
        guard !ring.isAwaited || memory.withLock(\.makesAwaited) else { return false }
        guard let latest = made.last else {
            try await makeNext(ring, after: records, signsFrom: now, at: now)
            return true
        }
        guard let every = ring.every, latest.signsFrom <= now, latest.signsFrom + every - ring.overlap <= now
        else { return false }
        let signsFrom = max(latest.signsFrom + every, now + Self.lead)
        try await makeNext(ring, after: records, signsFrom: signsFrom, at: now)
        return true
    }

    /// Makes the next generation, unless another process has been first. Says whether it was this one.
    @discardableResult
    func makeNext(
        _ ring: KeyRingTerms, after records: [SigningKeyRecord], signsFrom: Timestamp, at now: Timestamp,
        address: String = "server"
    ) async throws -> Bool {
        guard let secret = try KeyPair.make(ring.algorithm) else { return false }
        let key = SigningKey(algorithm: ring.algorithm, secret: secret)
        guard let id = try PreparedKey(key, name: ring.name).id else { return false }
        let record = SigningKeyRecord(
            id: ID(id), name: ring.name, generation: (ring.generations(records).last?.generation ?? 0) + 1,
            algorithm: ring.algorithm, sealed: try sealer.seal(secret.bytes, purpose: Self.purpose(ring.name)),
            createdAt: now, signsFrom: signsFrom)
        return try await store.write { transaction in
            guard try transaction.insert(record) else { return false }
            let before = ring.generations(try transaction.signingKeys()).filter { $0.id != record.id }
            try ring.retire(before.filter { $0.expiresAt == nil }, from: signsFrom, in: transaction)
            try transaction.append(
                AuditEvent(at: now, kind: .signingKeyMake, address: address, detail: "\(ring.name) \(id)"))
            return true
        }
    }

    /// Lets the signer use what the rows say.
    private func apply(_ ring: KeyRingTerms, _ records: [SigningKeyRecord], at now: Timestamp) throws {
        let made = ring.live(records, at: now)
        let signing = ring.given.isEmpty ? ring.signing(made, at: now) : nil
        let plan = [signing?.id.text ?? "given"] + made.map(\.id.text)
        guard memory.withLock({ $0.applied[ring.name] != plan }) else { return }
        guard !made.isEmpty || !ring.given.isEmpty else { return }
        var keys = try ring.given.map { try PreparedKey($0, name: ring.name) }
        var signer = keys.first
        for record in made {
            let key = try prepared(record)
            keys.append(key)
            if record.id == signing?.id { signer = key }
        }
        guard let signer, signer.canSign else {
            throw Fault(
                .keyMissing, "the signing key \(ring.name) is no private key: a public one verifies and cannot sign")
        }
        self.signer.replace(ring.name, with: KeyRing(keys: keys, signing: signer))
        memory.withLock { memory in
            memory.applied[ring.name] = plan
            let known = Set(records.map(\.id.text))
            memory.prepared = memory.prepared.filter { known.contains($0.key) }
        }
    }

    private func prepared(_ record: SigningKeyRecord) throws -> PreparedKey {
        if let known = memory.withLock({ $0.prepared[record.id.text] }) { return known }
        guard let opened = sealer.open(record.sealed, purpose: Self.purpose(record.name)) else {
            throw Fault(
                .keyMissing,
                "the signing key \(record.name) in the database was sealed with another secret of the realm: put the "
                    + "data directory's secrets back from the backup that belongs to the database")
        }
        let key = try PreparedKey(SigningKey(algorithm: record.algorithm, secret: Secret(opened)), name: record.name)
        memory.withLock { $0.prepared[record.id.text] = key }
        return key
    }

    private static func purpose(_ name: String) -> String { "signing key \(name)" }
}

extension KeyRingTerms {
    /// The rows of this name, oldest first, whatever their algorithm and end.
    func generations(_ records: [SigningKeyRecord]) -> [SigningKeyRecord] {
        records.filter { $0.name == name }.sorted { $0.generation < $1.generation }
    }

    /// Those whose tokens can be good: of the ring's algorithm, and not past their end.
    func live(_ records: [SigningKeyRecord], at now: Timestamp) -> [SigningKeyRecord] {
        generations(records).filter { $0.algorithm == algorithm && $0.expiresAt.map { now < $0 } ?? true }
    }

    /// The latest that may sign.
    func signing(_ live: [SigningKeyRecord], at now: Timestamp) -> SigningKeyRecord? {
        live.last { $0.signsFrom <= now } ?? live.first
    }

    /// Lets keys verify until every token that they sign before `moment` is past its end.
    func retire(_ keys: [SigningKeyRecord], from moment: Timestamp, in transaction: any StoreTransaction) throws {
        for var key in keys {
            key.expiresAt = max(key.signsFrom, moment) + longestToken + SigningKeyKeeper.leeway
            try transaction.update(key)
        }
    }
}

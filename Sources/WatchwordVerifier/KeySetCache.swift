import WatchwordCore

/// The last key set that a server published, fetched by one caller at a time.
actor KeySetCache {
    private let refreshed: Int64
    private let pause: Int64
    private let keptFor: Int64
    private let clock: any WallClock
    private let fetch: @Sendable () async throws -> [UInt8]

    private var keys: [VerificationKey] = []
    /// In microseconds since 1970; nothing for never.
    private var fetchedAt: Int64?
    private var triedAt: Int64?
    private var isFetching = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(
        refreshed: Duration, pause: Duration, keptFor: Duration, clock: any WallClock,
        fetch: @escaping @Sendable () async throws -> [UInt8]
    ) {
        self.refreshed = refreshed.microseconds
        self.pause = pause.microseconds
        self.keptFor = keptFor.microseconds
        self.clock = clock
        self.fetch = fetch
    }

    /// The keys that may have signed a token which names `id`. Throws `unavailable` if no key is known.
    func keys(knowing id: String?) async throws(TokenRefusal) -> [VerificationKey] {
        let now = clock.now().microseconds
        let isStale = fetchedAt.map { now - $0 >= refreshed } ?? true
        let isUnknown = id.map { id in !keys.contains { $0.id == id } } ?? false
        if isStale || isUnknown {
            if isFetching {
                // Whoever has keys goes on with them while another fetches.
                if keys.isEmpty || isUnknown { await withCheckedContinuation { waiting.append($0) } }
            } else if triedAt.map({ now - $0 >= pause }) ?? true {
                await refresh(at: now)
            }
        }
        guard let fetchedAt, clock.now().microseconds - fetchedAt < keptFor, !keys.isEmpty else { throw .unavailable }
        return keys
    }

    private func refresh(at now: Int64) async {
        isFetching = true
        triedAt = now
        if let json = try? await fetch(), let keys = KeySet.read(json) {
            self.keys = keys
            fetchedAt = now
        }
        isFetching = false
        let waiting = waiting
        self.waiting = []
        for continuation in waiting { continuation.resume() }
    }
}

extension Duration {
    var microseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    }
}

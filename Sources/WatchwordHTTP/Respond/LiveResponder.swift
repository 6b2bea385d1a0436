import Synchronization

/// The responder of a listener, which may be replaced by another while connections are served.
///
/// A connection keeps the one it has and asks one atomic number whether there is a newer one, so that a request takes
/// no lock. What is in hand is finished by the responder that began it.
final class LiveResponder: Sendable {
    private let generation = Atomic<Int>(0)
    private let current: Mutex<any Responder>

    init(_ responder: any Responder) { current = Mutex(responder) }

    /// Every request read from now on is answered by this one.
    func replace(with responder: any Responder) {
        current.withLock { $0 = responder }
        generation.wrappingAdd(1, ordering: .releasing)
    }

    /// One connection's view of it.
    struct View {
        private let live: LiveResponder
        private var seen: Int
        private var responder: any Responder

        init(_ live: LiveResponder) {
            self.live = live
            seen = live.generation.load(ordering: .acquiring)
            responder = live.current.withLock { $0 }
        }

        mutating func latest() -> any Responder {
            let generation = live.generation.load(ordering: .acquiring)
            if generation != seen {
                seen = generation
                responder = live.current.withLock { $0 }
            }
            return responder
        }
    }
}

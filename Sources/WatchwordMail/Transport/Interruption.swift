import Synchronization

/// Tells the thread that waits for a mail server that nobody waits for it any more.
final class Interruption: Sendable {
    private let flag = Atomic(false)

    var happened: Bool { flag.load(ordering: .acquiring) }
    func happen() { flag.store(true, ordering: .releasing) }
}

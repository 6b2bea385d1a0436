import Synchronization

/// A count that the lanes share with their hasher without keeping it alive.
final class SpentHashes: Sendable {
    let count = Atomic(0)
}

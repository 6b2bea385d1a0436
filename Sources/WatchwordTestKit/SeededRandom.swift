import Synchronization
import WatchwordCore

/// The same bytes for the same seed: SplitMix64. Print the seed when a test fails.
public final class SeededRandom: RandomSource {
    public let seed: UInt64
    private let state: Mutex<UInt64>

    public init(seed: UInt64 = 1) {
        self.seed = seed
        state = Mutex(seed)
    }

    public func next() -> UInt64 {
        state.withLock { state in
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    public func bytes(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count { withUnsafeBytes(of: next().littleEndian) { bytes.append(contentsOf: $0) } }
        return Array(bytes.prefix(count))
    }
}

/// The same generator where the standard library wants one: `Int.random(in:using:)`, `shuffled(using:)`.
public struct SeededGenerator: RandomNumberGenerator {
    private let source: SeededRandom

    public init(seed: UInt64) { source = SeededRandom(seed: seed) }

    public mutating func next() -> UInt64 { source.next() }
}

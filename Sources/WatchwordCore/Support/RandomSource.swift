/// Where unpredictable bytes come from. Production draws them from the kernel.
public protocol RandomSource: Sendable {
    /// `count` independent, uniformly distributed bytes.
    func bytes(_ count: Int) -> [UInt8]
}

/// The kernel's generator (getrandom), as the standard library offers it.
public struct SystemRandom: RandomSource {
    public init() {}

    public func bytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 7)
        while bytes.count < count {
            withUnsafeBytes(of: generator.next() as UInt64) { bytes.append(contentsOf: $0) }
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }
}

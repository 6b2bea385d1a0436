/// Bytes that wait for their turn, in order.
public struct ByteQueue: Sendable {
    private var bytes: [UInt8] = []
    /// How many of them, from the first, have been taken.
    private var taken = 0

    public init() {}

    /// How many wait.
    public var count: Int { bytes.count - taken }
    public var isEmpty: Bool { count == 0 }

    public mutating func append(_ more: [UInt8]) {
        if isEmpty {
            (bytes, taken) = (more, 0)
        } else {
            bytes += more
        }
    }

    /// The first of them: as many as there are, `most` at most.
    public mutating func take(_ most: Int) -> [UInt8] {
        let end = taken + max(0, min(most, count))
        let first = taken == 0 && end == bytes.count ? bytes : Array(bytes[taken..<end])
        taken = end
        // What is taken goes once it is half of all, so that it is neither kept nor moved often.
        if taken * 2 >= bytes.count {
            bytes.removeFirst(taken)
            taken = 0
        }
        return first
    }

    public mutating func removeAll() { (bytes, taken) = ([], 0) }
}

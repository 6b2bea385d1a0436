/// Flow control of one end of a terminal, both ways: bytes of `data` are sent only on credit, and credit comes back as
/// they are taken. Neither `toSend` nor `toReceive` is ever more than `size`.
public struct CreditWindow: Hashable, Sendable {
    /// What each end has to begin with, in bytes.
    public let size: Int
    /// Bytes that this end may still send.
    public private(set) var toSend: Int
    /// Bytes that the other end may still send.
    public private(set) var toReceive: Int
    /// Bytes that were passed on, and for which no credit has been given yet.
    private var passedOn = 0

    public init(size: Int = RelayFrame.initialCredit) {
        self.size = size
        toSend = size
        toReceive = size
    }

    /// Spends credit for the next bytes of `count`: how many may be sent in one frame, 0 where none is left.
    public mutating func spend(_ count: Int) -> Int {
        let spent = min(count, toSend, RelayFrame.largestData)
        toSend -= spent
        return spent
    }

    /// The other end gives credit. False, and nothing is changed, where that makes more than the window: credit is
    /// for bytes that were sent.
    public mutating func add(_ credit: UInt32) -> Bool {
        guard Int(credit) <= size - toSend else { return false }
        toSend += Int(credit)
        return true
    }

    /// `count` bytes have come. False, and nothing is changed, where they are more than there was credit for.
    public mutating func receive(_ count: Int) -> Bool {
        guard count <= toReceive else { return false }
        toReceive -= count
        return true
    }

    /// `count` of the bytes that came were passed on. The credit to give now: 0 until it is half of the window, so that
    /// small pieces do not cost a frame each.
    public mutating func pass(_ count: Int) -> UInt32 {
        passedOn += count
        guard passedOn * 2 >= size else { return 0 }
        defer { passedOn = 0 }
        toReceive += passedOn
        return UInt32(passedOn)
    }
}

/// How many sockets a process holds open.
public struct ConnectionLimits: Hashable, Sendable {
    /// In all realms together; as many again may be waiting to authenticate.
    public var all: Int
    /// Of one account, its agents' among them.
    public var perAccount: Int
    /// From one address, or from one /64 network of IPv6.
    public var perAddress: Int
    /// From one address, of those that have yet to authenticate.
    public var unauthenticatedPerAddress: Int

    public init(
        all: Int = 16_384, perAccount: Int = 1_024, perAddress: Int = 1_024, unauthenticatedPerAddress: Int = 64
    ) {
        self.all = all
        self.perAccount = perAccount
        self.perAddress = perAddress
        self.unauthenticatedPerAddress = unauthenticatedPerAddress
    }
}

import WatchwordRelay

/// Starts terminals on this machine.
protocol TerminalHost: Sendable {
    /// A terminal of that size. `who` asks for it, as the server says.
    ///
    /// Throws `TerminalRefused` where there can be none. Whoever starts one ends it: with `hangUp`, and then `status`.
    func start(_ size: TerminalSize, who: String) async throws -> any HostedTerminal
}

/// One terminal and the program on it. One task reads, one writes.
protocol HostedTerminal: Sendable {
    /// What the program wrote next, 1 to `RelayFrame.largestData` bytes; nothing once it has ended and all is read.
    func read() async throws -> [UInt8]?
    /// Waits until the program's side has taken them all. Nothing happens after its end.
    func write(_ bytes: [UInt8]) async throws
    func resize(_ size: TerminalSize)
    /// Ends the program as a lost line does, and one that does not listen by force. `read` then comes to its end.
    func hangUp()
    /// Waits for the end, which this takes note of: an exit status, or the negative number of a signal.
    func status() async -> Int32
}

/// No terminal can be had. The reason is for who asked.
struct TerminalRefused: Error, Hashable {
    var reason: String
}

/// The host of an agent that offers none.
struct NoTerminals: TerminalHost {
    func start(_ size: TerminalSize, who: String) async throws -> any HostedTerminal {
        throw TerminalRefused(reason: "This agent offers no terminals")
    }
}

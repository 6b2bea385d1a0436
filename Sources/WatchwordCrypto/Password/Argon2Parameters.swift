/// What a password hash costs (RFC 9106 section 3.1).
public struct Argon2Parameters: Hashable, Sendable {
    /// In KiB.
    public var memory: Int
    /// Passes over the memory.
    public var passes: Int
    /// Lanes of the algorithm; ours are computed one after another on one thread.
    public var parallelism: Int

    /// The OWASP password storage cheat sheet's choice for Argon2id.
    public static let standard = Argon2Parameters(memory: 19_456, passes: 2, parallelism: 1)

    public init(memory: Int, passes: Int, parallelism: Int) {
        self.memory = memory
        self.passes = passes
        self.parallelism = parallelism
    }

    /// Whether a hash of this cost is computed at all: an imported one must not stop the server.
    /// At most 128 MiB, 16 lanes, and 512 MiB in all passes together; at least what RFC 9106 allows.
    public var isBearable: Bool {
        (1...16).contains(parallelism) && (8 * parallelism...131_072).contains(memory) && (1...64).contains(passes)
            && memory * passes <= 524_288
    }
}

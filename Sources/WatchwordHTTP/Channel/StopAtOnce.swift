/// The event that tells a connection's handlers that the server stops at once: nobody waits for a farewell.
struct StopAtOnce: Sendable {}

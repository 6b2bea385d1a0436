import WatchwordCore

/// Keeps what must be stored and read again, and derives what must not be stored.
public protocol Sealer: Sendable {
    /// Authenticated encryption under the realm's secret; `purpose` must be the same to open.
    func seal(_ bytes: [UInt8], purpose: String) throws -> [UInt8]
    /// The bytes sealed, or nothing if they were not sealed so.
    func open(_ sealed: [UInt8], purpose: String) -> [UInt8]?
    /// 32 bytes that only this realm's secret gives for this label: HMAC-SHA-256 (RFC 2104).
    func derive(_ label: String) -> [UInt8]
}

import WatchwordCore

/// An open socket as the registry of connections holds it. Both may be called from any thread, and after its end.
public protocol LiveConnection: AnyObject, Sendable {
    /// Ends it now. The first end counts.
    func end(_ end: ConnectionEnd)
    /// From now on it ends by itself at that moment, for its token's end; nothing for never. The engine never calls it:
    /// whoever opened the socket knows whether its dialect wants that.
    func expire(at moment: Timestamp?)
}

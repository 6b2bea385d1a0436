/// How a person's client and the server speak of a terminal over its socket.
enum TerminalMode: Hashable, Sendable {
    /// No subprotocol, as xterm.js's AttachAddon does: every message is input, except a text that is exactly a resize.
    case plain
    /// The subprotocol `watchword.terminal.v1`: binary messages are bytes, text messages are `TerminalControl`.
    case controlled
}

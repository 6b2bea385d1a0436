import Logging
import WatchwordCore

/// For development: says in the log that a mail waits to be read, and never what it says.
public struct LogTransport: MailTransport {
    private let logger: Logger

    public init(logger: Logger) { self.logger = logger }

    public func deliver(_ message: MailMessage) async throws -> String {
        logger.notice(
            "mail ready: read it with `watchword mail show \(message.id.text) --realm \(message.realm.text)`",
            metadata: [
                "realm": "\(message.realm.text)", "kind": "\(message.kind.rawValue)",
                "to": "\(Self.masked(message.to.address))",
            ])
        return "it waits to be read"
    }

    /// `a***@example.com`: enough to recognise one's own mail by, too little to keep.
    static func masked(_ address: String) -> String {
        let address = HeaderText.clean(address)
        guard let at = address.lastIndex(of: "@"), let first = address.first, first != "@" else { return "***" }
        return "\(first)***\(address[at...])"
    }
}

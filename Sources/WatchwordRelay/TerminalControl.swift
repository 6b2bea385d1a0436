import WatchwordCore

/// What a person's client and the server tell each other beside the bytes of a terminal: text messages of the
/// subprotocol `watchword.terminal.v1`, each a JSON object with a `type` and no other members than are named here.
public enum TerminalControl: Equatable, Sendable {
    public static let subprotocol = "watchword.terminal.v1"
    /// The longest text that is read, in bytes.
    public static let longest = 16 * 1_024

    /// `{"type":"resize","cols":120,"rows":40}`, client to server.
    case resize(TerminalSize)
    /// `{"type":"auth","token":"..."}`, client to server: a new access token before the old one ends.
    case authenticate(token: Secret)
    /// `{"type":"opened"}`, server to client, before the first bytes.
    case opened
    /// `{"type":"exit","status":0}`, server to client, after the last bytes. A signal's number is negative.
    case exit(Int32)
    /// `{"type":"refused","message":"..."}`, server to client: there is no terminal to be had, and why.
    case refused(String)

    public var text: String {
        let members: [Value.Member] =
            switch self {
            case .resize(let size): [named("cols", .int(Int64(size.columns))), named("rows", .int(Int64(size.rows)))]
            case .authenticate(let token): [named("token", .string(token.revealed))]
            case .opened: []
            case .exit(let status): [named("status", .int(Int64(status)))]
            case .refused(let why): [named("message", .string(why))]
            }
        return JSON.text(.object([named("type", .string(type))] + members))
    }

    private func named(_ name: String, _ value: Value) -> Value.Member { Value.Member(name, value) }

    private var type: String {
        switch self {
        case .resize: "resize"
        case .authenticate: "auth"
        case .opened: "opened"
        case .exit: "exit"
        case .refused: "refused"
        }
    }

    /// Nothing for text that is none of these, has other members, or sizes beyond 65535.
    public init?(_ text: String) {
        guard text.utf8.count <= Self.longest, text.utf8.first == UInt8(ascii: "{"),
            case .success(let said) = JSON.parse(text.utf8), case .object(let members) = said
        else { return nil }
        switch (said["type"]?.string, members.count) {
        case ("resize", 3):
            guard let columns = said["cols"]?.int.flatMap({ UInt16(exactly: $0) }),
                let rows = said["rows"]?.int.flatMap({ UInt16(exactly: $0) })
            else { return nil }
            self = .resize(TerminalSize(columns: columns, rows: rows))
        case ("auth", 2):
            guard let token = said["token"]?.string else { return nil }
            self = .authenticate(token: Secret(token))
        case ("opened", 1): self = .opened
        case ("exit", 2):
            guard let status = said["status"]?.int.flatMap({ Int32(exactly: $0) }) else { return nil }
            self = .exit(status)
        case ("refused", 2):
            guard let why = said["message"]?.string else { return nil }
            self = .refused(why)
        default: return nil
        }
    }
}

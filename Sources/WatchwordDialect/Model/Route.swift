import WatchwordCore

/// A method and path that one operation answers.
public struct Route: Sendable, Equatable {
    /// Upper case, as in RFC 9110 section 9.
    public var method: String
    public var path: [PathPiece]
    public var operation: Operation
    /// The bodies it takes; empty where it binds nothing from the body (a body is then ignored).
    public var media: [MediaType] = []
    /// Where each input is; the first source present counts.
    public var bindings: [Binding] = []
    /// The carriers a principal may use, in order; nothing where anyone may call.
    public var carriers: [Carrier]?
    public var reply: Reply
    /// This route's own words for refusals, before those of the dialect.
    public var errors: [RefusalCode: Reply] = [:]

    public init(method: String, path: [PathPiece], operation: Operation, reply: Reply) {
        self.method = method
        self.path = path
        self.operation = operation
        self.reply = reply
    }

    /// The path as written: `/api/v1/api-keys/{id}`.
    public var pathText: String { path.isEmpty ? "/" : path.map { "/" + $0.text }.joined() }
}

public enum PathPiece: Sendable, Hashable {
    case literal(String)
    case parameter(String)

    public var text: String {
        switch self {
        case .literal(let text): text
        case .parameter(let name): "{\(name)}"
        }
    }
}

public enum MediaType: String, Sendable, Hashable, CaseIterable { case json, form }

public struct Binding: Sendable, Equatable {
    public var input: InputName
    public var sources: [InputSource]

    public init(_ input: InputName, _ sources: [InputSource]) {
        self.input = input
        self.sources = sources
    }
}

/// Where in a request an input can be.
public enum InputSource: Sendable, Hashable {
    /// A member of the body, by its dotted path (forms have one step).
    case body([String])
    case query(String)
    /// Lower case.
    case header(String)
    case cookie(String)
    case path(String)
}

/// Where a credential travels, and which kind it is.
public struct Carrier: Sendable, Hashable {
    public var place: Place
    public var takes: PresentedCredential.Kind

    public enum Place: Sendable, Hashable {
        /// The field's name in lower case; `scheme` as in `Authorization: scheme credential` (RFC 9110 section 11.4), compared without case.
        case header(String, scheme: String?)
        case query(String)
        case cookie(String)
    }

    public init(_ place: Place, takes: PresentedCredential.Kind) {
        self.place = place
        self.takes = takes
    }
}

/// A path that upgrades to a WebSocket. Read and checked here; served by the socket layer.
public struct Socket: Sendable, Equatable {
    public var path: [PathPiece]
    public var operation: Operation
    /// The members of the section as written, checked, for the layer that gives them meaning.
    public var written: Value

    /// What a socket is opened for. The raw value is its name in a dialect file.
    public enum Operation: String, Sendable, CaseIterable {
        case connectUser = "connect_user"
        case connectAgent = "connect_agent"
    }

    public init(path: [PathPiece], operation: Operation, written: Value) {
        self.path = path
        self.operation = operation
        self.written = written
    }
}

import WatchwordCore

/// A method and path that one operation answers, perhaps one of several cases of them.
public struct Route: Sendable, Equatable {
    /// Upper case, as in RFC 9110 section 9.
    public var method: String
    public var path: [PathPiece]
    /// What a request must hold to be this case; empty for any. Routes of one method and path stand side by side
    /// in the dialect, and the first whose conditions all hold is taken.
    public var conditions: [Condition] = []
    public var operation: Operation
    /// The bodies it takes; empty where it binds nothing from the body (a body is then ignored).
    public var media: [MediaType] = []
    /// Where each input is; the first source present counts.
    public var bindings: [Binding] = []
    /// Values that replies may choose by and name as `$with.NAME`; no input of the operation, and never a secret.
    public var extras: [Extra] = []
    /// The carriers a principal may use, in order; nothing where anyone may call.
    public var carriers: [Carrier]?
    /// What is answered when granted; its own conditions are not looked at unless `otherReplies` has some.
    public var reply: Reply
    /// Replies that go before `reply`, each where its conditions hold; the first counts.
    public var otherReplies: [Reply] = []
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

/// The kinds of body; `text` is a bare text, the whole of which is one value.
public enum MediaType: String, Sendable, Hashable, CaseIterable { case json, form, multipart, text }

/// A value of the request that only replies look at.
public struct Extra: Sendable, Equatable {
    public var name: String
    public var sources: [InputSource]

    public init(_ name: String, _ sources: [InputSource]) {
        self.name = name
        self.sources = sources
    }
}

/// A question about a request, by which a case is chosen.
public struct Condition: Sendable, Equatable {
    /// The first source present counts.
    public var sources: [InputSource]
    public var test: Test

    public enum Test: Sendable, Equatable {
        /// One of these values; `true`, `5` and the like also match their text, since forms and queries hold only text.
        case isOne(of: [Value])
        case present
        case absent
    }

    public init(_ sources: [InputSource], _ test: Test) {
        self.sources = sources
        self.test = test
    }
}

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
    /// Lower case. With a scheme, the credential behind it (RFC 9110 section 11.4), absent where another stands there.
    case header(String, scheme: String?)
    case cookie(String)
    case path(String)
    /// Of `Authorization: Basic` (RFC 7617).
    case basic(BasicPart)
    /// Always this value, whatever the request holds.
    case constant(Value)
    /// The path of a socket of the dialect, its parameters those of the route's path: what a ticket is for.
    case socket([PathPiece])
}

public enum BasicPart: String, Sendable, Hashable, CaseIterable { case username, password }

/// Where a credential travels, and which kind it is.
public struct Carrier: Sendable, Hashable {
    public var place: Place
    public var takes: PresentedCredential.Kind
    /// Whether the credential may also stand there bare, without its scheme.
    public var schemeIsOptional = false
    /// A second field that must name the credential's owner, such as `X-User-Id`.
    public var companion: Companion?

    public struct Companion: Sendable, Hashable {
        /// The field's name in lower case, or the name of a basic user.
        public var place: Place
        /// What it names the owner by; nothing for any of the ways.
        public var names: AcceptedToken.Subject?

        public init(_ place: Place, names: AcceptedToken.Subject? = nil) {
            self.place = place
            self.names = names
        }
    }

    public indirect enum Place: Sendable, Hashable {
        /// The field's name in lower case; `scheme` as in `Authorization: scheme credential` (RFC 9110 section 11.4), compared without case.
        case header(String, scheme: String?)
        case query(String)
        case cookie(String)
        case basic(BasicPart)
        /// A member of the body, by its dotted path.
        case body([String])
    }

    public init(_ place: Place, takes: PresentedCredential.Kind) {
        self.place = place
        self.takes = takes
    }
}

import WatchwordCore

/// What a request holds, read as far as was asked: its body and its query once, however many cases, credentials and
/// inputs look at them.
public struct RequestContents: Sendable {
    public let request: WireRequest
    /// What the path's parameters held.
    public let parameters: [(name: String, value: String)]
    private var readBody: (type: MediaType, body: Outcome<RequestBody>)?
    private var readQuery: FormFields?

    public init(_ request: WireRequest, parameters: [(name: String, value: String)] = []) {
        self.request = request
        self.parameters = parameters
    }

    /// The body, or what is wrong with it: `unsupportedMedia`, `badJSON`, `tooLarge`, `validation`.
    ///
    /// - Parameter needed: whether no body at all is a broken one.
    mutating func body(taking media: [MediaType], needed: Bool = false) -> Outcome<RequestBody> {
        let field = request.header("content-type")
        // A text is the one body that clients send without saying so.
        let type = field == nil && media == [.text] ? .text : MediaType(field: field)
        guard !request.body.isEmpty else {
            // Nothing sent at all is the client's slip with the fields, not with the type.
            let fallback = type.flatMap { media.contains($0) ? $0 : nil } ?? media.first
            return needed && fallback == .json ? RequestBody.read(request, as: .json) : .granted(.none)
        }
        guard let type, media.contains(type) else {
            return .refused(Refusal(.unsupportedMedia, problems: [InputProblem(.body, .media)]))
        }
        if let readBody, readBody.type == type { return readBody.body }
        let body = RequestBody.read(request, as: type)
        readBody = (type, body)
        return body
    }

    /// The fields of the query; nothing where there is none.
    mutating func query() -> FormFields? {
        guard let query = request.query else { return nil }
        if let readQuery { return readQuery }
        let fields = FormFields(query.utf8)
        readQuery = fields
        return fields
    }

    /// What a parameter of the query is, if it is there once and can be read.
    public mutating func queryText(_ name: String) -> String? {
        guard let fields = query(), !fields.overflows else { return nil }
        let values = fields.values(of: name)
        return values.count == 1 ? values[0] : nil
    }

    /// The first of the sources that is present; an empty text is, and null only where nothing else is.
    ///
    /// - Parameter media: the bodies that are read; in any other there is nothing.
    mutating func find(_ sources: [InputSource], taking media: [MediaType]) -> FoundInput {
        var isNull = false
        for source in sources {
            switch value(at: source, taking: media) {
            case .absent: continue
            case .found(.null): isNull = true
            case let found: return found
            }
        }
        return isNull ? .found(.null) : .absent
    }

    private mutating func value(at source: InputSource, taking media: [MediaType]) -> FoundInput {
        switch source {
        case .body(let path):
            guard !media.isEmpty, case .granted(let body) = body(taking: media) else { return .absent }
            return body.value(at: path)
        case .query(let name): return query()?.value(at: name.split(separator: ".").map(String.init)) ?? .absent
        case .header(let name, let scheme):
            let values = request.headers.filter { $0.name == name && !$0.value.isEmpty }.map(\.value)
            // What a token is read from as a whole is mostly sent behind `Bearer` all the same.
            guard let scheme = scheme ?? (name == "authorization" ? "Bearer" : nil) else { return .single(values) }
            let behind = values.compactMap { AuthorizationField.credential(in: $0, scheme: scheme) }
            guard case .header(_, nil) = source else { return .single(behind) }
            return .single(behind.isEmpty ? values : behind)
        case .cookie(let name): return .single(Cookies.values(of: name, in: request))
        case .path(let name): return .single(parameters.filter { $0.name == name }.map(\.value))
        case .basic(let part):
            let values = request.headers.filter { $0.name == "authorization" }.map(\.value)
            return .single(values.compactMap { AuthorizationField.basic($0)?[part] })
        case .constant(let value): return .found(value)
        case .socket(let pieces): return socketPath(pieces)
        }
    }
}

extension RequestContents {
    /// The path as a client writes it, what the parameters hold percent-encoded; absent where one holds nothing.
    private func socketPath(_ pieces: [PathPiece]) -> FoundInput {
        var path = ""
        for piece in pieces {
            switch piece {
            case .literal(let text): path += "/" + text
            case .parameter(let name):
                guard let value = parameters.first(where: { $0.name == name })?.value else { return .absent }
                path += "/" + PercentEncoding.component(value)
            }
        }
        return .found(.string(path.isEmpty ? "/" : path))
    }
}

/// What is at a source.
enum FoundInput: Equatable {
    case absent
    case found(Value)
    /// The rule that it breaks: `type` for a repeated field, `characters` for a broken escape or bytes that are
    /// not UTF-8.
    case refused(InputRule)

    static func single(_ values: [String]) -> FoundInput {
        switch values.count {
        case 0: .absent
        case 1: .found(.string(values[0]))
        default: .refused(.type)
        }
    }
}

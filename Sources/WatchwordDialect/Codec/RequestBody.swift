import WatchwordCore

/// A request's body, read as one of the types the route takes.
enum RequestBody {
    case none
    case json(Value)
    case form([(name: String, value: String)])

    /// More fields than any contract has; the rest would only cost time.
    static let maximumFields = 100

    /// Reads the body, or says what is wrong with it: `unsupportedMedia`, `badJSON`, `validation`.
    static func read(_ request: WireRequest, taking media: [MediaType]) -> Outcome<RequestBody> {
        guard !media.isEmpty else { return .granted(.none) }
        guard let type = mediaType(request.header("content-type")) else {
            // Nothing sent at all is the author's slip with the fields, not with the type.
            if request.body.isEmpty, request.header("content-type") == nil { return empty(media) }
            return .refused(Refusal(.unsupportedMedia, problems: [InputProblem(.body, .media)]))
        }
        guard media.contains(type) else {
            return .refused(Refusal(.unsupportedMedia, problems: [InputProblem(.body, .media)]))
        }
        switch type {
        case .json: return json(request.body)
        case .form:
            guard let fields = PercentCoding.fields(request.body, limit: maximumFields) else {
                return .refused(Refusal(.validation, problems: [InputProblem(.body, .characters)]))
            }
            return .granted(.form(fields))
        }
    }

    private static func empty(_ media: [MediaType]) -> Outcome<RequestBody> {
        media.first == .form ? .granted(.form([])) : json([])
    }

    private static func json(_ bytes: [UInt8]) -> Outcome<RequestBody> {
        switch JSON.parse(bytes) {
        case .failure: .refused(Refusal(.badJSON, problems: [InputProblem(.body, .json)]))
        case .success(let value):
            if case .object = value {
                .granted(.json(value))
            } else {
                .refused(Refusal(.validation, problems: [InputProblem(.body, .type, expected: "object")]))
            }
        }
    }

    /// The type named by a Content-Type field (RFC 9110 section 8.3); a charset other than UTF-8 is none of ours.
    static func mediaType(_ field: String?) -> MediaType? {
        guard let field else { return nil }
        let parts = field.split(separator: ";").map { Identifier.key(String($0)) }
        for parameter in parts.dropFirst() where parameter.hasPrefix("charset=") {
            let charset = parameter.dropFirst("charset=".count).filter { $0 != "\"" }
            guard charset == "utf-8" || charset == "utf8" else { return nil }
        }
        switch parts.first {
        case "application/json": return .json
        case "application/x-www-form-urlencoded": return .form
        default: return nil
        }
    }
}

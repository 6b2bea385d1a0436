import WatchwordCore

/// A request's body, read as one of the types that routes take.
enum RequestBody: Sendable {
    case none
    case json(Value)
    case form(FormFields)
    case multipart(MultipartFields)
    case text(String)

    /// Reads the body, or says what is wrong with it: `badJSON`, `tooLarge`, `validation`.
    static func read(_ request: WireRequest, as type: MediaType) -> Outcome<RequestBody> {
        switch type {
        case .json:
            switch JSON.parse(request.body) {
            case .failure: .refused(Refusal(.badJSON, problems: [InputProblem(.body, .json)]))
            case .success(let value): .granted(.json(value))
            }
        case .form: form(FormFields(request.body))
        case .multipart:
            switch MultipartFields.read(request.body, contentType: request.header("content-type") ?? "") {
            case .read(let fields): .granted(.multipart(fields))
            case .tooMany: tooLarge
            case .malformed:
                .refused(
                    Refusal(.validation, problems: [InputProblem(.body, .type, expected: "multipart/form-data")]))
            }
        case .text:
            if let text = String(validating: request.body, as: UTF8.self) {
                .granted(.text(text))
            } else {
                .refused(Refusal(.validation, problems: [InputProblem(.body, .characters)]))
            }
        }
    }

    private static func form(_ fields: FormFields) -> Outcome<RequestBody> {
        fields.overflows ? tooLarge : .granted(.form(fields))
    }

    /// One refusal for a body of too many bytes and one of too many fields.
    private static var tooLarge: Outcome<RequestBody> {
        .refused(Refusal(.tooLarge, problems: [InputProblem(.body, .size)]))
    }

    /// The path that stands for the body as a whole.
    static let whole = ["*"]

    /// What is at a dotted path: a member, an item by its number, or a field named `a.b` or `a[b]`.
    func value(at path: [String]) -> FoundInput {
        switch self {
        case .none: return .absent
        case .text(let text): return path == Self.whole ? .found(.string(text)) : .absent
        case .form(let fields): return fields.value(at: path)
        case .multipart(let fields): return fields.value(at: path)
        case .json(let value):
            guard path != Self.whole else { return .found(value) }
            var found: Value? = value
            for step in path {
                if case .array(let items)? = found {
                    found = Int(step).flatMap { items.indices.contains($0) ? items[$0] : nil }
                } else {
                    found = found?[step]
                }
            }
            return found.map { .found($0) } ?? .absent
        }
    }
}

extension MediaType {
    /// The type named by a Content-Type field (RFC 9110 section 8.3); a charset other than UTF-8 is none of ours.
    init?(field: String?) {
        guard let field else { return nil }
        let parts = field.split(separator: ";", omittingEmptySubsequences: false).map { Identifier.key(String($0)) }
        for parameter in parts.dropFirst() where parameter.hasPrefix("charset=") {
            let charset = parameter.dropFirst("charset=".count).filter { $0 != "\"" }
            guard charset == "utf-8" || charset == "utf8" else { return nil }
        }
        switch parts.first {
        case "application/json"?: self = .json
        case "application/x-www-form-urlencoded"?: self = .form
        case "multipart/form-data"?: self = .multipart
        case "text/plain"?: self = .text
        case let essence? where Self.isJSON(essence): self = .json
        default: return nil
        }
    }

    /// The types with `json` among the words of their name: `application/vnd.api+json` (RFC 6839 section 3.1),
    /// `application/x-amz-json-1.1`, `application/json-rpc`; and `text/json`, which some clients write.
    private static func isJSON(_ essence: String) -> Bool {
        guard essence != "text/json" else { return true }
        guard essence.hasPrefix("application/"), isToken(String(essence.dropFirst("application/".count))) else {
            return false
        }
        return essence.dropFirst("application/".count).split { "+-.".contains($0) }.contains("json")
    }

    /// What a client says of a body that it prints.
    var essence: String {
        switch self {
        case .json: "application/json"
        case .form: "application/x-www-form-urlencoded"
        case .multipart: "multipart/form-data"
        case .text: "text/plain"
        }
    }
}

import WatchwordCore

/// A request's body, read as one of the types the route takes.
enum RequestBody {
    case none
    case json(Value)
    case form(FormFields)

    /// Reads the body, or says what is wrong with it: `unsupportedMedia`, `badJSON`, `tooLarge`, `validation`.
    ///
    /// - Parameter needed: whether no body at all is a broken one.
    static func read(_ request: WireRequest, taking media: [MediaType], needed: Bool) -> Outcome<RequestBody> {
        let type = mediaType(request.header("content-type"))
        guard !request.body.isEmpty else {
            // Nothing sent at all is the client's slip with the fields, not with the type.
            let isForm = media.contains(.form) && (type == .form || media.first == .form)
            return needed && !isForm ? json([]) : .granted(.none)
        }
        guard let type, media.contains(type) else {
            return .refused(Refusal(.unsupportedMedia, problems: [InputProblem(.body, .media)]))
        }
        switch type {
        case .json: return json(request.body)
        case .form:
            let fields = FormFields(request.body)
            // One refusal for a body of too many bytes and one of too many fields.
            if fields.overflows { return .refused(Refusal(.tooLarge, problems: [InputProblem(.body, .size)])) }
            return .granted(.form(fields))
        case .multipart, .text: return .refused(.unsupportedMedia)
        }
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
        let parts = field.split(separator: ";", omittingEmptySubsequences: false).map { Identifier.key(String($0)) }
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

import WatchwordCore

/// Which template a file is: `verify.text.mustache`, `message.html.mustache`, `layout.html.mustache`.
struct TemplateName: Hashable, Sendable {
    enum Subject: Hashable, Sendable {
        /// What stands around the others.
        case layout
        /// Every kind that has none of its own.
        case message
        case kind(Mail.Kind)

        var text: String {
            switch self {
            case .layout: "layout"
            case .message: "message"
            case .kind(let kind): kind.rawValue
            }
        }
    }

    enum Part: String, Hashable, Sendable, CaseIterable { case subject, text, html }

    var subject: Subject
    var part: Part

    /// `KIND.PART.mustache`.
    var file: String { "\(subject.text).\(part.rawValue).mustache" }

    static let all: [TemplateName] =
        ([Subject.layout, .message] + Mail.Kind.allCases.map(Subject.kind)).flatMap { subject in
            Part.allCases.filter { subject != .layout || $0 != .subject }.map {
                TemplateName(subject: subject, part: $0)
            }
        }

    init(subject: Subject, part: Part) {
        self.subject = subject
        self.part = part
    }

    /// Nothing for a file that is no template's.
    init?(file: String) {
        guard let name = Self.all.first(where: { $0.file == file }) else { return nil }
        self = name
    }
}

import WatchwordCore

/// What a client's message looks like: literal data, perhaps with a place for a credential.
///
/// A message fits if it holds at least what the pattern holds: members that an object has besides are ignored.
/// A pattern that is a bare text, or nothing but a credential, is of a message that is a bare text and no JSON.
public indirect enum MessagePattern: Sendable, Equatable {
    case literal(Value)
    case credential(PresentedCredential.Kind)
    case object([Member])
    case array([MessagePattern])

    public struct Member: Sendable, Equatable {
        public var name: String
        public var pattern: MessagePattern

        public init(_ name: String, _ pattern: MessagePattern) {
            self.name = name
            self.pattern = pattern
        }
    }

    /// The kinds of its credentials, in order.
    public var takes: [PresentedCredential.Kind] {
        switch self {
        case .literal: []
        case .credential(let kind): [kind]
        case .object(let members): members.flatMap(\.pattern.takes)
        case .array(let items): items.flatMap(\.takes)
        }
    }

    /// Whether the message is a text and no JSON.
    var isBare: Bool {
        switch self {
        case .literal(.string), .credential: true
        case .literal, .object, .array: false
        }
    }

    /// Whether the message fits.
    func fits(_ text: String) -> Bool {
        var found: [PresentedCredential] = []
        return read(text, into: &found)
    }

    /// The one credential of a message that fits; nothing of any other.
    func credential(in text: String) -> PresentedCredential? {
        var found: [PresentedCredential] = []
        return read(text, into: &found) && found.count == 1 ? found[0] : nil
    }

    private func read(_ text: String, into found: inout [PresentedCredential]) -> Bool {
        if isBare { return read(.string(text), into: &found) }
        guard case .success(let value) = JSON.parse(text.utf8) else { return false }
        return read(value, into: &found)
    }

    private func read(_ value: Value, into found: inout [PresentedCredential]) -> Bool {
        switch (self, value) {
        case (.literal(let literal), _): return literal == value
        case (.credential(let kind), .string(let text)):
            guard !text.isEmpty, text.utf8.count <= CompiledRoute.maximumCredential else { return false }
            found.append(PresentedCredential(kind: kind, text: Secret(text)))
            return true
        case (.object(let members), .object):
            return members.allSatisfy { member in
                value[member.name].map { member.pattern.read($0, into: &found) } ?? false
            }
        case (.array(let patterns), .array(let items)):
            return patterns.count == items.count
                && zip(patterns, items).allSatisfy { $0.read($1, into: &found) }
        case (.credential, _), (.object, _), (.array, _): return false
        }
    }

    /// The message with `text` for its credential: what a client sends.
    public func message(_ text: String) -> String {
        if isBare, case .string(let bare) = value(text) { return bare }
        return JSON.text(value(text))
    }

    private func value(_ text: String) -> Value {
        switch self {
        case .literal(let value): value
        case .credential: .string(text)
        case .object(let members): .object(members.map { .init($0.name, $0.pattern.value(text)) })
        case .array(let items): .array(items.map { $0.value(text) })
        }
    }
}

import WatchwordCore

/// A piece of a YAML document, with the place it was written at.
public struct Node: Hashable, Sendable {
    public var position: SourcePosition
    public var content: Content

    public indirect enum Content: Hashable, Sendable {
        /// Null, a boolean, an integer, a number or a string; never an array or object.
        case scalar(Value)
        case sequence([Node])
        /// In the order written. A key written twice is here twice, and was reported.
        case mapping([Entry])
        /// Could not be read; what is wrong with it was reported, and need not be again.
        case unreadable
    }

    /// One member of a mapping. Keys are always text.
    public struct Entry: Hashable, Sendable {
        public var key: String
        public var position: SourcePosition
        public var value: Node

        public init(key: String, position: SourcePosition, value: Node) {
            self.key = key
            self.position = position
            self.value = value
        }
    }

    public init(position: SourcePosition, content: Content) {
        self.position = position
        self.content = content
    }
}

extension Node {
    /// The first member of that key, of a mapping; nothing of anything else.
    public subscript(key: String) -> Node? {
        entries?.first { $0.key == key }?.value
    }

    public var entries: [Entry]? { if case .mapping(let entries) = content { entries } else { nil } }
    public var items: [Node]? { if case .sequence(let items) = content { items } else { nil } }
    public var scalar: Value? { if case .scalar(let value) = content { value } else { nil } }
    /// Its text, if it is a string.
    public var string: String? { scalar?.string }
    public var isNull: Bool { content == .scalar(.null) }
    public var isUnreadable: Bool { content == .unreadable }

    /// The word for its kind that a reader of an error message knows.
    public var typeName: String {
        switch content {
        case .scalar(.string): "text"
        case .scalar(let value): value.typeName
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .unreadable: "unreadable"
        }
    }

    /// The same tree without its positions; what could not be read is null.
    public var value: Value {
        switch content {
        case .scalar(let value): value
        case .sequence(let items): .array(items.map(\.value))
        case .mapping(let entries): .object(entries.map { Value.Member($0.key, $0.value.value) })
        case .unreadable: .null
        }
    }
}

/// The identifier of one noun, typed by it so that a session's id cannot pass as an account's.
///
/// `text` is the one canonical form, in which it is stored, compared and logged. A dialect whose
/// ids are integers prints the same digits without quotes.
public struct ID<Noun>: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    public init(_ text: String) { self.text = text }

    public var description: String { text }
}

/// The forms in which a realm makes account ids; other nouns of the realm use the same form.
public enum IDFormat: Hashable, Sendable {
    /// 1, 2, 3, ... by a counter of the realm and noun.
    case integer
    /// RFC 9562 version 4, lower case with hyphens.
    case uuid
    /// `c` and 24 lower-case base-36 digits.
    case cuid
    /// 24 lower-case hexadecimal digits: 4 bytes of time, 8 random.
    case objectID
    /// 32 lower-case hexadecimal digits.
    case hex32
    /// `prefix` and `length` characters of `alphabet`.
    case custom(alphabet: String, length: Int, prefix: String)
}

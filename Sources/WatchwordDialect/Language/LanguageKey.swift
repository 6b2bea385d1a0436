/// One key of a mapping in a dialect file: what the loader accepts, and what the reference and the JSON Schema say.
public struct LanguageKey: Sendable {
    public var name: String
    public var form: LanguageForm
    public var isRequired: Bool
    /// What holds where the key is not written, as it would be written; nothing where that is "none".
    public var standing: String?
    /// One sentence, without its full stop.
    public var meaning: String

    /// - Parameter standing: what holds where the key is not written.
    public init(
        _ name: String, _ form: LanguageForm, required: Bool = false, or standing: String? = nil, _ meaning: String
    ) {
        self.name = name
        self.form = form
        self.isRequired = required
        self.standing = standing
        self.meaning = meaning
    }
}

/// What may stand behind a key.
public indirect enum LanguageForm: Sendable {
    case text
    /// 1 to 64 letters, digits, `-`, `_` and `.`.
    case name
    /// The name of an environment variable.
    case variable
    case integer(ClosedRange<Int64>)
    case flag
    /// `30m`, or `$name` of a setting; `never` where allowed.
    case lifetime(orNever: Bool)
    /// `2027-06-30`, or a moment of RFC 3339.
    case date
    case choice([String])
    /// Any scalar, list or mapping, taken as it stands.
    case literal
    /// A reply tree.
    case tree
    /// The claims of a token: a tree with the token's own placeholders.
    case claims
    /// Where in a request a value is.
    case source
    /// What a request must hold: names or sources, and their values.
    case conditions
    /// A mapping with these keys.
    case table(LanguageTable)
    /// A mapping whose names are the file's own; `of` says what they name.
    case map(LanguageForm, of: String)
    /// A mapping whose names are among these.
    case choices(LanguageForm, [String])
    /// One, or a list of them.
    case oneOrMore(LanguageForm)
    case either([LanguageForm])
}

/// A mapping of the language: the keys it knows.
public struct LanguageTable: Sendable {
    /// Where it stands in a file: `routes.*`, `tokens.access`.
    public var place: String
    /// What an unknown key is called in messages: `route key`.
    public var noun: String
    public var keys: [LanguageKey]

    public init(_ place: String, _ noun: String, _ keys: [LanguageKey]) {
        self.place = place
        self.noun = noun
        self.keys = keys
    }

    public var names: [String] { keys.map(\.name) }
}

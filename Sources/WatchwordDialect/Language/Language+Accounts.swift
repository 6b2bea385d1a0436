import WatchwordCore

extension Language {
    public static let users = LanguageTable(
        "users", "users key",
        [
            LanguageKey(
                "id", .either([.choice(["int", "uuid", "cuid", "objectid", "hex32"]), .table(id)]), or: "uuid",
                "The form of account ids"),
            LanguageKey(
                "login", .oneOrMore(.choice(Identifier.Kind.allCases.map(\.rawValue))), or: "[email]",
                "What a person signs in with, in the order tried"),
            LanguageKey(
                "require", .oneOrMore(.choice(Identifier.Kind.allCases.map(\.rawValue))),
                "What sign-up must be given; the first of `login` if not written"),
            LanguageKey("fields", .map(.table(field), of: "field"), "Typed extras of an account"),
            LanguageKey("roles", .oneOrMore(.text), "The roles; the first is given at sign-up"),
            LanguageKey(
                "administrators", .oneOrMore(.text), "The roles whose accounts may see and list the others"),
            LanguageKey(
                "users_see_users", .flag, or: "false", "Whether everybody signed in may see and list the others"),
            LanguageKey("require_verified", .flag, or: "false", "Whether signing in needs a verified address"),
            LanguageKey("open", .flag, or: "true", "Whether strangers may sign up"),
            LanguageKey(
                "hide_taken", .flag, or: "false",
                "Whether sign-up answers the same for an address that is taken; its owner is told by mail"),
        ])

    public static let id = LanguageTable(
        "users.id", "id key",
        [
            LanguageKey("alphabet", .text, required: true, "The characters, each once, of printable ASCII"),
            LanguageKey("length", .integer(1...128), required: true, "How many of them"),
            LanguageKey("prefix", .text, "What stands before them"),
        ])

    public static let field = LanguageTable(
        "users.fields.*", "field key",
        [
            LanguageKey("type", .choice(FieldType.allCases.map(\.rawValue)), required: true, "The type"),
            LanguageKey("default", .literal, or: "null", "What a new account has"),
            LanguageKey("max", .integer(1...65_536), or: "1024", "The longest text, in characters"),
        ])

    public static let password = LanguageTable(
        "password", "password key",
        [
            LanguageKey("min", .integer(1...128), or: "8", "The fewest characters"),
            LanguageKey("max", .integer(1...1_024), or: "128", "The most characters; 1,024 bytes bound them as well"),
            LanguageKey(
                "classes", .either([.oneOrMore(.choice(PasswordClass.allCases.map(\.rawValue))), .integer(1...4)]),
                "The classes of which it must have a character each; a number for so many of lower, upper, digit and symbol"
            ),
            LanguageKey(
                "common", .choice(["refuse", "allow"]), or: "refuse",
                "What becomes of passwords on the list of common ones"),
        ])

    public static let session = LanguageTable(
        "session", "session key",
        [
            LanguageKey(
                "max", .lifetime(orNever: true), or: "90d",
                "The absolute end of a session, whatever is renewed or rotated")
        ])
}

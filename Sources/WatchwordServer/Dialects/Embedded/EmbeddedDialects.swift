// Made by scripts/embed-dialects from Dialects/*/dialect.yaml.

/// The dialect files that the binary carries.
enum EmbeddedDialects {
    static let all: [(name: String, text: String)] = [
        ("aethermind", aethermind),
        ("authspec", authspec),
        ("chatops", chatops),
        ("stratify", stratify),
        ("vsay", vsay),
    ]
}

// Made by scripts/embed-dialects from Dialects/*/dialect.yaml.

/// The dialect files that the binary carries.
enum EmbeddedDialects {
    static let all: [(name: String, text: String)] = [
        ("aethermind", aethermind),
        ("authspec", authspec),
        ("chatops", chatops),
        ("directus", directus),
        ("fastapi-users", fastapi_users),
        ("mattermost", mattermost),
        ("pocketbase", pocketbase),
        ("stratify", stratify),
        ("vsay", vsay),
    ]
}

/// A dialect that the binary carries.
public struct BuiltInDialect: Sendable {
    public var name: String
    /// The file, as it stands in `Dialects/NAME/dialect.yaml`.
    public var text: String
    /// Where its realm listens if nothing else is said: the port of the document's own examples where it has one.
    public var port: Int

    /// In the order of their ports.
    public static let all: [BuiltInDialect] = EmbeddedDialects.all.map { name, text in
        BuiltInDialect(name: name, text: text, port: ports[name] ?? 8_080)
    }.sorted { $0.port < $1.port }

    private static let ports = [
        "aethermind": 3_001, "chatops": 3_002, "vsay": 3_003, "authspec": 3_004, "stratify": 8_000,
        "fastapi-users": 8_001, "directus": 8_055, "mattermost": 8_065, "pocketbase": 8_090,
    ]

    /// Those that are served where nothing is configured.
    public static var seeds: [BuiltInDialect] {
        all.filter { ["aethermind", "chatops", "vsay", "authspec", "stratify"].contains($0.name) }
    }
}

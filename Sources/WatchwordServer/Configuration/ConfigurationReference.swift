import WatchwordBuiltIn

/// The page that documents every key, printed from the table.
public enum ConfigurationReference {
    public static let markdown: String = {
        var lines = [
            "# Configuration", "",
            "Printed by `watchword config reference`; do not edit.", "",
            "Watchword reads `watchword.yaml` in the working directory, or the file that `--config` or the variable",
            "`WATCHWORD_CONFIG` names. No file is needed: without one, five of the built-in dialects are served on loopback.",
            "", "An option of the command line wins over a variable, a variable over the file. Lists in a variable are",
            "separated by commas. Relative paths in the file are relative to the file's folder, others to the working",
            "directory. An unknown key, or a value that a key cannot have, stops the start, and all mistakes are shown",
            "at once with their places. `watchword config check` looks for them without starting.", "",
        ]
        lines += ["## The server", ""] + table(ConfigurationKey.server) { $0.variable(.server) }
        lines += ["", "## A realm", "", "Under `realms.NAME`; NAME is \(RealmName.rule).", ""]
        lines += table(ConfigurationKey.realm) { $0.variable(.realm("NAME")) }
        lines += [
            "", "## A dialect of a realm that speaks several", "",
            "Under `realms.NAME.dialects.DIALECT`; DIALECT is a name like a realm's. All of them share the realm's accounts,",
            "sessions, keys and settings, so they must agree on the form of ids, on what people sign in with and on the",
            "algorithm of keys of the same name. What is a path of one may not be a path of another on the same hosts.",
            "",
        ]
        lines += table(ConfigurationKey.dialect) { $0.variable(.dialect("DIALECT", of: "NAME")) }
        lines += [
            "", "## The variables of a dialect", "",
            "A dialect names variables of its own: the secret its tokens are signed with, and lifetimes. They are set by",
            "the name in the dialect, or, where several realms of one process read the same name, by the realm's name in",
            "capitals, two underscores and that name (`SHOP__JWT_SECRET`), which wins. A hyphen of a realm's name is an",
            "underscore in its variables. A secret that is set must have at least as many bytes as the hash of its",
            "algorithm (RFC 7518 section 3.2). One that is not set is made at random at the first start and kept in the",
            "folder `secrets` of the data directory; there is no default secret.", "",
            "A key pair (RS256, ES256, EdDSA and their like) is set as PEM, with real line ends or `\\n`, or as `@` and the",
            "path of a file with it. Several keys may stand one after another: the first signs, all of them verify. One that",
            "is not set is made at the first start, kept sealed in the database and rotated as the dialect says. A dialect",
            "that accepts Firebase's password hashes reads the project's `base64_signer_key` from `FIREBASE_SIGNER_KEY`.",
            "",
            "| dialect | port | variables |", "|---|---|---|",
        ]
        let none = RealmEnvironment([:], realm: "")
        for builtIn in BuiltInDialect.all {
            let reading = try? DialectReading(.builtIn(builtIn.name), environment: none)
            let names = reading?.environmentNames.map { "`\($0)`" }.joined(separator: ", ") ?? ""
            lines.append("| \(builtIn.name) | \(builtIn.port) | \(names) |")
        }
        return lines.joined(separator: "\n") + "\n"
    }()

    private static func table(_ keys: [ConfigurationKey], _ variable: (ConfigurationKey) -> String) -> [String] {
        ["| key | variable | value | without it | what for |", "|---|---|---|---|---|"]
            + keys.map { key in
                let initial = key.initial.map { $0 == $0.lowercased() && !$0.contains(" ") ? "`\($0)`" : $0 } ?? "none"
                return
                    "| `\(key.pathText)` | `\(variable(key))` | \(key.kind.requirement) | \(initial) | \(key.summary) |"
            }
    }
}

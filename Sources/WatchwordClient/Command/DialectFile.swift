import WatchwordBuiltIn
import WatchwordDialect

/// Dialects as a client names them: built-in ones, or files.
enum DialectFile {
    /// Reads the dialect of a file (a path with a slash or `.yaml`), or a built-in one by its name.
    ///
    /// Throws `AgentFailure`.
    static func read(_ name: String) throws -> Dialect {
        let isFile = name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
        let folder = name.contains("/") ? String(name[..<(name.lastIndex(of: "/") ?? name.endIndex)]) : "."
        guard let bytes = isFile ? file(name) : builtIn(name) else {
            let known = BuiltInDialect.all.map(\.name).sorted().joined(separator: ", ")
            throw AgentFailure(
                .configuration,
                isFile
                    ? "--dialect \(name) cannot be read: give a readable file"
                    : "there is no dialect \(name): give a file or one of \(known)")
        }
        // Secrets and lifetimes of the server are nothing to its client.
        let loading = Dialect.load(
            bytes: bytes, file: name, extending: { builtIn($0) ?? file("\(folder)/\($0)") }, environment: { _ in nil })
        guard let dialect = loading.dialect else {
            let first = loading.diagnostics.first.map { "\($0)" } ?? "it is empty"
            throw AgentFailure(.configuration, "--dialect \(name) has mistakes (see watchword dialect check): \(first)")
        }
        return dialect
    }

    private static func builtIn(_ name: String) -> [UInt8]? {
        BuiltInDialect.all.first { $0.name == name }.map { Array($0.text.utf8) }
    }

    private static func file(_ path: String) -> [UInt8]? { FileBytes.read(path, atMost: 1 << 20) }
}

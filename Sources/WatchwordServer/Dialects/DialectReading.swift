import FoundationEssentials
import WatchwordBuiltIn
import WatchwordCore
import WatchwordDialect

/// A dialect file read and checked, with its text's name for messages.
public struct DialectReading: Sendable {
    public var dialect: Dialect
    public var notes: [Diagnostic]
    /// The files that it was read from: its own, and those that it extends.
    var files: [String] = []

    init(dialect: Dialect, notes: [Diagnostic]) {
        self.dialect = dialect
        self.notes = notes
    }

    /// Reads a built-in dialect or a file. Throws `StartFailure` with every mistake.
    public init(_ location: DialectLocation, environment: RealmEnvironment) throws {
        let (bytes, file) = try Self.bytes(location)
        var files: [String] = []
        if case .file(let path) = location { files.append(path) }
        let loading = Dialect.load(
            bytes: bytes, file: file,
            extending: { name in
                if let path = Self.path(of: name, by: location) { files.append(path) }
                return Self.extended(name, by: location)
            }, environment: { environment[$0] })
        self.files = files
        switch loading {
        case .loaded(let dialect, let notes):
            self.dialect = dialect
            self.notes = notes
        case .rejected(let mistakes):
            throw StartFailure(
                .data, "the dialect \(file) cannot be used", details: mistakes.map(\.description),
                mend: "mend the file, then try `watchword dialect check \(location.text)`")
        }
    }

    /// Every variable that the dialect reads.
    public var environmentNames: [String] { dialect.environmentNames }

    /// The bytes of the dialect that `extends` names: a built-in, a file below the extending one's folder, or one by
    /// its whole path.
    public static func extended(_ name: String, by location: DialectLocation) -> [UInt8]? {
        if let builtIn = BuiltInDialect.all.first(where: { $0.name == name }) { return Array(builtIn.text.utf8) }
        return path(of: name, by: location).flatMap { FileManager.default.contents(atPath: $0) }.map(Array.init)
    }

    private static func path(of name: String, by location: DialectLocation) -> String? {
        if name.hasPrefix("/") { return name }
        guard case .file(let path) = location, !name.split(separator: "/").contains("..") else { return nil }
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
        return folder + name
    }

    /// The file's bytes and the name that diagnostics print.
    public static func bytes(_ location: DialectLocation) throws -> ([UInt8], file: String) {
        switch location {
        case .builtIn(let name):
            guard let builtIn = BuiltInDialect.all.first(where: { $0.name == name }) else {
                let names = BuiltInDialect.all.map(\.name)
                let hint = suggestion(for: name, among: names).map { " (did you mean `\($0)`?)" } ?? ""
                throw StartFailure(
                    .data, "no built-in dialect `\(name)`\(hint)",
                    mend: "the built-in ones are \(names.joined(separator: ", ")); "
                        + "a file is named by a path with a `/` or ending in `.yaml`")
            }
            return (Array(builtIn.text.utf8), "\(name)/dialect.yaml")
        case .file(let path):
            guard let data = FileManager.default.contents(atPath: path) else {
                throw StartFailure(
                    .data, "cannot read the dialect \(path)",
                    mend: "name a file that exists and that this user may read")
            }
            return (Array(data), path)
        }
    }
}

/// What comes of reading a dialect file: a dialect that can answer everything, or all that is wrong with it.
public enum DialectLoading: Sendable, Equatable {
    /// The notes name choices that are legal but risky, in the order of the file's sections.
    case loaded(Dialect, notes: [Diagnostic])
    /// Every mistake, in the order of the file's sections; at least one. Notes are left for the mended file.
    case rejected([Diagnostic])

    public var dialect: Dialect? { if case .loaded(let dialect, _) = self { dialect } else { nil } }

    public var diagnostics: [Diagnostic] {
        switch self {
        case .loaded(_, let notes): notes
        case .rejected(let mistakes): mistakes
        }
    }
}

extension Dialect {
    /// Reads and checks a dialect file whole: syntax, names, operations and inputs, placeholders, completeness,
    /// clashes (docs/reference/dialect-language.md). All mistakes are reported at once.
    ///
    /// - Parameters:
    ///   - file: the name that diagnostics print.
    ///   - environment: the value of a variable that the file names (`environmentNames` once it is loaded).
    ///     A value that cannot be used is a mistake that names the variable.
    ///   - extending: the bytes of the dialect that `extends` names, a file beside this one or a built-in; nothing
    ///     if there is none.
    public static func load(
        text: String, file: String, extending: (String) -> [UInt8]? = { _ in nil }, environment: (String) -> String?
    ) -> DialectLoading {
        load(bytes: Array(text.utf8), file: file, extending: extending, environment: environment)
    }

    /// The same from bytes, which need not be UTF-8.
    public static func load(
        bytes: [UInt8], file: String, extending: (String) -> [UInt8]? = { _ in nil }, environment: (String) -> String?
    ) -> DialectLoading {
        let (node, mistakes) = YAML.read(bytes: bytes, file: file)
        return withoutActuallyEscaping(environment) { environment in
            withoutActuallyEscaping(extending) { extending in
                var loader = Loader(file: file, syntax: mistakes, environment: environment, extending: extending)
                loader.run(node)
                let errors = loader.report.sorted(.error)
                return errors.isEmpty
                    ? .loaded(loader.dialect, notes: loader.report.sorted(.note)) : .rejected(errors)
            }
        }
    }
}

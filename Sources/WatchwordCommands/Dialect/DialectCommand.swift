import ArgumentParser
import FoundationEssentials
import WatchwordBuiltIn
import WatchwordCore
import WatchwordDialect
import WatchwordServer

struct DialectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dialect", abstract: "List, check, explain and compare dialects.",
        subcommands: [
            DialectNew.self, DialectDraftCommand.self, DialectList.self, DialectCheck.self, DialectShow.self,
            DialectExplain.self, DialectTry.self,
            DialectRecord.self, DialectCompare.self,
            DialectOpenAPI.self, DialectDiff.self, DialectReload.self, DialectSchemaCommand.self,
            DialectReferencePage.self,
        ])
}

/// A built-in dialect as it is listed.
struct ListedDialect: Displayable {
    static var columns: [String] { ["name", "port", "routes", "about"] }
    var dialect: WatchwordDialect.Dialect
    var port: Int

    var row: [String] { [dialect.name, String(port), String(dialect.routes.count), dialect.summary] }

    var facts: [(name: String, value: Value)] {
        let routes = dialect.routes.map { route in
            Value.object([
                Value.Member("method", .string(route.method)), Value.Member("path", .string(route.pathText)),
                Value.Member("operation", .string(route.operation.rawValue)),
            ])
        }
        return [
            ("name", .string(dialect.name)), ("version", .string(dialect.version)), ("port", .int(Int64(port))),
            ("about", .string(dialect.summary)), ("environment", .array(dialect.environmentNames.map(Value.string))),
            ("routes", .array(routes)),
        ]
    }
}

struct DialectList: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the built-in dialects.")

    @OptionGroup var output: OutputOptions

    func run() throws {
        let nothing = RealmEnvironment([:], realm: "")
        output.list(
            try BuiltInDialect.all.map { builtIn in
                let reading = try DialectReading(.builtIn(builtIn.name), environment: nothing)
                return ListedDialect(dialect: reading.dialect, port: builtIn.port)
            })
    }
}

struct DialectCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check dialect files: every mistake, or notes and `ok`.",
        discussion: "Exits 65 if a file has a mistake.")

    @Argument(help: ArgumentHelp("Dialect files, or built-ins' names.", valueName: "file"))
    var files: [String]

    func run() throws {
        var isRejected = false
        for name in files {
            let location = DialectLocation(name)
            let (bytes, file) = try DialectReading.bytes(location)
            let variables = ProcessInfo.processInfo.environment
            let loading = Dialect.load(
                bytes: bytes, file: file, extending: { DialectReading.extended($0, by: location) },
                environment: { variables[$0] })
            for diagnostic in loading.diagnostics { Output.line(diagnostic.description) }
            if loading.dialect == nil { isRejected = true } else { Output.line("\(file): ok") }
        }
        if isRejected { throw ExitCode(StartFailure.ExitCode.data.rawValue) }
    }
}

struct DialectShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a dialect as canonical JSON: everything said, in one order.",
        discussion: "Two versions of a file can be compared by it line by line; it loads as a dialect itself.")

    @Argument(help: "A built-in's name, or a file.") var dialect: String

    func run() throws {
        Output.line(try NamedDialect.reading(dialect).dialect.indentedJSON)
    }
}

import ArgumentParser
import Glibc
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordServer

struct AccountExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write every account, in a form that `account import` reads.",
        discussion: """
            Sessions, tokens, keys and agents stay. Password hashes leave only with --with-hashes. A file is its \
            owner's alone.
            """)

    @Option(help: ArgumentHelp("jsonl or csv.", valueName: "format"))
    var format: RecordFormat = .jsonl
    @Flag(help: "Write the password hashes as well.") var withHashes = false
    @Option(help: ArgumentHelp("A new file, made with mode 0600; standard output if not given.", valueName: "file"))
    var output: String?
    @OptionGroup var options: RealmOptions

    func run() async throws {
        try await options.withRealm { realm in
            let descriptor = try output.map(Self.create) ?? STDOUT_FILENO
            defer { if descriptor != STDOUT_FILENO { close(descriptor) } }
            let form = ExportForm(realm.dialect.terms.accounts.fields.map(\.name), withHashes: withHashes)
            var count: Int64 = 0
            if format == .csv { try Self.write(form.heading, to: descriptor) }
            try await realm.administration.export { accounts in
                let texts = accounts.map { format == .csv ? form.row($0) : form.line($0) }
                try Self.write(texts.joined(), to: descriptor)
                count += Int64(accounts.count)
            }
            try await realm.administration.recordExport(count, withHashes: withHashes)
            if output != nil { Output.error("\(count) accounts") }
        }
    }

    private static func create(_ path: String) throws -> Int32 {
        let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StartFailure(
                .cannotCreate, "cannot make \(path): \(String(cString: strerror(errno)))",
                mend: "name a file that is not there yet, in a folder that this user may write")
        }
        return descriptor
    }

    private static func write(_ text: String, to descriptor: Int32) throws {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written > 0 {
                rest = rest.dropFirst(written)
            } else if errno != EINTR {
                throw StartFailure(.cannotCreate, "the export cannot be written: \(String(cString: strerror(errno)))")
            }
        }
    }
}

import ArgumentParser
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordServer

/// How the records of a file are written.
enum RecordFormat: String, ExpressibleByArgument, CaseIterable { case jsonl, csv }

struct AccountImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Bring in the accounts of another system.",
        discussion: """
            A record is a line of JSON, or a row of a table (CSV, RFC 4180) whose first line names the columns: \
            \(ImportOptions.names.joined(separator: ", ")); fields.NAME for one of the dialect's fields. Only the id \
            and what signs in is needed. Moments are RFC 3339, SQL, or seconds or milliseconds since 1970. tokens is \
            a list of {token or digest, kind, expires_at, session}; a digest is a SHA-256 in hexadecimal.

            Records go in by the hundred, whole or not at all. What is in already is passed over, so the same file may \
            be given again; --resume also passes over what was read before. Works beside a running server. \
            Exits 65 if anything was refused.
            """)

    @Argument(help: ArgumentHelp("The file; - for standard input.", valueName: "file"))
    var file: String
    @Option(help: ArgumentHelp("jsonl or csv; by the file's name if not given.", valueName: "format"))
    var format: RecordFormat?
    @Option(
        help: ArgumentHelp(
            "What has another name there, by commas: id=user_id,disabled=!is_active.", valueName: "ours=theirs"))
    var map: [String] = []
    @Option(help: ArgumentHelp("Names of the records to leave out, by commas.", valueName: "names"))
    var ignore: [String] = []
    @Option(
        help: ArgumentHelp(
            "Make one password_hash of a Firebase export's passwordHash and salt.",
            valueName: "mem_cost=..,rounds=..,salt_separator=.."))
    var firebase: String?
    @Flag(help: "Give every account an id of this realm; the old ones stay known for old tokens.")
    var newIds = false
    @Flag(help: "Check everything and write nothing.")
    var dryRun = false
    @Flag(help: "Go on where an earlier import of this file ended.")
    var resume = false
    @Option(help: ArgumentHelp("Where to write what was refused, a JSON object a line.", valueName: "file"))
    var report: String?
    @OptionGroup var options: RealmOptions
    @OptionGroup var output: OutputOptions

    /// Records of one transaction: few enough that no server beside waits long, many enough to share its flush.
    private static let batch = 500

    func validate() throws {
        if resume, dryRun { throw ValidationError("a dry run writes nothing to resume") }
    }

    func run() async throws {
        let input = try ImportInput(file)
        let counts = try await options.withRealm { realm in try await take(input, into: realm) }
        if counts.refused > 0 { throw ExitCode(StartFailure.ExitCode.data.rawValue) }
    }

    private func take(_ input: ImportInput, into realm: OpenRealm) async throws -> ImportCounts {
        let names = realm.dialect.terms.accounts.fields.map(\.name)
        let map = try ImportMap(map, ignored: ignore, fields: names)
        let firebase = try firebase.map(FirebaseImport.init)
        let isTable = (format ?? (file.lowercased().hasSuffix(".csv") ? .csv : .jsonl)) == .csv
        var reader: any RecordReader = isTable ? try TableReader(input) : try LineReader(input)
        let earlier = resume ? try await realm.administration.importRun(input.opening) : nil
        if let earlier, try !input.skip(to: earlier.offset, digest: earlier.prefix) {
            throw StartFailure(
                .data, "the file is not the one that the earlier import read, or has changed since",
                mend: "leave --resume away: what is in already is passed over")
        }
        let report = try ImportReport(report, keeping: earlier?.reported ?? 0)
        let accounts = try await AccountImport(
            realm.administration, ImportOptions(newIDs: newIds, isDry: dryRun),
            counts: earlier?.counts ?? ImportCounts())
        var progress = ImportProgress(length: input.length, offset: input.offset, records: accounts.counts.records)
        var isMore = true
        while isMore {
            var items: [ImportItem] = []
            while items.count < Self.batch, isMore {
                guard let item = try reader.next() else {
                    isMore = false
                    break
                }
                items.append(mapped(item, map, firebase))
            }
            let place = AccountImport.Place(
                opening: input.opening, offset: input.offset, prefix: input.digest, line: input.lines)
            try await accounts.take(items, upTo: place) { try report.add($0) }
            progress.show(input.offset, accounts.counts, isLast: !isMore)
        }
        show(accounts.counts, report.reasons)
        return accounts.counts
    }

    private func mapped(_ item: ImportItem, _ map: ImportMap, _ firebase: FirebaseImport?) -> ImportItem {
        guard case .record(let record) = item.content else { return item }
        return ImportItem(line: item.line, .record(map(firebase?(record) ?? record)))
    }

    private func show(_ counts: ImportCounts, _ reasons: [(words: String, count: Int)]) {
        let numbers: [(name: String, count: Int64)] = [
            (dryRun ? "would be imported" : "imported", counts.imported), ("in already", counts.present),
            ("refused", counts.refused), ("tokens", counts.tokens), ("ended tokens left out", counts.endedTokens),
        ]
        guard output.json else {
            for line in TextTable.lines(numbers.map { [$0.name, String($0.count)] }) { Output.line(line) }
            guard !reasons.isEmpty else { return }
            let rows = reasons.map { [String($0.count), $0.words] }
            for line in TextTable.lines([["times", "refused because"]] + rows) { Output.line(line) }
            return
        }
        let members = zip(["imported", "present", "refused", "tokens", "ended_tokens"], numbers)
            .map { Value.Member($0, .int($1.count)) }
        let met = reasons.map { Value.Member($0.words, .int(Int64($0.count))) }
        Output.json(.object(members + [Value.Member("dry_run", .bool(dryRun)), Value.Member("reasons", .object(met))]))
    }
}

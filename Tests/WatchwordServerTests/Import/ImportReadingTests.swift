import FoundationEssentials
import Testing
import WatchwordCore
import WatchwordServer
import WatchwordTestKit

@testable import WatchwordCommands
@testable import WatchwordEngine

/// A file of these bytes, and what is read from it.
struct ImportFile {
    private let directory: TemporaryDirectory
    let path: String

    init(_ bytes: [UInt8]) throws {
        directory = try TemporaryDirectory()
        path = directory.file("records")
        guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
            throw StartFailure(.cannotCreate, "no file")
        }
    }

    init(_ text: String) throws { try self.init(Array(text.utf8)) }

    /// What a reader makes of it: `LINE: JSON`, or `LINE! why not`.
    func items(_ reader: (ImportInput) throws -> any RecordReader) throws -> [String] {
        var reader = try reader(try ImportInput(path))
        var items: [String] = []
        while let item = try reader.next() {
            switch item.content {
            case .record(let value): items.append("\(item.line): \(JSON.text(value))")
            case .unreadable(let words): items.append("\(item.line)! \(words)")
            }
        }
        return items
    }

    func lines() throws -> [String] { try items(LineReader.init) }
    func table() throws -> [String] { try items(TableReader.init) }
}

@Suite("Reading records")
struct ImportReadingTests {
    @Test("JSON Lines: blank lines, CRLF, a mark at the start and a last line without its end are fine")
    func lines() throws {
        let file = try ImportFile("\u{FEFF}{\"id\":1}\r\n\n  \r\n{\"id\":\"ä\"}\n{\"a\":{\"b\":[1]}}")
        #expect(try file.lines() == [#"1: {"id":1}"#, #"4: {"id":"ä"}"#, #"5: {"a":{"b":[1]}}"#])
        #expect(try ImportFile("").lines().isEmpty)
    }

    @Test("JSON Lines: each broken line is told, and the next is read")
    func brokenLines() throws {
        let deep = String(repeating: "[", count: 200)
        var bytes = Array(#"{"id":1"#.utf8) + [0x0A] + Array(#"{"id":1,"id":2}"#.utf8) + [0x0A]
        bytes += [0x22, 0xFF, 0x22, 0x0A] + Array("\(deep)\n".utf8) + Array("\u{FEFF}{}\n".utf8)
        bytes +=
            [UInt8](repeating: 0x20, count: RecordLimit.bytes + 5) + [0x0A] + Array("{\"id\":1} x\n{\"id\":7}\n".utf8)
        let items = try ImportFile(bytes).lines()
        #expect(items.count == 8)
        for (item, words) in zip(
            items,
            [
                "1! it is not JSON: unexpected end", "2! it is not JSON: duplicate", "3! it is not JSON: invalid UTF-8",
                "4! it is not JSON: nested",
                "5! it is not JSON", "6! it is longer than 1 MiB", "7! it is not JSON: something follows",
                #"8: {"id":7}"#,
            ])
        { #expect(item.hasPrefix(words), "\(item)") }
    }

    @Test("CSV: quotes, commas, line ends and quotes in quotes; every value is text")
    func table() throws {
        let file = try ImportFile(
            "\u{FEFF}id,name,\"a,b\"\r\n1,\"Ann \"\"A\"\" Lee\",x\n2,\"two\r\nlines\",\r\n\n3,,\"\"\n4,ä,z")
        #expect(
            try file.table() == [
                #"2: {"id":"1","name":"Ann \"A\" Lee","a,b":"x"}"#, #"3: {"id":"2","name":"two\r\nlines","a,b":""}"#,
                #"6: {"id":"3","name":"","a,b":""}"#, #"7: {"id":"4","name":"ä","a,b":"z"}"#,
            ])
        #expect(try ImportFile("id,email\n").table().isEmpty)
    }

    @Test("CSV: each broken record is told with its line, and the next is read")
    func brokenTable() throws {
        let cases: [(String, String)] = [
            ("1", "2! it has 1 fields where the columns are 2"),
            ("1,2,3", "2! it has 3 fields where the columns are 2"),
            ("a\"b,c", "2! a quote stands inside a field that is not quoted"),
            ("\"a\"b,c", "2! something follows a closing quote"),
            ("\"a\" ,c", "2! something follows a closing quote"),
            ("a\rb,c", "2! it holds a bare carriage return"),
        ]
        for (row, words) in cases {
            let items = try ImportFile("id,name\n\(row)\n7,ok\n").table()
            #expect(items == [words, #"3: {"id":"7","name":"ok"}"#], "\(row)")
        }
        #expect(try ImportFile("id,name\n7,ok\n8,\"open\n9,x\n").table().last == "3! a quote is not closed")
        let utf8 = try ImportFile(Array("id,name\n1,".utf8) + [0xC3, 0x28] + Array("\n7,ok\n".utf8)).table()
        #expect(utf8 == ["2! invalid UTF-8", #"3: {"id":"7","name":"ok"}"#])
        let long = try ImportFile("id,name\n1,\"" + String(repeating: "x", count: RecordLimit.bytes) + "\"\n7,ok\n")
            .table()
        #expect(long == ["2! it is longer than 1 MiB", #"3: {"id":"7","name":"ok"}"#])
    }

    @Test("CSV: no columns, broken ones or two of a name are no table")
    func columns() throws {
        for text in ["", "id,id\n", "\"id", "i\"d\n"] {
            #expect(throws: StartFailure.self) { try ImportFile(text).table() }
        }
    }

    @Test("Whatever the bytes are, reading ends, and lines are counted as they are")
    func fuzz() throws {
        let seed = UInt64.random(in: 0 ... .max)
        let random = SeededRandom(seed: seed)
        let alphabet = Array("\",\n\r{}[]:a1\\ ".utf8) + [0xFF, 0x00, 0xC3]
        for _ in 0..<150 {
            let bytes = random.bytes(300).map { alphabet[Int($0) % alphabet.count] }
            let file = try ImportFile(bytes)
            _ = try file.lines()
            if let items = try? file.table() {
                let last = bytes.count { $0 == 0x0A } + 1
                for item in items {
                    let line = try #require(Int(item.prefix { $0.isNumber }), "seed \(seed)")
                    #expect((1...last).contains(line), "seed \(seed)")
                }
            }
        }
    }

    @Test("Written as a table and read again, any text is the same")
    func roundTrip() throws {
        let seed = UInt64.random(in: 0 ... .max)
        let random = SeededRandom(seed: seed)
        let alphabet = Array("\",\n\r ab;'é=")
        let form = ExportForm(["note"], withHashes: false)
        let now = Timestamp(seconds: 1_767_225_600)
        for _ in 0..<100 {
            let text = String(random.bytes(12).map { alphabet[Int($0) % alphabet.count] })
            let account = Account(
                id: ID("7"), email: "a@b.example", fields: ["note": .string(text)], createdAt: now, updatedAt: now)
            let exported = ExportedAccount(account: account, password: nil)
            let file = try ImportFile(form.heading + form.row(exported))
            var reader = try TableReader(try ImportInput(file.path))
            guard case .record(let record)? = try reader.next()?.content else {
                Issue.record("seed \(seed)")
                continue
            }
            #expect(record["fields.note"] == .string(text), "seed \(seed)")
            #expect(try reader.next() == nil)
        }
    }

    @Test("The digest is of what was taken, in whatever blocks it came")
    func digest() throws {
        let bytes = (0..<20_000).map { UInt8($0 % 251) }
        let file = try ImportFile(bytes)
        let input = try ImportInput(file.path, block: 1)
        var expected = RunningDigest()
        for count in [0, 1, 4_095, 4_096, 4_097, 12_000, 20_000] {
            while input.offset < Int64(count) { _ = try input.next() }
            let other = try ImportInput(file.path)
            expected = RunningDigest()
            expected.add(bytes.prefix(count))
            #expect(input.digest == expected.digest)
            #expect(try other.skip(to: Int64(count), digest: expected.digest))
            #expect(try other.next() == (count < bytes.count ? bytes[count] : nil))
        }
        #expect(try ImportInput(file.path).skip(to: 20_001, digest: expected.digest) == false)
        #expect(try ImportInput(file.path).skip(to: 5, digest: expected.digest) == false)
        #expect(throws: StartFailure.self) { try ImportInput("/nonexistent/file") }
    }
}

@Suite("Names of another system")
struct ImportMapTests {
    private func mapped(_ maps: [String], ignored: [String] = [], _ record: String) throws -> String {
        let value = try #require(try? JSON.parse(Array(record.utf8)).get())
        return JSON.text(try ImportMap(maps, ignored: ignored, fields: ["plan"])(value))
    }

    @Test("become ours, along paths, turned round where they mean the opposite")
    func maps() throws {
        #expect(
            try mapped(
                ["id=user_id,disabled=!is_active", "fields.plan=meta.plan"],
                #"{"user_id":7,"is_active":1,"meta":{"plan":"pro","x":1},"email":"a@b"}"#)
                == #"{"id":7,"disabled":false,"fields.plan":"pro","email":"a@b"}"#)
        #expect(try mapped(["disabled=!off"], #"{"off":"no"}"#) == #"{"disabled":true}"#)
        #expect(try mapped(["disabled=!off"], #"{"off":"maybe"}"#) == #"{"disabled":"maybe"}"#)
        #expect(try mapped(["name=user.name"], #"{"user.name":"x"}"#) == #"{"name":"x"}"#)
        #expect(try mapped(["name=missing"], #"{"id":1}"#) == #"{"id":1}"#)
        #expect(try mapped([], ignored: ["a,b", "c"], #"{"a":1,"b":2,"c":3,"id":4}"#) == #"{"id":4}"#)
        #expect(try mapped([], "[1]") == "[1]")
    }

    @Test("are refused where we have no such thing")
    func wrong() {
        for map in ["", "id", "=x", "id=", "id=!", "emial=x", "fields.nope=x", "password=x"] where !map.isEmpty {
            #expect(throws: StartFailure.self, "\(map)") { try ImportMap([map], fields: ["plan"]) }
        }
    }
}

@Suite("Records of a Firebase export")
struct FirebaseImportTests {
    @Test("get one hash of the two texts, in either base64")
    func joined() throws {
        let firebase = try FirebaseImport("mem_cost=14,rounds=8,salt_separator=Bw==")
        let record = try #require(
            try? JSON.parse(Array(#"{"localId":"x","passwordHash":"-_8=","salt":"+/8="}"#.utf8)).get())
        #expect(
            JSON.text(firebase(record))
                == #"{"localId":"x","password_hash":"$firebase-scrypt$ln=14,r=8,sep=Bw$+/8$+/8"}"#)
        let without = Value.object([Value.Member("localId", .string("x")), Value.Member("salt", .string("!"))])
        #expect(firebase(without) == without)
    }

    @Test("need all three parameters of the project")
    func wrong() {
        for text in [
            "", "mem_cost=14", "mem_cost=x,rounds=8,salt_separator=Bw==", "mem_cost=14,rounds=8,salt_separator=!",
        ] {
            #expect(throws: StartFailure.self) { try FirebaseImport(text) }
        }
    }
}

@Suite("What an import tells")
struct ImportTellingTests {
    @Test("Progress has its share, rate and rest where the length is known")
    func progress() {
        let progress = ImportProgress(length: 1_000, offset: 0, records: 0)
        let counts = ImportCounts(imported: 40, refused: 10)
        #expect(
            progress.text(250, counts, after: 10)
                == "[######..................] 25 %  50 records  10 refused  5/s  00:30 left")
        #expect(progress.text(1_000, counts, after: 10).contains("100 %  50 records"))
        let piped = ImportProgress(length: nil, offset: 0, records: 0)
        #expect(piped.text(250, counts, after: 10) == "50 records  10 refused  5/s")
        let resumed = ImportProgress(length: 1_000, offset: 500, records: 40)
        #expect(resumed.text(600, counts, after: 1).hasSuffix("10/s  00:04 left"))
    }

    @Test("The report has a line for each refusal, and begins again where it stood for good")
    func report() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("report")
        let results = [
            ImportResult(line: 1, source: "7", verdict: .imported),
            ImportResult(line: 2, source: nil, verdict: .refused([.idMissing, .idForm])),
            ImportResult(line: 3, source: "9", verdict: .refused([.idMissing])),
        ]
        let report = try ImportReport(path)
        let length = try report.add(results)
        #expect(report.reasons.map(\.count) == [2, 1])
        let text = try #require(FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) })
        #expect(text.utf8.count == Int(length))
        #expect(text.hasPrefix(#"{"line":2,"id":null,"reasons":["it has no id","#))
        #expect(text.split(separator: "\n").count == 2)
        _ = try report.add(results)
        // Cut off there, and gone on with: what was written after the last commit is written again.
        _ = try ImportReport(path, keeping: length).add(results)
        let again = try #require(FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) })
        #expect(again == text + text)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("Every reason has words, and none of them a placeholder")
    func words() {
        var reasons: [ImportReason] = [
            .unreadable("x"), .unknown("x"), .type("x", expected: "y"), .idMissing, .idForm, .idTaken, .emailTaken,
            .usernameTaken, .differs, .deleted, .repeated("id"), .tokensNotAccepted,
        ]
        reasons += ImportReason.TokenReason.allCases.map { .token(0, $0) }
        reasons += PasswordHashFormat.allCases.map { .hashNotAccepted($0) }
        reasons += PasswordHashProblem.allCases.map { .hash($0) }
        let words = reasons.map(\.words)
        #expect(Set(words).count == words.count)
        #expect(words.allSatisfy { !$0.isEmpty && !$0.contains("Optional") })
    }
}

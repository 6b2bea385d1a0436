import Glibc
import Synchronization
import WatchwordCore
import WatchwordEngine
import WatchwordServer

/// What was refused and why: a JSON object a line in a file, or the first of them on standard error; and how often
/// each reason was met.
final class ImportReport: Sendable {
    private struct State {
        var length: Int64
        var shown = 0
        var reasons: [String: Int] = [:]
    }

    private let descriptor: Int32?
    private let state: Mutex<State>
    /// Refusals told on standard error where no file takes them.
    private static let most = 20
    /// Reasons counted apart.
    private static let kinds = 200

    /// `path` of the file, which is made with mode 0600; `length`: what of it an earlier run has written for good.
    init(_ path: String?, keeping length: Int64 = 0) throws {
        descriptor = try path.map { path in
            let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
            guard descriptor >= 0, ftruncate(descriptor, Int(length)) == 0,
                lseek(descriptor, Int(length), SEEK_SET) >= 0
            else {
                throw StartFailure(
                    .cannotCreate, "cannot write \(path): \(String(cString: strerror(errno)))",
                    mend: "name a file in a folder that this user may write")
            }
            return descriptor
        }
        state = Mutex(State(length: length))
    }

    deinit { if let descriptor { close(descriptor) } }

    /// Reasons by how often they were met, the commonest first.
    var reasons: [(words: String, count: Int)] {
        state.withLock { $0.reasons.map { ($0.key, $0.value) } }
            .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    }

    /// Writes those of the results that are refusals; says how long the file is then.
    func add(_ results: [ImportResult]) throws -> Int64 {
        try state.withLock { state in
            var lines = ""
            for result in results {
                guard case .refused(let reasons) = result.verdict else { continue }
                let words = reasons.map(\.words)
                for word in words where state.reasons[word] != nil || state.reasons.count < Self.kinds {
                    state.reasons[word, default: 0] += 1
                }
                if descriptor != nil {
                    lines += JSON.text(Self.line(result, words)) + "\n"
                } else {
                    state.shown += 1
                    if state.shown <= Self.most {
                        Output.error("line \(result.line): \(words.joined(separator: "; "))")
                    }
                    if state.shown == Self.most + 1 { Output.error("and more: --report FILE takes all of them") }
                }
            }
            if let descriptor { state.length += try Self.write(lines, to: descriptor) }
            return state.length
        }
    }

    private static func line(_ result: ImportResult, _ words: [String]) -> Value {
        .object([
            Value.Member("line", .int(result.line)), Value.Member("id", Value(result.source)),
            Value.Member("reasons", .array(words.map(Value.string))),
        ])
    }

    private static func write(_ text: String, to descriptor: Int32) throws -> Int64 {
        var rest = Array(text.utf8)[...]
        let count = Int64(rest.count)
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written > 0 {
                rest = rest.dropFirst(written)
            } else if errno != EINTR {
                throw StartFailure(.cannotCreate, "the report cannot be written: \(String(cString: strerror(errno)))")
            }
        }
        return count
    }
}

import Glibc
import WatchwordCore
import WatchwordCrypto
import WatchwordEngine
import WatchwordStore

// In-process rates: the engine without a wire. `kdf` prints the milliseconds of one password hash on one core.

let clock = ContinuousClock()

/// Runs `work` on `tasks` tasks for about `seconds`; gives the rate per second.
func rate(tasks: Int, seconds: Double, _ work: @escaping @Sendable (_ task: Int) async throws -> Void) async throws
    -> Double
{
    let begin = clock.now
    let end = begin + .seconds(seconds)
    let count = try await withThrowingTaskGroup(of: Int.self) { group in
        for task in 0..<tasks {
            group.addTask {
                var done = 0
                while clock.now < end {
                    try await work(task)
                    done += 1
                }
                return done
            }
        }
        return try await group.reduce(0, +)
    }
    let span = clock.now - begin
    return Double(count) / (Double(span.components.seconds) + Double(span.components.attoseconds) / 1e18)
}

func line(_ name: String, _ rate: Double, _ note: String = "") {
    let figure = String(Int(rate.rounded()))
    print(name + String(repeating: " ", count: max(1, 34 - name.count)) + figure + "/s  " + note)
}

let hasherForOne = try Argon2Hasher(lanes: 1)
if CommandLine.arguments.dropFirst().first == "kdf" {
    let runs = 20
    let span = try await clock.measure {
        for _ in 0..<runs { _ = try await hasherForOne.hash(Secret("correct horse battery")) }
    }
    let milliseconds =
        (Double(span.components.seconds) * 1e3 + Double(span.components.attoseconds) / 1e15) / Double(runs)
    print(milliseconds)
    exit(0)
}

var template = Array("/tmp/watchword-bench.XXXXXX".utf8CString)
guard let made = mkdtemp(&template) else { exit(73) }
let bench = try Bench(directory: String(cString: made))
let cores = Argon2Hasher.coreCount
let seconds = 3.0

let grants = try await withThrowingTaskGroup(of: Grant.self) { group in
    for index in 0..<16 {
        group.addTask {
            _ = try await bench.signUp("a\(index)@example.com"); return try await bench.signIn("a\(index)@example.com")
        }
    }
    var grants: [Grant] = []
    for try await grant in group { grants.append(grant) }
    return grants
}
let keyed = try await bench.signUp("keyed@example.com")

// Interleaved, so that a noisy machine is noisy for both.
var raw = 0.0
var signIns = 0.0
for _ in 0..<3 {
    raw += try await rate(tasks: cores * 2, seconds: seconds) { _ in
        _ = try await bench.hasher.hash(Secret("correct horse battery"))
    }
    signIns += try await rate(tasks: cores * 2, seconds: seconds) { task in
        _ = try await bench.signIn("a\(task)@example.com")
    }
}
line("argon2id alone, all cores", raw / 3)
line("sign-in", signIns / 3, "\(Double(Int(signIns / raw * 1000)) / 1000) of argon2id alone")

let registered = try await rate(tasks: cores * 2, seconds: seconds) { _ in
    _ = try await bench.signUp("\(UInt64.random(in: 0...UInt64.max))@example.com")
}
line("register", registered)

let access = grants.compactMap { $0.access?.text }.map { PresentedCredential(kind: .access, text: $0) }
let warm = try await bench.engine.authenticate([access[0]], Bench.caller)
guard warm.output != nil else { exit(70) }
line(
    "check by memory, one core",
    try await rate(tasks: 1, seconds: seconds) { _ in
        for _ in 0..<1_000 { _ = bench.engine.recall([access[0]], Bench.caller) }
    } * 1_000)
line(
    "check by memory, all cores",
    try await rate(tasks: cores, seconds: seconds) { _ in
        for _ in 0..<1_000 { _ = bench.engine.recall([access[0]], Bench.caller) }
    } * 1_000)

if let secret = keyed.apiKey?.secret {
    let key = PresentedCredential(kind: .apiKey, text: secret)
    _ = try await bench.engine.authenticate([key], Bench.caller)
    line(
        "key check by memory, one core",
        try await rate(tasks: 1, seconds: seconds) { _ in
            for _ in 0..<1_000 { _ = bench.engine.recall([key], Bench.caller) }
        } * 1_000)
}

/// Each task turns its own chain of refresh tokens.
actor Chain {
    private var token: Secret
    init(_ token: Secret) { self.token = token }
    func turn(_ bench: Bench) async throws {
        if let next = try await bench.refresh(token).refresh?.text { token = next }
    }
}
let chains = grants.compactMap { $0.refresh?.text }.map(Chain.init)
line(
    "refresh, durable, 16 chains",
    try await rate(tasks: chains.count, seconds: seconds) { task in try await chains[task].turn(bench) })
try await bench.database.close()

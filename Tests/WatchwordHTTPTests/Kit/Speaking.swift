import Foundation
import Logging
import Synchronization
import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordHTTP

/// A realm of the repository's `authspec` dialect behind a responder.
struct Speaking {
    let realm: TestRealm
    let dialect: CompiledDialect
    let metrics = Metrics(startedAt: Timestamp(seconds: 7))
    let lines = LogLines()

    init(_ name: String = "authspec") throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../Dialects/\(name)/dialect.yaml").path
        try self.init(text: try String(contentsOfFile: file, encoding: .utf8), name)
    }

    /// A dialect of a test's own, over the realm of another if there is one.
    init(text: String, _ name: String = "test", beside other: Speaking? = nil) throws {
        let loading = Dialect.load(text: text, file: "\(name).yaml", environment: { _ in nil })
        guard case .loaded(let dialect, _) = loading else { throw Fault(.invariant, "\(loading)") }
        self.dialect = CompiledDialect(dialect)
        realm = try other?.realm ?? TestRealm(name, terms: dialect.terms)
    }

    func responder(
        store: (any Store)? = nil, others: [CompiledDialect] = [], site: Site? = nil, proxies: [String] = [],
        origins: [String] = [], requiresHTTPS: Bool = true,
        limits: SocketLimits = .patient, level: Logger.Level = .notice
    ) -> DialectResponder {
        var logger = Logger(label: "test") { _ in LineHandler(lines: lines) }
        logger.logLevel = level
        return DialectResponder(
            engine: realm.engine(store: store), dialect: dialect, others: others, site: site,
            proxies: TrustedProxies(proxies.compactMap { AddressBlock($0) }),
            crossOrigin: CrossOrigin(origins, dialect: dialect),
            crossSite: CrossSite(origins: [realm.engine().realm.publicURL] + origins), naming: RequestNaming(dialect),
            requiresHTTPS: requiresHTTPS, hub: SocketHub(limits: limits, clock: realm.clock),
            metrics: metrics.realm("authspec"), logger: logger)
    }
}

extension DialectResponder {
    func ask(
        _ method: String, _ path: String, query: String? = nil, _ headers: [(name: String, value: String)] = [],
        json: String? = nil, from address: String = "127.0.0.1", encrypted: Bool = false
    ) async -> WireResponse {
        let type = json == nil ? [] : [(name: "content-type", value: "application/json")]
        let request = WireRequest(
            method: method, path: path, query: query, headers: headers + type, body: Array((json ?? "").utf8))
        return await respond(
            to: .request(request), from: Peer(address: IPAddress(address), isEncrypted: encrypted))
    }

    func refuse(_ code: RefusalCode) async -> WireResponse {
        await respond(to: .refused(Refusal(code)), from: Peer(address: IPAddress("127.0.0.1"), isEncrypted: false))
    }

    /// A new account's token.
    func token(_ email: String = "ada@example.com") async throws -> String {
        let account = #"{"email":"\#(email)","password":"correct horse battery"}"#
        let registered = await ask("POST", "/api/auth/register", json: account)
        try #require(registered.status == 200, "\(registered.text)")
        let answer = await ask("POST", "/api/auth/login", json: account)
        try #require(answer.status == 200, "\(answer.text)")
        let text = String(decoding: answer.body, as: UTF8.self)
        return String(try #require(text.split(separator: "\"").dropFirst(3).first))
    }
}

extension WireResponse {
    var text: String { String(decoding: body, as: UTF8.self) }
}

/// Keeps log lines as text.
final class LogLines: Sendable {
    private let kept = Mutex<[String]>([])

    var all: [String] { kept.withLock { $0 } }

    fileprivate func add(_ line: String) { kept.withLock { $0.append(line) } }
}

private struct LineHandler: LogHandler {
    let lines: LogLines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.notice

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let metadata = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { " \($0)=\($1)" }.joined()
        lines.add("\(event.level): \(event.message)\(metadata)")
    }
}

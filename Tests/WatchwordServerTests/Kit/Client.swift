import Foundation
import Glibc
import WatchwordCore

/// The plainest HTTP client: one request a connection, read to its end, on a thread of its own, so that none of
/// those that the server runs on waits for it.
struct Client: Sendable {
    var port: Int

    struct Answer: Sendable {
        var status: Int
        var head: String
        var body: [UInt8]

        /// The body as JSON, or null.
        var json: Value { (try? JSON.parse(body).get()) ?? .null }
        func text(_ path: String...) -> String? {
            path.reduce(Optional(json)) { $0?[$1] }?.string
        }
    }

    struct Failure: Error {
        var call: String
        var number: Int32
    }

    func ask(
        _ method: String, _ path: String, headers: [(String, String)] = [], body: String? = nil
    ) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try exchange(method, path, headers: headers, body: body) })
            }
        }
    }

    private func exchange(
        _ method: String, _ path: String, headers: [(String, String)], body: String?
    ) throws -> Answer {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(call: "socket", number: errno) }
        defer { close(descriptor) }
        var patience = timeval(tv_sec: 600, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw Failure(call: "connect", number: errno) }
        var request = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        for (name, value) in headers { request += "\(name): \(value)\r\n" }
        if let body { request += "Content-Length: \(body.utf8.count)\r\n" }
        request += "\r\n" + (body ?? "")
        let bytes = Array(request.utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count else { throw Failure(call: "write", number: errno) }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0 {
                // The signal of another suite's test may be handled on any thread, this one among them.
                guard errno == EINTR else { throw Failure(call: "read", number: errno) }
                continue
            }
            guard count > 0 else { break }
            answer += buffer[..<count]
        }
        guard let end = Self.endOfHead(answer) else { throw Failure(call: "read", number: 0) }
        let head = String(decoding: answer[..<end], as: UTF8.self)
        let status = head.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return Answer(status: status, head: head, body: Array(answer[(end + 4)...]))
    }

    private static func endOfHead(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        return (0...(bytes.count - 4)).first { bytes[$0..<($0 + 4)].elementsEqual([13, 10, 13, 10]) }
    }

    func json(_ method: String, _ path: String, _ body: String, token: String? = nil) async throws -> Answer {
        try await ask(method, path, headers: [("Content-Type", "application/json")] + Self.bearer(token), body: body)
    }

    func form(_ path: String, _ body: String) async throws -> Answer {
        try await ask("POST", path, headers: [("Content-Type", "application/x-www-form-urlencoded")], body: body)
    }

    func get(_ path: String, token: String? = nil) async throws -> Answer {
        try await ask("GET", path, headers: Self.bearer(token))
    }

    private static func bearer(_ token: String?) -> [(String, String)] {
        token.map { [("Authorization", "Bearer \($0)")] } ?? []
    }
}

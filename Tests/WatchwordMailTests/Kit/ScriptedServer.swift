import Foundation
import Glibc
import Synchronization

/// A mail server on a port of this machine that answers as it is told, one connection after another.
///
/// Its answers are taken in turn for each verb; without one it is polite. `END` is the answer to a whole mail.
final class ScriptedServer: Sendable {
    /// Said instead of an answer.
    static let hangUp = "HANG UP"
    static let silence = "SILENCE"

    let port: Int
    private let listening: Int32
    private let state: Mutex<State>

    private struct State {
        var answers: [String: [String]]
        var commands: [String] = []
        var mails: [String] = []
        var connections = 0
    }

    /// Everything said to it but the mails themselves, in order.
    var commands: [String] { state.withLock { $0.commands } }
    /// The mails taken, as they came: with dots doubled and CR LF.
    var mails: [String] { state.withLock { $0.mails } }
    var connections: Int { state.withLock { $0.connections } }

    init(_ answers: [String: [String]] = [:]) throws {
        state = Mutex(State(answers: answers))
        listening = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listening
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 && listen(descriptor, 8) == 0
                    && getsockname(descriptor, address, &length) == 0
            }
        }
        guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else {
                    // Only here: the number of one that was closed may be another suite's socket by the next accept.
                    close(descriptor)
                    return
                }
                state.withLock { $0.connections += 1 }
                talk(connection)
                close(connection)
            }
        }
    }

    /// Ends it: what connects from now on is refused.
    func stop() { shutdown(listening, Int32(SHUT_RDWR)) }

    private func answer(_ verb: String, _ polite: String) -> String {
        state.withLock { state in
            guard let next = state.answers[verb]?.first else { return polite }
            state.answers[verb]?.removeFirst()
            return next
        }
    }

    private func talk(_ connection: Int32) {
        var unread: [UInt8] = []
        guard say(answer("HELLO", "220 scripted"), connection) else { return }
        while let line = Self.line(connection, &unread) {
            state.withLock { $0.commands.append(line) }
            let verb = String(line.prefix(4)).uppercased()
            let polite =
                switch verb {
                case "EHLO": "250 scripted"
                case "MAIL", "RCPT", "RSET", "NOOP": "250 fine"
                case "DATA": "354 go on"
                case "QUIT": "221 bye"
                default: "500 what?"
                }
            let said = answer(verb, polite)
            guard say(said, connection) else { return }
            if verb == "QUIT" { return }
            guard verb == "DATA", said.hasPrefix("354") else { continue }
            var mail = ""
            while let line = Self.line(connection, &unread), line != "." { mail += line + "\r\n" }
            state.withLock { $0.mails.append(mail) }
            guard say(answer("END", "250 taken"), connection) else { return }
        }
    }

    /// Whether the connection stays.
    private func say(_ answer: String, _ connection: Int32) -> Bool {
        if answer == Self.hangUp { return false }
        guard answer != Self.silence else { return true }
        let (text, stays) =
            answer.hasSuffix(Self.hangUp) ? (answer.dropLast(Self.hangUp.count), false) : (answer[...], true)
        let bytes = Array("\(text.replacing("\n", with: "\r\n"))\r\n".utf8)
        return send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count && stays
    }

    private static func line(_ connection: Int32, _ unread: inout [UInt8]) -> String? {
        while true {
            if let end = unread.firstIndex(of: 0x0A) {
                defer { unread.removeSubrange(...end) }
                return String(decoding: unread[..<end].filter { $0 != 0x0D }, as: UTF8.self)
            }
            var buffer = [UInt8](repeating: 0, count: 65_536)
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            unread += buffer[..<count]
        }
    }
}

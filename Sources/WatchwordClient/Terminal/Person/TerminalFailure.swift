import WatchwordCore
import WatchwordDialect
import WatchwordRelay

/// Why there is no terminal, or none any more. One line, for people. Never a secret.
struct TerminalFailure: Error, Hashable {
    var text: String

    init(_ text: String) { self.text = text }
}

/// How a person's terminal ended.
enum TerminalResult: Hashable, Sendable {
    /// The program did: an exit status, or a signal's number below zero.
    case exited(Int32)
    /// By `~.`.
    case left
    case failed(TerminalFailure)

    /// What a shell would say of it (128 and the number for a signal), and 255 for what is no program's.
    var exitCode: Int32 {
        switch self {
        case .exited(let status): status < 0 ? 128 - status : status & 0xFF
        case .left: 0
        case .failed: 255
        }
    }
}

extension TerminalFailure {
    /// For a close of the server's that no exit status came before.
    init(closeCode: Int?, reason: String, _ socket: CompiledSocket) {
        switch closeCode.flatMap(socket.end(closeCode:)) {
        case .serverStopping: self.init("the server is restarting: try again in a moment")
        case .sessionEnded: self.init("the session has ended: sign in again")
        case .tokenExpired: self.init("the token has expired: sign in again")
        case .keyEnded: self.init("the API key is no longer valid")
        case .accountClosed: self.init("the account is disabled or deleted")
        case .agentRemoved: self.init("the agent was removed, or is no longer shared with you")
        case .agentOffline: self.init("the agent is not connected, or no longer: see to its vsay-agent")
        case .replaced: self.init("a newer connection has taken the place of this one")
        case .authenticationDue: self.init("the server did not learn in time who you are")
        case .silent: self.init("the server heard nothing from here for too long")
        case .tooSlow: self.init("the output was taken too slowly from here")
        case .operatorClosed: self.init("the operator has closed the connection")
        case .tooMany: self.init("the server has too many connections: try again later")
        case .internal: self.init("the server has an internal error")
        case nil: self.init(closeCode: closeCode, reason: reason.oneLine(atMost: 123))
        }
    }

    /// For a close that is not of `ConnectionEnd`.
    private init(closeCode: Int?, reason: String) {
        let said = reason.isEmpty ? "" : ": \(reason)"
        switch closeCode.flatMap(TerminalClose.init(rawValue:)) {
        case .refused: self.init("the agent gives no terminal\(said)")
        case .givenUp: self.init("the agent gave the terminal up\(said)")
        case .unanswered: self.init("the agent is connected, but did not answer in time: see to its vsay-agent")
        case .untaken: self.init("the agent took no input for too long")
        case nil:
            let code = closeCode.map { "with code \($0)" } ?? "without a word"
            self.init("the server closed the connection \(code)\(said)")
        }
    }
}

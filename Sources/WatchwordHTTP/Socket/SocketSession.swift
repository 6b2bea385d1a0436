import Logging
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordRelay

/// One open socket, from the upgrade to its end.
final class SocketSession: Sendable {
    let responder: DialectResponder
    let socket: CompiledSocket
    let opening: ConnectionOpening
    let caller: Caller
    let subprotocol: String?
    /// Of the terminal that it shows first.
    let size: TerminalSize
    let link = SocketLink()
    private let context: SocketContext

    init(
        _ responder: DialectResponder, _ socket: CompiledSocket, _ opening: ConnectionOpening, _ caller: Caller,
        subprotocol: String?, size: TerminalSize, _ context: ReplyContext
    ) {
        self.responder = responder
        self.socket = socket
        self.opening = opening
        self.caller = caller
        self.subprotocol = subprotocol
        self.size = size
        let context = SocketContext(context, path: opening.path, clock: responder.engine.clock)
        self.context = context
        link.onEnd { [socket] end in socket.farewell(end, in: context.now) }
    }

    private var engine: Engine { responder.engine }
    var sockets: SocketMetrics { responder.metrics.sockets }

    /// What an authenticated client may take.
    var settings: SocketSettings {
        let limits = responder.hub.limits
        var settings = SocketSettings()
        settings.messageBytes = min(limits.messageBytes, socket.maximumMessage(authenticated: true))
        if socket.socket.relay != nil { settings.messageBytes = max(settings.messageBytes, RelayFrame.largestFrame) }
        settings.pingEvery = limits.pingEvery
        settings.pongWithin = limits.pongWithin
        return settings
    }

    // MARK: From the upgrade

    /// Hears who a client is that has yet to say it.
    func establish(_ connection: SocketConnection, _ admission: ConnectionAdmission) async -> SocketStanding? {
        sockets.unauthenticated.rise()
        welcome()
        return await authenticate(await connection.next(), admission)
    }

    func welcome() {
        if let welcome = socket.welcome(in: context.now) { link.send(.text(welcome)) }
    }

    /// What is done once the client is known, which may be before the upgrade. `run` is called for it in any case.
    func accept(_ grant: ConnectionGrant) -> SocketStanding {
        sockets.open(grant.record.role)
        watchExpiry(of: grant.record)
        log("socket opened", grant.record)
        if let accepted = socket.accepted(grant.grant, in: context.now) { send(accepted) }
        let rate = MessageRate(perSecond: responder.hub.limits.messagesPerSecond, engine.clock.now())
        return SocketStanding(grant.record, pass(grant), rate)
    }

    private func authenticate(_ first: SocketMessage?, _ admission: ConnectionAdmission) async -> SocketStanding? {
        let grant = await connect(first)
        sockets.unauthenticated.fall()
        admission.release()
        guard let grant else { return nil }
        link.adjust(settings)
        return accept(grant)
    }

    private func connect(_ first: SocketMessage?) async -> ConnectionGrant? {
        guard let first else {
            if link.ending == .byServer(.authenticationDue) { sockets.refuse(.missingToken) }
            return nil
        }
        guard case .text(let text) = first, let credential = socket.credential(inMessage: text, again: false) else {
            refuse(Refusal(.invalidToken))
            return nil
        }
        do {
            switch try await engine.connect(opening, by: .presented([credential]), caller, link) {
            case .granted(let grant): return grant
            case .refused(let refusal): refuse(refusal)
            }
        } catch is CancellationError {
            link.end(.serverStopping)
        } catch {
            refuse(Refusal(.internal, faultID: responder.report(error, "socket")))
        }
        return nil
    }

    /// Says no in the words of the dialect, and closes.
    private func refuse(_ refusal: Refusal) {
        sockets.refuse(refusal.code)
        let (message, closeCode) = socket.refusal(refusal, in: context.now)
        link.close(code: closeCode, reason: "", last: message.map { .text($0) })
        responder.logger.debug(
            "socket refused",
            metadata: [
                "route": "\(socket.socket.pathText)", "refused": "\(refusal.code.rawValue)",
                "request_id": "\(context.id)",
            ])
    }

    // MARK: Once authenticated

    /// What serves a client that is known.
    func serving(_ standing: SocketStanding) -> SocketUpgrade.Serve {
        let companions = companions(of: standing)
        guard !companions.isEmpty else { return { await self.run($0, standing) } }
        return { connection in
            await withTaskGroup(of: Void.self) { group in
                // Beside the loop, which waits for the client.
                for each in companions { group.addTask { await each() } }
                await self.run(connection, standing)
                group.cancelAll()
            }
        }
    }

    /// What is done by the clock as long as the socket is served.
    private func companions(of standing: SocketStanding) -> [@Sendable () async -> Void] {
        var companions: [@Sendable () async -> Void] = []
        if let (text, every) = socket.ping {
            // The server's own sign of life.
            companions.append { while (try? await Task.sleep(for: .seconds(every.seconds))) != nil { self.send(text) } }
        }
        if case .terminal(let terminal, _) = standing.passing {
            companions.append { await terminal.watch(self.responder.hub.limits) }
        }
        return companions
    }

    /// Until there is no next message.
    private func run(_ connection: SocketConnection, _ standing: SocketStanding) async {
        while let message = await connection.next(), await take(message, standing, connection) {}
        end(standing)
    }

    // What a task's deepest call takes it keeps: what is not done while a socket is idle stands in functions of its own.
    @inline(never)
    private func end(_ standing: SocketStanding) {
        detach(standing)
        let record = standing.record
        var cause: ConnectionEnd?
        if case .byServer(let end) = link.ending { cause = end }
        engine.disconnect(record, cause: cause)
        let ending = SocketMetrics.Ending(link.ending)
        sockets.end(record.role, ending)
        log("socket ended", record, ["cause": "\(ending.name)"])
    }

    /// Does what a message asks for; false where no other is to be read.
    @inline(never)
    private func take(
        _ message: SocketMessage, _ standing: SocketStanding, _ connection: SocketConnection
    ) async -> Bool {
        switch admit(message, standing) {
        case nil: return false
        case .ping:
            // Taken before the next one is read: who sends and never reads is not answered into memory.
            if let pong = pong() { _ = await connection.send(pong) }
        case .again(let credential): await renew(standing, by: credential)
        case .passed: await give(message, to: standing)
        }
        return true
    }

    @inline(never)
    private func pong() -> SocketMessage? {
        guard let pong = socket.pong(in: context.now) else { return nil }
        sockets.sent.add()
        return .text(pong)
    }

    /// What a message is; nothing where it is one too many, and the socket is closed.
    @inline(never)
    private func admit(_ message: SocketMessage, _ standing: SocketStanding) -> Meaning? {
        sockets.received.add()
        let meaning = meaning(of: message, standing.passing)
        // What goes to the relay is bounded by its credit.
        guard meaning == .passed && !standing.passing.isNowhere || standing.takes(engine.clock.now()) else {
            link.close(code: 1_008, reason: "Too many messages", last: nil)
            return nil
        }
        return meaning
    }

    /// What a message of an authenticated client is.
    private enum Meaning: Equatable {
        case ping
        case again(PresentedCredential)
        /// Not for this server.
        case passed
    }

    private func meaning(of message: SocketMessage, _ passing: SocketPassing) -> Meaning {
        guard case .text(let text) = message else { return .passed }
        if socket.isPing(text) { return .ping }
        if let credential = socket.credential(inMessage: text, again: true) { return .again(credential) }
        if passing.isControlled, case .authenticate(let token)? = TerminalControl(text) {
            return .again(PresentedCredential(kind: .access, text: token))
        }
        return .passed
    }

    /// Goes on with another credential of the same principal; where it is not, the socket is closed.
    @inline(never)
    private func renew(_ standing: SocketStanding, by credential: PresentedCredential) async {
        // In a task of its own: a task keeps the memory of its deepest call as long as it lives.
        async let renewal: Void = again(credential, standing)
        await renewal
    }

    private func again(_ credential: PresentedCredential, _ standing: SocketStanding) async {
        do {
            switch try await engine.reauthenticate(standing.record, by: [credential], caller) {
            case .granted(let renewed):
                watchExpiry(of: renewed)
                standing.renew(renewed)
            case .refused(let refusal): refuse(refusal)
            }
        } catch is CancellationError {
            link.end(.serverStopping)
        } catch {
            refuse(Refusal(.internal, faultID: responder.report(error, "socket")))
        }
    }

    private func watchExpiry(of record: ConnectionRecord) {
        if socket.socket.closesAtTokenExpiry { link.expire(at: record.expiresAt) }
    }

    private func send(_ text: String) {
        sockets.sent.add()
        link.send(.text(text))
    }

    private func log(_ event: Logger.Message, _ record: ConnectionRecord, _ more: Logger.Metadata = [:]) {
        guard responder.logger.logLevel <= .debug else { return }
        let metadata: Logger.Metadata = [
            "route": "\(record.route)", "number": "\(record.number)", "role": "\(record.role.rawValue)",
            "request_id": "\(context.id)",
        ]
        responder.logger.debug(event, metadata: metadata.merging(more) { first, _ in first })
    }
}

extension SocketMetrics.Ending {
    init(_ ending: SocketEnding?) {
        self =
            switch ending {
            case .byServer(let cause): .server(cause)
            case .closed(1_002...1_009), .violation: .violation
            case .closed: .finished
            case .byClient: .client
            case .lost, nil: .lost
            }
    }
}

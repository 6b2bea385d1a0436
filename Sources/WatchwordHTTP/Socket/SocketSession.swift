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
    /// What its messages may tell of the request that opened it: neither its query nor its header, which held secrets
    /// and would be kept as long as the socket is open.
    private let base: ReplyContext

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
        var base = context
        base.contents = RequestContents(
            WireRequest(method: "GET", path: opening.path), parameters: context.contents?.parameters ?? [])
        self.base = base
        let clock = responder.engine.clock
        link.onEnd { [base, socket] end in
            var context = base
            context.time = clock.now()
            return socket.farewell(end, in: context)
        }
    }

    private var engine: Engine { responder.engine }
    var sockets: SocketMetrics { responder.metrics.sockets }

    private var context: ReplyContext {
        var context = base
        context.time = engine.clock.now()
        return context
    }

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

    /// An authenticated client: what its connection rests on, and where its messages go. A socket that is idle for days
    /// keeps this and not what was granted.
    struct Established: Sendable {
        let record: ConnectionRecord
        let passing: SocketPassing
    }

    /// Serves a client that has yet to say who it is.
    func run(_ connection: inout SocketConnection, _ admission: ConnectionAdmission) async {
        guard let established = await establish(&connection, admission) else { return }
        await run(&connection, established)
    }

    private func establish(
        _ connection: inout SocketConnection, _ admission: ConnectionAdmission
    ) async -> Established? {
        sockets.unauthenticated.rise()
        welcome()
        let first = await connection.next()
        // In a task of its own: a task keeps the memory of its deepest call as long as it lives.
        async let established = authenticate(first, admission)
        return await established
    }

    @inline(never)
    func welcome() {
        if let welcome = socket.welcome(in: context) { link.send(.text(welcome)) }
    }

    /// What is done once the client is known, which may be before the upgrade. `run` is called for it in any case.
    func accept(_ grant: ConnectionGrant) -> Established {
        sockets.open(grant.record.role)
        watchExpiry(of: grant.record)
        log("socket opened", grant.record)
        if let accepted = socket.accepted(grant.grant, in: context) { send(accepted) }
        return Established(record: grant.record, passing: pass(grant))
    }

    private func authenticate(_ first: SocketMessage?, _ admission: ConnectionAdmission) async -> Established? {
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
        let (message, closeCode) = socket.refusal(refusal, in: context)
        link.close(code: closeCode, reason: "", last: message.map { .text($0) })
        responder.logger.debug(
            "socket refused",
            metadata: [
                "route": "\(socket.socket.pathText)", "refused": "\(refusal.code.rawValue)",
                "request_id": "\(base.id)",
            ])
    }

    // MARK: Once authenticated

    /// Serves a client that is known.
    func run(_ connection: inout SocketConnection, _ established: Established) async {
        if let (text, every) = socket.ping {
            await pinging(text, every: .seconds(every.seconds)) { await self.exchange(&connection, established) }
        } else {
            await exchange(&connection, established)
        }
        end(established.record)
    }

    @inline(never)
    private func end(_ record: ConnectionRecord) {
        var cause: ConnectionEnd?
        if case .byServer(let end) = link.ending { cause = end }
        engine.disconnect(record, cause: cause)
        let ending = SocketMetrics.Ending(link.ending)
        sockets.end(record.role, ending)
        log("socket ended", record, ["cause": "\(ending.name)"])
    }

    /// Until there is no next message.
    private func exchange(_ connection: inout SocketConnection, _ established: Established) async {
        let standing = Standing(
            established, MessageRate(perSecond: responder.hub.limits.messagesPerSecond, engine.clock.now()))
        while let message = await connection.next(), await take(message, standing, connection) {}
        detach(standing.passing, standing.record)
    }

    /// What an authenticated client has now. An object, so that the task of an idle socket holds a reference.
    private final class Standing {
        var record: ConnectionRecord
        let passing: SocketPassing
        var rate: MessageRate

        init(_ established: Established, _ rate: MessageRate) {
            record = established.record
            passing = established.passing
            self.rate = rate
        }
    }

    /// Does what a message asks for; false where no other is to be read.
    @inline(never)
    private func take(_ message: SocketMessage, _ standing: Standing, _ connection: SocketConnection) async -> Bool {
        sockets.received.add()
        let meaning = meaning(of: message, standing.passing)
        // What goes to the relay is bounded by its credit.
        if meaning != .passed || standing.passing.isNowhere, !standing.rate.takes(engine.clock.now()) {
            link.close(code: 1_008, reason: "Too many messages", last: nil)
            return false
        }
        switch meaning {
        case .ping:
            // Taken before the next one is read: who sends and never reads is not answered into memory.
            guard let pong = pong() else { break }
            sockets.sent.add()
            _ = await connection.send(.text(pong))
        case .again(let credential):
            if let renewed = await renew(standing.record, by: credential) { standing.record = renewed }
        case .passed: await give(message, to: standing.passing, standing.record)
        }
        return true
    }

    @inline(never)
    private func pong() -> String? { socket.pong(in: context) }

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

    /// Goes on with another credential of the same principal; nothing where it is not, and the socket is closed.
    private func renew(_ record: ConnectionRecord, by credential: PresentedCredential) async -> ConnectionRecord? {
        // In a task of its own, as the first time.
        async let renewed = again(credential, record)
        return await renewed
    }

    private func again(_ credential: PresentedCredential, _ record: ConnectionRecord) async -> ConnectionRecord? {
        do {
            switch try await engine.reauthenticate(record, by: [credential], caller) {
            case .granted(let renewed):
                watchExpiry(of: renewed)
                return renewed
            case .refused(let refusal): refuse(refusal)
            }
        } catch is CancellationError {
            link.end(.serverStopping)
        } catch {
            refuse(Refusal(.internal, faultID: responder.report(error, "socket")))
        }
        return nil
    }

    private func watchExpiry(of record: ConnectionRecord) {
        if socket.socket.closesAtTokenExpiry { link.expire(at: record.expiresAt) }
    }

    private func send(_ text: String) {
        sockets.sent.add()
        link.send(.text(text))
    }

    /// Sends the server's own sign of life as long as `body` runs.
    private func pinging(_ text: String, every: Duration, _ body: () async -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            // Beside the loop, which waits for the client.
            group.addTask {
                while (try? await Task.sleep(for: every)) != nil { self.send(text) }
            }
            await body()
            group.cancelAll()
        }
    }

    private func log(_ event: Logger.Message, _ record: ConnectionRecord, _ more: Logger.Metadata = [:]) {
        guard responder.logger.logLevel <= .debug else { return }
        let metadata: Logger.Metadata = [
            "route": "\(record.route)", "number": "\(record.number)", "role": "\(record.role.rawValue)",
            "request_id": "\(base.id)",
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

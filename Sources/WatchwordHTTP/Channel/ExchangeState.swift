import NIOCore
import NIOHTTP1
import WatchwordCore
import WatchwordDialect

/// What one HTTP/1 connection is doing. Pure: each event returns what to do about it.
///
/// One request is answered at a time, in order. What a client sends ahead waits, within a bound.
struct ExchangeState {
    private enum Phase {
        case awaiting(Beginning)
        case receiving(WireRequest)
        case answering
        case writing
        /// The last response is out; whatever still comes is thrown away.
        case ending
    }

    private enum Beginning {
        /// A new connection that has not sent a byte.
        case fresh
        /// Between requests.
        case idle
        /// A part of a request's header is here.
        case begun
    }

    private enum Waiting {
        case part(HTTPServerRequestPart)
        case refusal(RefusalCode)
        /// More was sent ahead than is kept.
        case overflow
    }

    enum Action: Equatable {
        case nothing
        case sendContinue
        case answer(Arrival)
        case close
        /// Closes the sending side and waits a little: the client may still be sending, and a connection reset
        /// would take the response out of its hands.
        case linger
    }

    /// Which clock runs.
    enum Wait: Equatable { case header, idle, body, write, linger }

    private let limits: ListenerLimits
    private let isWelcome: Bool
    private var phase = Phase.awaiting(.fresh)
    private var waiting: [Waiting] = []
    private var waitingRequests = 0
    /// Whether the end of the request in hand has been read.
    private var isWhole = false
    /// Whether the client closed its sending side.
    private(set) var isDeaf = false
    private(set) var isDraining = false

    /// What the response in hand must be like.
    private(set) var response = ResponseFraming()

    /// `isWelcome`: whether there was room for the connection; one without is told so and ends.
    init(_ limits: ListenerLimits, isWelcome: Bool = true) {
        self.limits = limits
        self.isWelcome = isWelcome
    }

    /// Whether more bytes are wanted now.
    var wantsBytes: Bool {
        switch phase {
        case .awaiting, .receiving, .ending: true
        case .answering, .writing: false
        }
    }

    /// Nothing while the engine has the request: its time is its own.
    var wait: Wait? {
        switch phase {
        case .awaiting(.idle): .idle
        case .awaiting: .header
        case .receiving: .body
        case .answering: nil
        case .writing: .write
        case .ending: .linger
        }
    }

    // MARK: What comes in

    /// Bytes came, whether or not they completed anything.
    mutating func bytesCame() {
        if case .awaiting = phase { phase = .awaiting(.begun) }
    }

    mutating func received(_ part: HTTPServerRequestPart) -> Action {
        switch phase {
        case .answering, .writing:
            keep(part)
            return .nothing
        case .ending: return .nothing
        case .awaiting, .receiving: return take(part)
        }
    }

    /// The parser gave up: what comes after the requests already waiting can not be understood.
    mutating func failed(_ error: HTTPParserError) -> Action {
        let code: RefusalCode = error == .headerOverflow ? .headersTooLarge : .badRequest
        switch phase {
        case .awaiting: return refuseUnread(code)
        case .receiving: return refuse(Refusal(code))
        case .answering, .writing:
            waiting.append(.refusal(code))
            return .nothing
        case .ending: return .nothing
        }
    }

    mutating func inputClosed() -> Action {
        isDeaf = true
        switch phase {
        case .awaiting, .receiving, .ending: return .close
        case .answering, .writing: return .nothing
        }
    }

    /// The server is going down: no request after the one in hand.
    mutating func quiesce() -> Action {
        isDraining = true
        response.keepsAlive = false
        switch phase {
        case .awaiting(.fresh), .awaiting(.idle): return .close
        default: return .nothing
        }
    }

    mutating func timedOut() -> Action {
        switch phase {
        case .awaiting(.begun): refuseUnread(.requestTimeout)
        case .receiving: refuse(Refusal(.requestTimeout))
        case .awaiting, .writing, .ending: .close
        case .answering: .nothing
        }
    }

    // MARK: What goes out

    /// The response is on its way.
    mutating func answered() {
        if case .answering = phase { phase = .writing }
    }

    /// The response has left this process.
    mutating func written() -> Action {
        guard case .writing = phase else { return .nothing }
        guard response.keepsAlive else { return end(lingers: !isWhole || !waiting.isEmpty) }
        phase = .awaiting(.idle)
        return next()
    }

    // MARK: Steps

    private mutating func take(_ part: HTTPServerRequestPart) -> Action {
        switch (phase, part) {
        case (.awaiting, .head(let head)): return begin(head)
        case (.receiving(var request), .body(let bytes)):
            guard request.body.count + bytes.readableBytes <= limits.bodyBytes else {
                return refuse(Refusal(.tooLarge))
            }
            // Let go of the state's copy first, so that the body grows in place.
            phase = .answering
            request.body.append(contentsOf: bytes.readableBytesView)
            phase = .receiving(request)
            return .nothing
        case (.receiving(let request), .end):
            isWhole = true
            phase = .answering
            return .answer(.request(request))
        default: return .nothing
        }
    }

    private mutating func begin(_ head: HTTPRequestHead) -> Action {
        response = ResponseFraming(omitsBody: head.method == .HEAD, isForOldClient: head.isOld)
        isWhole = false
        guard isWelcome else { return refuse(Refusal(.busy, retryAfter: 1)) }
        switch RequestFraming.read(head, limits) {
        case .failure(let refused): return refuse(Refusal(refused.code))
        case .success(let framing):
            response.keepsAlive = framing.keepsAlive && !isDraining
            phase = .receiving(WireRequest(head))
            return framing.expectsContinue ? .sendContinue : .nothing
        }
    }

    /// Answers without the rest of the request, after which the connection can not go on.
    private mutating func refuse(_ refusal: Refusal) -> Action {
        response.keepsAlive = false
        isWhole = false
        phase = .answering
        return .answer(.refused(refusal))
    }

    /// The same before a header was read, so that nothing is known of the client.
    private mutating func refuseUnread(_ code: RefusalCode) -> Action {
        response = ResponseFraming()
        return refuse(Refusal(code))
    }

    private mutating func keep(_ part: HTTPServerRequestPart) {
        if case .head = part {
            waitingRequests += 1
            if waitingRequests == limits.pipelinedRequests + 1 { waiting.append(.overflow) }
        }
        if waitingRequests <= limits.pipelinedRequests { waiting.append(.part(part)) }
    }

    /// Goes on with what was sent ahead.
    private mutating func next() -> Action {
        var taken = 0
        defer { waiting.removeFirst(taken) }
        while taken < waiting.count {
            let item = waiting[taken]
            taken += 1
            let action: Action
            switch item {
            case .part(let part):
                if case .head = part { waitingRequests -= 1 }
                action = take(part)
            case .refusal(let code): action = refuseUnread(code)
            case .overflow: action = end(lingers: true)
            }
            // Nobody waits for leave to send what is already here.
            if action == .sendContinue, taken < waiting.count { continue }
            if action != .nothing { return action }
        }
        return isDeaf ? end(lingers: false) : .nothing
    }

    private mutating func end(lingers: Bool) -> Action {
        phase = .ending
        return lingers && !isDeaf ? .linger : .close
    }
}

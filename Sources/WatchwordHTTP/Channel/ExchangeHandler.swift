import NIOCore
import NIOHTTP1
import WatchwordCore
import WatchwordDialect

/// Turns parsed parts into whole requests within the listener's limits, and responses into bytes, one after the other.
///
/// It lives between the HTTP parser and the inbox of the task that answers. What to do is `ExchangeState`'s to say; here
/// it is done.
final class ExchangeHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = Answer
    typealias OutboundOut = ByteBuffer

    private let limits: ListenerLimits
    private let inbox: Inbox
    private let clock: any WallClock
    private var state: ExchangeState
    private var date = HTTPDate()
    /// A read that the channel asked for while none was wanted.
    private var owesRead = false
    private var wait: ExchangeState.Wait?
    private var deadline = NIODeadline.distantFuture
    private let alarm = Alarm()

    init(_ limits: ListenerLimits, _ inbox: Inbox, isWelcome: Bool, clock: any WallClock) {
        self.limits = limits
        self.inbox = inbox
        self.clock = clock
        state = ExchangeState(limits, isWelcome: isWelcome)
    }

    // MARK: The channel's life

    func handlerAdded(context: ChannelHandlerContext) {
        alarm.wake = { self.ring(context) }
        watch(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) { alarm.wake = nil }

    func channelInactive(context: ChannelHandlerContext) {
        alarm.wake = nil
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed: perform(state.inputClosed(), context)
        case is ChannelShouldQuiesceEvent: perform(state.quiesce(), context)
        case is StopAtOnce: context.close(promise: nil)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case let error as HTTPParserError: perform(state.failed(error), context)
        // Bytes behind the parser's error, which has been answered.
        case is ByteToMessageDecoderError: break
        // The connection itself is broken: reset, or not TLS.
        default: context.close(promise: nil)
        }
    }

    // MARK: In

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        perform(state.received(unwrapInboundIn(data)), context)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        state.bytesCame()
        watch(context)
        context.fireChannelReadComplete()
    }

    func read(context: ChannelHandlerContext) {
        if state.wantsBytes { context.read() } else { owesRead = true }
    }

    // MARK: Out

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .response(let response): write(response, context, promise)
        case .upgrade(let upgrade): SocketSwitch(upgrade, inbox, clock: clock).perform(self, context, promise)
        }
    }

    private func write(_ response: WireResponse, _ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?) {
        state.answered()
        var buffer = context.channel.allocator.buffer(capacity: 512)
        state.response.write(response, date: date.text(clock.now()), to: &buffer)
        let written = promise ?? context.eventLoop.makePromise()
        written.futureResult.assumeIsolated().whenComplete { result in
            if case .success = result {
                self.perform(self.state.written(), context)
            } else {
                context.close(promise: nil)
            }
        }
        context.write(wrapOutboundOut(buffer), promise: written)
        watch(context)
    }

    /// What a WebSocket takes over of this connection.
    var handover: (owesRead: Bool, isLost: Bool, isDraining: Bool) { (owesRead, state.isDeaf, state.isDraining) }

    // MARK: What the state says

    private func perform(_ action: ExchangeState.Action, _ context: ChannelHandlerContext) {
        switch action {
        case .nothing: break
        case .sendContinue:
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")), promise: nil)
        case .answer(let arrival):
            inbox.put(.arrival(arrival))
        case .close: context.close(promise: nil)
        case .linger:
            context.close(mode: .output, promise: nil)
            discardInput(context)
        }
        watch(context)
        if owesRead, state.wantsBytes {
            owesRead = false
            context.read()
        }
    }

    /// Keeps what still comes from the parser, which would gather bytes it no longer reads.
    private func discardInput(_ context: ChannelHandlerContext) {
        do {
            let pipeline = context.pipeline.syncOperations
            let parser = try pipeline.context(handlerType: ByteToMessageHandler<HTTPRequestDecoder>.self).handler
            try pipeline.addHandler(InputDiscarder(bound: limits.bodyBytes * 4), position: .before(parser))
        } catch {
            context.close(promise: nil)
        }
    }

    // MARK: Time

    /// Starts the clock of what is now waited for, if it is not running.
    private func watch(_ context: ChannelHandlerContext) {
        guard wait != state.wait else { return }
        wait = state.wait
        guard let span = wait.map(span) else {
            deadline = .distantFuture
            return
        }
        deadline = .now() + TimeAmount(span)
        setAlarm(context, TimeAmount(span))
    }

    private func span(_ wait: ExchangeState.Wait) -> Duration {
        switch wait {
        case .header: limits.headerTime
        case .idle: limits.idleTime
        case .body: limits.bodyTime
        case .write: limits.writeTime
        case .linger: limits.lingerTime
        }
    }

    /// The alarm is left to ring when its deadline has moved away, so that a busy connection sets few.
    private func setAlarm(_ context: ChannelHandlerContext, _ span: TimeAmount) {
        let wait = min(span, TimeAmount(limits.headerTime))
        do {
            try alarm.set(at: .now() + wait, on: context.eventLoop)
        } catch {
            // The event loop is shut down, and the connection with it.
            context.close(promise: nil)
        }
    }

    private func ring(_ context: ChannelHandlerContext) {
        guard deadline != .distantFuture else { return }
        let left = deadline - .now()
        if left > .nanoseconds(0) {
            setAlarm(context, left)
        } else {
            wait = nil
            deadline = .distantFuture
            perform(state.timedOut(), context)
        }
    }
}

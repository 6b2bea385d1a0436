import NIOCore
import NIOWebSocket
import WatchwordCore

/// Turns frames into messages and what its link asks for into frames, and keeps the clocks of one WebSocket.
///
/// It lives between NIO's reader of frames and the inbox of the task that serves the connection. What a frame means is
/// `SocketState`'s to say and what is due `SocketClocks`'s; here it is done.
final class SocketHandler: ChannelDuplexHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundIn = Never
    typealias OutboundOut = ByteBuffer

    private let link: SocketLink
    private let inbox: Inbox
    private let frames: SocketFrameDecoder
    private let clock: any WallClock
    private var settings: SocketSettings
    private var state: SocketState
    private var clocks: SocketClocks
    private var context: ChannelHandlerContext?
    /// A read that the channel asked for while none was wanted.
    private var owesRead: Bool
    /// Whether bytes of the client would be read now.
    private var isReading = false
    private let alarm = Alarm()

    init(
        _ upgrade: SocketUpgrade, _ inbox: Inbox, _ frames: SocketFrameDecoder, clock: any WallClock, owesRead: Bool
    ) {
        link = upgrade.link
        self.inbox = inbox
        settings = upgrade.settings
        self.frames = frames
        self.clock = clock
        self.owesRead = owesRead
        state = SocketState(messageBytes: upgrade.settings.messageBytes)
        clocks = SocketClocks(now: .now(), authenticateWithin: upgrade.settings.authenticateWithin)
    }

    // MARK: The channel's life

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        alarm.wake = { self.ring() }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        alarm.wake = nil
        link.over(.lost)
    }

    /// The pipeline is as it will be. `isLost`: whether the client has closed its sending side meanwhile;
    /// `isDraining`: whether the server is going down.
    func begin(isLost: Bool, isDraining: Bool) {
        guard let context else { return }
        link.bind(NIOLoopBound(self, eventLoop: context.eventLoop))
        obey()
        if isDraining { end(.serverStopping, context) }
        if isLost { perform(state.inputClosed(), context) }
        // Frames may have come with the request.
        channelReadComplete(context: context)
        if owesRead { read(context: context) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed: perform(state.inputClosed(), context)
        case is ChannelShouldQuiesceEvent: end(.serverStopping, context)
        case is StopAtOnce: link.abort()
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case let flawed as SocketClose.Flawed: perform(state.failed(flawed.answer), context)
        // Bytes behind an error of the frame reader, which has been answered.
        case is ByteToMessageDecoderError: break
        default: perform(state.inputClosed(), context)
        }
    }

    /// The task that serves has returned: the client is told.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .all else { return context.close(mode: mode, promise: promise) }
        context.channel.closeFuture.cascade(to: promise)
        // What it asked for before comes first.
        obey()
        perform(state.close(.normal, .closed(1_000)), context)
    }

    // MARK: In

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        perform(state.received(unwrapInboundIn(data)), context)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isReading = false
        clocks.heard(.now())
        if let pong = state.takePong() {
            write(SocketFrame.bytes(.pong, pong), context)
            context.flush()
        }
        context.fireChannelReadComplete()
        readOn(context)
        watch(context)
    }

    /// A client that does not take what it is sent, its pongs among it, is not listened to; nor is one whose messages
    /// are not taken up as fast as they come.
    func read(context: ChannelHandlerContext) {
        guard state.phase == .open, context.channel.isWritable, inbox.hasRoom(orTell: readingOn(context)) else {
            owesRead = true
            return
        }
        owesRead = false
        isReading = true
        context.read()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if owesRead { read(context: context) }
        context.fireChannelWritabilityChanged()
    }

    private func readingOn(_ context: ChannelHandlerContext) -> @Sendable () -> Void {
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        return {
            handler.eventLoop.execute {
                let handler = handler.value
                if handler.owesRead, let context = handler.context { handler.read(context: context) }
            }
        }
    }

    /// Towards the end nobody else asks for bytes, and the client's close frame is among them.
    private func readOn(_ context: ChannelHandlerContext) {
        if state.phase != .open { context.read() }
    }

    // MARK: What the link asks for

    func obey() {
        guard let context else { return }
        for command in link.takeCommands() {
            switch command {
            case .send(let bytes, let taken): send(bytes, taken, context)
            case .close(let close, let last):
                if let last, state.phase == .open { write(last, context) }
                perform(state.close(close, .closed(close.code ?? 1_000)), context)
            case .end(let cause): end(cause, context)
            case .expire(let moment): clocks.expire(at: moment, .now(), clock.now())
            case .adjust(let settings): adjust(settings)
            case .abort: perform(state.abort(.lost), context)
            }
        }
        context.flush()
        watch(context)
    }

    private func send(_ bytes: ByteBuffer, _ taken: (@Sendable (Bool) -> Void)?, _ context: ChannelHandlerContext) {
        let cost = SocketLink.cost(bytes)
        guard state.phase == .open else {
            link.release(cost)
            taken?(false)
            return
        }
        write(bytes, context) { isTaken in
            self.link.release(cost)
            taken?(isTaken)
        }
    }

    private func adjust(_ settings: SocketSettings) {
        self.settings = settings
        state.messageBytes = settings.messageBytes
        frames.bound = settings.messageBytes
        if settings.authenticateWithin == nil { clocks.authenticated() }
    }

    /// An end of ours, in the link's words. One who does not take what it is sent would not take these either.
    private func end(_ cause: ConnectionEnd, _ context: ChannelHandlerContext) {
        guard state.phase == .open else { return }
        guard cause != .tooSlow else { return perform(state.abort(.byServer(cause)), context) }
        let farewell = link.farewell(cause)
        if let message = farewell.message { write(SocketFrame.bytes(.text(message)), context) }
        perform(state.close(SocketClose(farewell.closeCode, farewell.reason), .byServer(cause)), context)
    }

    // MARK: What the state says

    private func perform(_ action: SocketState.Action, _ context: ChannelHandlerContext) {
        switch action {
        case .nothing: return
        case .deliver(let message): inbox.put(.message(message))
        case .close(let close):
            ended(context, isHeard: false, within: settings.closeTime)
            write(SocketFrame.bytes(close), context)
            context.flush()
            readOn(context)
        case .finish(let close):
            ended(context, isHeard: true, within: settings.closeTime)
            write(SocketFrame.bytes(close), context) { _ in context.close(promise: nil) }
            context.flush()
        case .fail(let close):
            ended(context, isHeard: false, within: settings.closeTime)
            write(SocketFrame.bytes(close), context) { _ in context.close(mode: .output, promise: nil) }
            context.flush()
            readOn(context)
        case .drop:
            if let ending = state.ending { link.ended(ending, isHeard: ending == .lost) }
            context.close(promise: nil)
        }
    }

    /// Nobody is to wait for messages any longer.
    private func ended(_ context: ChannelHandlerContext, isHeard: Bool, within span: Duration) {
        if let ending = state.ending { link.ended(ending, isHeard: isHeard) }
        clocks.closing(by: .now() + TimeAmount(span))
        inbox.end()
        watch(context)
    }

    private func write(
        _ bytes: ByteBuffer, _ context: ChannelHandlerContext, taken: @escaping (Bool) -> Void = { _ in }
    ) {
        clocks.wrote(.now())
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenComplete { result in
            self.clocks.written()
            if case .success = result { taken(true) } else { taken(false) }
        }
        context.write(wrapOutboundOut(bytes), promise: promise)
    }

    // MARK: Time

    /// The alarm is left to ring when what it was set for has moved away, so that a busy connection sets few.
    private func watch(_ context: ChannelHandlerContext) {
        do {
            try alarm.set(at: clocks.next(settings), on: context.eventLoop)
        } catch {
            // The event loop is shut down, and the connection with it.
            context.close(promise: nil)
        }
    }

    private func ring() {
        guard let context else { return }
        switch clocks.due(.now(), clock.now(), isReading: isReading, settings) {
        case nil: break
        case .ping:
            write(SocketFrame.bytes(.ping, []), context)
            context.flush()
        case .end(let cause): end(cause, context)
        case .drop: context.close(promise: nil)
        }
        watch(context)
    }
}

import Synchronization
import WatchwordRelay

/// One terminal of a connection, between what hosts it and the server's frames.
final class LinkTerminal: Sendable {
    enum End: Equatable {
        case refused(String)
        case ended(status: Int32)
    }

    private struct State {
        var window = CreditWindow()
        var size: TerminalSize
        var hosted: (any HostedTerminal)?
        /// The server wants no more of it.
        var isOver = false
    }

    let number: UInt32
    let who: String
    private let state: Mutex<State>
    /// Bounded by the credit that the server has.
    private let typed = AsyncStream.makeStream(of: [UInt8].self)
    private let credited = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    init(_ number: UInt32, size: TerminalSize, who: String) {
        self.number = number
        self.who = who
        state = Mutex(State(size: size))
    }

    // MARK: What the server says; nothing waits here

    /// False for more bytes than there was credit for. What comes after the end is for nobody.
    func receive(_ bytes: [UInt8]) -> Bool {
        guard state.withLock({ $0.isOver || $0.window.receive(bytes.count) }) else { return false }
        typed.continuation.yield(bytes)
        return true
    }

    /// False for credit that was never spent.
    func add(_ credit: UInt32) -> Bool {
        guard state.withLock({ $0.isOver || $0.window.add(credit) }) else { return false }
        credited.continuation.yield()
        return true
    }

    func resize(_ size: TerminalSize) {
        let hosted = state.withLock { state in
            state.size = size
            return state.hosted
        }
        hosted?.resize(size)
    }

    func end() {
        let hosted = state.withLock { state in
            state.isOver = true
            return state.hosted
        }
        hosted?.hangUp()
        typed.continuation.finish()
        credited.continuation.finish()
    }

    // MARK: Its own task

    /// From starting the program to its end, which comes too where the task is cancelled.
    func run(on host: any TerminalHost, over socket: ClientSocket, opened: () -> Void) async -> End {
        let asked = state.withLock(\.size)
        let hosted: any HostedTerminal
        do {
            hosted = try await host.start(asked, who: who)
        } catch {
            let reason = (error as? TerminalRefused)?.reason ?? "The terminal cannot be started"
            socket.sendLast(RelayFrame(number, .refused(reason)).bytes)
            return .refused(reason)
        }
        let (size, isOver) = state.withLock { state in
            state.hosted = hosted
            return (state.size, state.isOver)
        }
        if size != asked { hosted.resize(size) }
        opened()
        if !isOver {
            try? await socket.send(RelayFrame(number, .opened).bytes)
            await withTaskGroup(of: Void.self) { group in
                // What is typed goes on while what is shown waits for credit, and the other way round.
                group.addTask { await self.type(into: hosted, socket) }
                await self.show(hosted, socket)
                // What is typed may wait for a program that reads nothing.
                hosted.hangUp()
                group.cancelAll()
            }
        }
        hosted.hangUp()
        let status = await hosted.status()
        if !state.withLock(\.isOver) {
            let exit = RelayFrame(number, .exit(status)).bytes
            if Task.isCancelled { socket.sendLast(exit) } else { try? await socket.send(exit) }
        }
        return .ended(status: status)
    }

    /// Passes on what was typed, and gives credit for it, until the terminal is over.
    private func type(into hosted: any HostedTerminal, _ socket: ClientSocket) async {
        do {
            for await bytes in typed.stream {
                try await hosted.write(bytes)
                let credit = state.withLock { $0.window.pass(bytes.count) }
                if credit > 0 { try await socket.send(RelayFrame(number, .credit(credit)).bytes) }
            }
        } catch {
            // The program or the connection has ended, which whoever reads it notices.
        }
    }

    /// Sends what the program writes, as far as there is credit, until its end.
    private func show(_ hosted: any HostedTerminal, _ socket: ClientSocket) async {
        var credits = credited.stream.makeAsyncIterator()
        do {
            while let bytes = try await hosted.read() {
                var rest = bytes[...]
                while !rest.isEmpty {
                    guard let count = state.withLock({ $0.isOver ? nil : $0.window.spend(rest.count) }) else { return }
                    if count > 0 {
                        try await socket.send(RelayFrame(number, .data(Array(rest.prefix(count)))).bytes)
                        rest = rest.dropFirst(count)
                    } else if await credits.next() == nil {
                        return
                    }
                }
            }
        } catch {
            // The connection has ended, or the task was cancelled: the program ends with it.
        }
    }
}

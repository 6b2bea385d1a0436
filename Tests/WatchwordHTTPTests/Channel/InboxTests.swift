import Synchronization
import Testing

@testable import WatchwordHTTP

@Suite("What the event loop hands to a connection's task")
struct InboxTests {
    private func message(_ text: String) -> Incoming { .message(.text(text)) }

    private func next(of inbox: Inbox) async -> SocketMessage? {
        guard case .message(let message)? = await inbox.next() else { return nil }
        return message
    }

    @Test("comes in order, what was kept before the end as well, and after it nothing")
    func order() async {
        let inbox = Inbox()
        for text in ["a", "b", "c"] { inbox.put(message(text)) }
        inbox.end()
        inbox.put(message("late"))
        #expect(await next(of: inbox) == .text("a"))
        #expect(await next(of: inbox) == .text("b"))
        #expect(await next(of: inbox) == .text("c"))
        #expect(await next(of: inbox) == nil)
        #expect(await next(of: inbox) == nil)
    }

    @Test("reaches whoever waits already, and so does the end")
    func waiting() async {
        let inbox = Inbox()
        async let first = next(of: inbox)
        inbox.put(message("a"))
        #expect(await first == .text("a"))
        async let none = next(of: inbox)
        inbox.end()
        #expect(await none == nil)
    }

    @Test("there is room for two, and whoever found none is told once when both are taken")
    func room() async {
        let inbox = Inbox()
        let told = Atomic<Int>(0)
        let tell: @Sendable () -> Void = { told.wrappingAdd(1, ordering: .relaxed) }
        inbox.put(message("a"))
        #expect(inbox.hasRoom(orTell: tell))
        inbox.put(message("b"))
        #expect(!inbox.hasRoom(orTell: tell))
        _ = await inbox.next()
        #expect(told.load(ordering: .relaxed) == 0)
        _ = await inbox.next()
        #expect(told.load(ordering: .relaxed) == 1)
        inbox.put(message("c"))
        _ = await inbox.next()
        #expect(told.load(ordering: .relaxed) == 1)
    }
}

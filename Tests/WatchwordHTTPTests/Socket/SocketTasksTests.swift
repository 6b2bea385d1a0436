import Testing

@testable import WatchwordHTTP

@Suite("The tasks of a listener's sockets")
struct SocketTasksTests {
    @Test("all that were added before the end are run, whatever their number, and waited for")
    func all() async {
        let tasks = SocketTasks()
        let done = Kept<Int>()
        for number in 0..<100 {
            #expect(
                tasks.add {
                    await Task.yield()
                    done.add(number)
                })
        }
        tasks.finish()
        await tasks.run()
        #expect(done.all.sorted() == Array(0..<100))
    }

    @Test("what comes after the end is not taken")
    func late() async {
        let tasks = SocketTasks()
        tasks.finish()
        #expect(!tasks.add {})
        await tasks.run()
    }

    @Test("they are told when the listener stops at once")
    func cancelled() async {
        let tasks = SocketTasks()
        let begun = Kept<Void>()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await tasks.run() }
            let inbox = Inbox()
            #expect(
                tasks.add {
                    begun.add(())
                    await withTaskCancellationHandler {
                        _ = await inbox.next()
                    } onCancel: {
                        inbox.end()
                    }
                })
            await begun.wait(for: 1)
            group.cancelAll()
        }
    }
}

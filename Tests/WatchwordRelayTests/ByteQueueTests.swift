import Testing
import WatchwordRelay

@Suite("A queue of bytes")
struct ByteQueueTests {
    @Test("gives what was put in, first in first out, as much at a time as is asked for")
    func order() {
        var queue = ByteQueue()
        queue.append([1, 2, 3])
        queue.append([4])
        let first = queue.take(2)
        #expect(first == [1, 2])
        #expect(queue.count == 2)
        queue.append([5, 6])
        let rest = queue.take(100)
        #expect(rest == [3, 4, 5, 6])
        #expect(queue.isEmpty)
    }

    @Test("gives nothing where there is nothing, or nothing is asked for")
    func nothing() {
        var queue = ByteQueue()
        let none = queue.take(5)
        #expect(none == [])
        queue.append([])
        #expect(queue.isEmpty)
        queue.append([1])
        let zero = queue.take(0)
        let less = queue.take(-1)
        #expect(zero == [] && less == [])
        #expect(queue.count == 1)
    }

    @Test("is empty once all is thrown away, and can be used again")
    func thrownAway() {
        var queue = ByteQueue()
        queue.append([1, 2, 3])
        _ = queue.take(1)
        queue.removeAll()
        #expect(queue.isEmpty)
        queue.append([9])
        let next = queue.take(9)
        #expect(next == [9])
    }

    @Test("loses and doubles no byte, whatever the order of things", arguments: 0..<50)
    func model(seed: UInt64) {
        var random = Seeded(seed)
        var queue = ByteQueue()
        var model: [UInt8] = []
        var next: UInt8 = 0
        for _ in 0..<400 {
            if Bool.random(using: &random) {
                let more = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                    next &+= 1
                    return next
                }
                queue.append(more)
                model += more
            } else {
                let most = Int.random(in: 0...60, using: &random)
                let taken = queue.take(most)
                #expect(taken == Array(model.prefix(most)))
                model.removeFirst(min(most, model.count))
            }
            #expect(queue.count == model.count)
            #expect(queue.isEmpty == model.isEmpty)
        }
    }
}

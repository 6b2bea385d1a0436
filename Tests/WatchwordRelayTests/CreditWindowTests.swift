import Testing
import WatchwordRelay

@Suite("A credit window")
struct CreditWindowTests {
    @Test("lets as much be sent as there is credit, a frame at a time, and then nothing")
    func spending() {
        var window = CreditWindow(size: RelayFrame.largestData + 10)
        are(window.spend(1_000_000), RelayFrame.largestData)
        are(window.spend(4), 4)
        are(window.spend(1_000_000), 6)
        are(window.spend(1), 0)
        #expect(window.toSend == 0)
    }

    @Test("takes credit for what was sent, and for no byte more")
    func credit() {
        var window = CreditWindow(size: 100)
        does(window.add(0))
        doesNot(window.add(1))
        are(window.spend(60), 60)
        doesNot(window.add(61))
        doesNot(window.add(.max))
        #expect(window.toSend == 40)
        does(window.add(60))
        #expect(window.toSend == 100)
    }

    @Test("takes as many bytes as it gave credit for, and not one beyond")
    func receiving() {
        var window = CreditWindow(size: 100)
        does(window.receive(99))
        doesNot(window.receive(2))
        #expect(window.toReceive == 1)
        does(window.receive(1))
        does(window.receive(0))
        doesNot(window.receive(1))
    }

    @Test("gives credit back when half of it was passed on, for all that was")
    func passing() {
        var window = CreditWindow(size: 100)
        does(window.receive(100))
        are(window.pass(49), 0)
        #expect(window.toReceive == 0)
        are(window.pass(2), 51)
        #expect(window.toReceive == 51)
        are(window.pass(49), 0)
        are(window.pass(1), 50)
    }

    @Test("keeps two ends in step, whatever the order in which frames go between them", arguments: 0..<50)
    func twoEnds(seed: UInt64) {
        var random = Seeded(seed)
        let size = Int.random(in: 1...40_000, using: &random)
        var left = CreditWindow(size: size)
        var right = CreditWindow(size: size)
        // Frames on their way, in order: data from left to right, and credit back.
        var data: [Int] = []
        var held: [Int] = []
        var credits: [UInt32] = []
        var (sent, taken) = (0, 0)
        for _ in 0..<2_000 {
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                let count = left.spend(Int.random(in: 0...50_000, using: &random))
                if count > 0 { data.append(count) }
                sent += count
            case 1:
                guard !data.isEmpty else { continue }
                let count = data.removeFirst()
                does(right.receive(count))
                held.append(count)
            case 2:
                guard !held.isEmpty else { continue }
                let count = held.removeFirst()
                taken += count
                let credit = right.pass(count)
                if credit > 0 { credits.append(credit) }
            default:
                guard !credits.isEmpty else { continue }
                does(left.add(credits.removeFirst()))
            }
            #expect(sent - taken <= size)
            #expect((0...size).contains(left.toSend))
            #expect((0...size).contains(right.toReceive))
        }
        // Nothing stays behind: when all has been passed on, at least half of the window is free again.
        for count in data { does(right.receive(count)) }
        for count in data + held {
            let credit = right.pass(count)
            if credit > 0 { credits.append(credit) }
        }
        for credit in credits { does(left.add(credit)) }
        #expect(left.toSend * 2 >= size)
        #expect(left.toSend == right.toReceive)
    }
}

// The macro cannot call what changes the window, so it is called before.
private func does(_ done: Bool, _ place: SourceLocation = #_sourceLocation) { #expect(done, sourceLocation: place) }
private func doesNot(_ done: Bool, _ place: SourceLocation = #_sourceLocation) { #expect(!done, sourceLocation: place) }
private func are(_ count: some BinaryInteger, _ expected: Int, _ place: SourceLocation = #_sourceLocation) {
    #expect(Int(count) == expected, sourceLocation: place)
}

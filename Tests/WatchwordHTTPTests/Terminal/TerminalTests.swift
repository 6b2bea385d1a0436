import Testing
import WatchwordCore
import WatchwordRelay
import WatchwordTestKit

@testable import WatchwordHTTP

@Suite("A terminal through the relay")
struct TerminalTests {
    @Test("is asked of its agent with its size and who asks, on one line")
    func asking() throws {
        let rig = TerminalRig()
        let size = TerminalSize(columns: 120, rows: 40)
        _ = rig.ask(size: size, who: "ada\u{1B}[2J" + String(repeating: "é", count: 100))
        let who = "ada [2J" + String(repeating: "é", count: 60)
        #expect(rig.agentOutlet.now.frames == [RelayFrame(1, .open(size, who: who))])
    }

    @Test("carries bytes both ways as they are, in both modes", arguments: [TerminalMode.plain, .controlled])
    func bytes(mode: TerminalMode) async throws {
        let rig = TerminalRig()
        let person = try rig.open(mode: mode)
        let number = person.terminal.number
        await person.terminal.receive(.binary([0, 255, 10, 27]))
        await person.terminal.receive(.binary([]))
        #expect(rig.told(number) == [.data([0, 255, 10, 27])])
        #expect(rig.says(number, .data([1, 0, 128])) == nil)
        #expect(rig.says(number, .data([])) == nil)
        #expect(person.shown.sent.last == .binary([1, 0, 128]))
        #expect(person.shown.texts == (mode == .plain ? [] : [#"{"type":"opened"}"#]))
        #expect(person.shown.close == nil)
    }

    @Test("is told in pieces of a frame each")
    func pieces() async throws {
        let rig = TerminalRig()
        let person = try rig.open()
        let input = pattern(RelayFrame.largestData * 2 + 5)
        await person.terminal.receive(.binary(input))
        #expect(rig.input(1) == input)
        #expect(rig.told(1).count == 3)
    }

    @Test("takes text as input in plain mode, except what is exactly a resize")
    func plainText() async throws {
        let rig = TerminalRig()
        let person = try rig.open()
        await person.terminal.receive(.text("é\r"))
        await person.terminal.receive(.text(#"{"type":"resize","cols":100,"rows":30}"#))
        await person.terminal.receive(.text(#"{"type":"resize","cols":100,"rows":30} "# + "x"))
        await person.terminal.receive(.text(#"{"type":"opened"}"#))
        #expect(
            rig.told(1) == [
                .data(Array("é\r".utf8)), .resize(TerminalSize(columns: 100, rows: 30)),
                .data(Array(#"{"type":"resize","cols":100,"rows":30} x"#.utf8)),
                .data(Array(#"{"type":"opened"}"#.utf8)),
            ])
    }

    @Test("takes control messages in controlled mode, and leaves a new token to the owner of the socket")
    func controls() async throws {
        let rig = TerminalRig()
        let person = try rig.open(mode: .controlled)
        await person.terminal.receive(.text(#"{"type":"auth","token":"a"}"#))
        await person.terminal.receive(.text(#"{"type":"resize","cols":1,"rows":2}"#))
        #expect(rig.told(1) == [.resize(TerminalSize(columns: 1, rows: 2))])
        #expect(person.shown.close == nil)
    }

    @Test(
        "ends where a text in controlled mode is no control message of a client's",
        arguments: ["ls\r", "{}", #"{"type":"opened"}"#, #"{"type":"exit","status":0}"#])
    func misspoken(text: String) async throws {
        let rig = TerminalRig()
        let person = try rig.open(mode: .controlled)
        await person.terminal.receive(.text(text))
        #expect(person.shown.close == .init(code: 1_003, reason: "Not a control message", last: nil))
        #expect(rig.told(1) == [.close("misspoken")])
        #expect(person.terminal.detach().end == .misspoken)
        await person.terminal.receive(.binary([1]))
        #expect(rig.told(1) == [.close("misspoken")])
    }

    @Test("ends with its program, all bytes before the close", arguments: [TerminalMode.plain, .controlled])
    func exit(mode: TerminalMode) throws {
        let rig = TerminalRig()
        let person = try rig.open(mode: mode, holding: true)
        let output = pattern(RelayFrame.initialCredit)
        for start in stride(from: 0, to: output.count, by: 4_096) {
            #expect(rig.says(1, .data(Array(output[start..<start + 4_096]))) == nil)
        }
        #expect(person.shown.bytes.count < output.count)
        #expect(rig.says(1, .exit(-9)) == nil)
        // Not closed before all is taken, however slowly.
        while person.shown.close == nil, person.outlet.take(1) == 1 {}
        #expect(person.shown.held.isEmpty)
        #expect(person.shown.bytes == output)
        let last: SocketMessage? = mode == .plain ? nil : .text(#"{"type":"exit","status":-9}"#)
        #expect(person.shown.close == .init(code: 1_000, reason: "exit -9", last: last))
        #expect(person.shown.sentAfterClose == 0)
        // The agent is answered nothing: it has forgotten the number.
        #expect(rig.told(1).isEmpty)
        #expect(rig.says(1, .data([1])) == nil)
        #expect(person.shown.bytes == output)
    }

    @Test("that is refused says why", arguments: [TerminalMode.plain, .controlled])
    func refused(mode: TerminalMode) throws {
        let rig = TerminalRig()
        let person = try rig.open(mode: mode, started: false)
        #expect(rig.says(1, .refused("no\nshell" + String(repeating: "!", count: 1_000))) == nil)
        let long = "no shell" + String(repeating: "!", count: 504)
        #expect(
            person.shown.close
                == .init(
                    code: 4_012, reason: String(long.prefix(123)),
                    last: mode == .plain ? nil : .text(#"{"type":"refused","message":"\#(long)"}"#)))
        #expect(person.terminal.detach().started == false)
    }

    @Test("that the agent gives up is closed with its reason")
    func closed() throws {
        let rig = TerminalRig()
        let person = try rig.open(mode: .controlled)
        #expect(rig.says(1, .close("going\u{7}down")) == nil)
        #expect(person.shown.close == .init(code: 4_013, reason: "going down", last: nil))
        #expect(person.offline.count == 0)
    }

    @Test("that the person leaves is closed at the agent, and what comes of it later is passed over")
    func left() async throws {
        let rig = TerminalRig()
        let person = try rig.open()
        await person.terminal.receive(.binary(pattern(10)))
        #expect(rig.says(1, .data(pattern(20))) == nil)
        rig.clock.advance(by: .seconds(60))
        let outcome = person.terminal.detach()
        #expect(rig.told(1).last == .close("left"))
        #expect(
            outcome
                == TerminalOutcome(
                    agent: TerminalRig.agent, openedAt: rig.clock.now() - .seconds(60), endedAt: rig.clock.now(),
                    started: true, bytesIn: 10, bytesOut: 20, end: .left))
        rig.clock.advance(by: .seconds(60))
        #expect(person.terminal.detach() == outcome)
        #expect(rig.told(1).filter { $0 == .close("left") }.count == 1)
        for content: RelayFrame.Content in [.data([1]), .exit(0), .credit(1), .opened, .refused(""), .close("")] {
            #expect(rig.says(1, content) == nil)
        }
        #expect(person.shown.bytes == pattern(20))
        #expect(person.shown.close == nil)
    }

    @Test("is put on record in words of ours")
    func described() {
        #expect(TerminalEnd.exited(3).word == "exit 3")
        #expect(TerminalEnd.refused("its words").word == "refused")
        #expect(TerminalEnd.givenUp("its words").word == "given up")
        #expect(TerminalEnd.agentOffline.word == "agent offline")
        #expect(TerminalEnd.unanswered.word == "not answered")
        #expect(TerminalEnd.untaken.word == "input not taken")
    }
}

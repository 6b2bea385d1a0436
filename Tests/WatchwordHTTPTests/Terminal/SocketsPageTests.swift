import Foundation
import Testing
import WatchwordCore
import WatchwordRelay

@testable import WatchwordHTTP

@Suite("The reference of sockets")
struct SocketsPageTests {
    /// The cells of the rows of all tables.
    private let rows: [[String]]

    init() throws {
        let root = #filePath.components(separatedBy: "/Tests/WatchwordHTTPTests/")[0]
        rows = try String(contentsOfFile: root + "/docs/reference/sockets.md", encoding: .utf8).split(separator: "\n")
            .filter { $0.hasPrefix("| ") && $0.hasSuffix(" |") }
            .map { row in row.dropFirst(2).dropLast(2).components(separatedBy: " | ") }
    }

    @Test("has every cause with its code and reason, and what to do, once", arguments: ConnectionEnd.allCases)
    func causes(_ end: ConnectionEnd) throws {
        let found = rows.filter { $0.first == "`\(end.rawValue)`" }
        #expect(found.map { Array($0.prefix(3)) } == [["`\(end.rawValue)`", "\(end.closeCode)", end.reason]])
        #expect(found.allSatisfy { $0.count == 4 && !$0[3].isEmpty })
    }

    @Test("has no cause and no code that there is not")
    func noMore() {
        let causes = rows.filter { $0.count == 4 && $0[0].hasPrefix("`") && Int($0[1]) != nil }
        #expect(causes.count == ConnectionEnd.allCases.count)
        let ours = Set(rows.compactMap { Int($0[0]) }.filter { $0 >= 4_000 })
        #expect(ours == Set(TerminalClose.allCases.map(\.rawValue)))
        #expect(ours.isDisjoint(with: ConnectionEnd.allCases.map(\.closeCode)))
    }

    @Test("has every violation of the relay's protocol with its code and reason", arguments: RelayViolation.allCases)
    func violations(_ violation: RelayViolation) {
        let found = rows.filter { $0.last?.hasSuffix("`\(violation.rawValue)`") == true }
        #expect(found.map { Array($0.prefix(2)) } == [["\(violation.closeCode)", violation.reason]])
    }

    @Test("has the ends of a terminal as they are closed")
    func terminal() {
        for end: TerminalEnd in [.refused("a"), .givenUp("a"), .unanswered, .untaken, .misspoken] {
            let close = end.close
            #expect(
                rows.contains {
                    $0[0] == close.map { "\($0.code)" } && ($0[1] == close?.reason || close?.reason == "a")
                })
        }
        #expect(rows.contains { $0[0] == "1000" && $0[1] == "`exit N`" })
        for control: TerminalControl in [
            .opened, .exit(0), .refused("..."), .resize(TerminalSize(columns: 120, rows: 40)),
            .authenticate(token: Secret("...")),
        ] {
            #expect(rows.contains { $0[0] == "`\(control.text)`" })
        }
    }

    @Test("has every kind of frame by its number, and who may send it")
    func frames() {
        let size = TerminalSize.usual
        let kinds: [(RelayFrame.Content, String, String)] = [
            (.hello(""), "hello", "agent"), (.open(size, who: ""), "open", "server"), (.opened, "opened", "agent"),
            (.refused(""), "refused", "agent"), (.data([]), "data", "both"), (.credit(0), "credit", "both"),
            (.resize(size), "resize", "server"), (.exit(0), "exit", "agent"), (.close(""), "close", "both"),
        ]
        let documented = rows.filter { $0.count == 4 && Int($0[0]).map { $0 < 100 } == true }
        #expect(documented.map { Array($0.prefix(3)) } == kinds.map { ["\(RelayFrame(1, $0).bytes[0])", $1, $2] })
    }
}

import Testing
import WatchwordCore

@Suite("Why sockets are closed")
struct ConnectionEndTests {
    /// Clients act on the codes, records and metrics hold the names. Add to them; never change or reuse one.
    private static let ledger: [String: Int] = [
        "server_stopping": 1_012, "session_ended": 4_001, "token_expired": 4_002, "key_ended": 4_003,
        "account_closed": 4_004, "agent_removed": 4_005, "replaced": 4_006, "agent_offline": 4_007,
        "authentication_due": 4_008, "silent": 4_009, "operator_closed": 4_010, "too_slow": 4_011, "too_many": 1_013,
        "internal": 1_011,
    ]

    @Test("Every reason has the close code of the ledger, which none shares with another")
    func codes() {
        #expect(ConnectionEnd.allCases.count == Self.ledger.count)
        for end in ConnectionEnd.allCases { #expect(end.closeCode == Self.ledger[end.rawValue], "\(end.rawValue)") }
        #expect(Set(ConnectionEnd.allCases.map(\.closeCode)).count == Self.ledger.count)
    }

    @Test("Each code may stand in a close frame (RFC 6455 sections 7.4.1 and 7.4.2, and IANA's 1012 and 1013)")
    func allowed() {
        for end in ConnectionEnd.allCases {
            #expect([1_011, 1_012, 1_013].contains(end.closeCode) || (4_000...4_999).contains(end.closeCode))
        }
    }

    @Test("What a person reads fits beside the code into a control frame of 125 bytes, and tells each end apart")
    func reasons() {
        for end in ConnectionEnd.allCases {
            #expect((1...123).contains(end.reason.utf8.count), "\(end.rawValue)")
            #expect(end.reason.utf8.allSatisfy { (0x20...0x7E).contains($0) })
        }
        #expect(Set(ConnectionEnd.allCases.map(\.reason)).count == ConnectionEnd.allCases.count)
    }
}

import Testing
import WatchwordCore
import WatchwordEngine

@testable import WatchwordHTTP

@Suite("metrics of sockets")
struct SocketMetricsTests {
    @Test("sockets are counted by role, refusals by code, ends by cause, and nothing is shown of a realm without any")
    func counts() {
        let metrics = Metrics(startedAt: Timestamp(seconds: 7))
        _ = metrics.realm("silent")
        let sockets = metrics.realm("chatops").sockets
        for _ in 0..<3 { sockets.open(.agent) }
        sockets.open(.person)
        sockets.end(.agent, .server(.keyEnded))
        sockets.end(.agent, .client)
        sockets.refuse(.invalidToken)
        sockets.unauthenticated.rise()
        sockets.unauthenticated.rise()
        sockets.unauthenticated.fall()
        sockets.received.add(5)
        sockets.sent.add(7)
        sockets.terminals.rise()
        let lines = Set(metrics.text().split(separator: "\n"))
        for line in [
            #"watchword_sockets{realm="chatops",role="agent"} 1"#,
            #"watchword_sockets{realm="chatops",role="person"} 1"#,
            #"watchword_sockets_unauthenticated{realm="chatops"} 1"#,
            #"watchword_sockets_opened_total{realm="chatops",role="agent"} 3"#,
            #"watchword_sockets_refused_total{realm="chatops",code="invalid_token"} 1"#,
            #"watchword_sockets_ended_total{realm="chatops",cause="key_ended"} 1"#,
            #"watchword_sockets_ended_total{realm="chatops",cause="client"} 1"#,
            #"watchword_socket_messages_total{realm="chatops",direction="in"} 5"#,
            #"watchword_socket_messages_total{realm="chatops",direction="out"} 7"#,
            #"watchword_terminals{realm="chatops"} 1"#,
        ] {
            #expect(lines.contains(Substring(line)), "\(line)")
        }
        #expect(!lines.contains { $0.contains("silent") })
    }
}

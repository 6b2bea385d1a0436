import Testing
import WatchwordCore

@testable import WatchwordHTTP

@Suite("metrics")
struct MetricsTests {
    @Test("requests are counted by realm, operation and status class, refusals by code")
    func requests() async throws {
        let speaking = try Speaking()
        let responder = speaking.responder()
        _ = try await responder.token()
        _ = await responder.ask("GET", "/api/auth/me")
        _ = await responder.ask("GET", "/api/auth/me")
        _ = await responder.ask("GET", "/nowhere")
        let page = speaking.metrics.text()
        for line in [
            #"watchword_requests_total{realm="authspec",operation="register",status="2xx"} 1"#,
            #"watchword_requests_total{realm="authspec",operation="login",status="2xx"} 1"#,
            #"watchword_requests_total{realm="authspec",operation="me",status="4xx"} 2"#,
            #"watchword_requests_total{realm="authspec",operation="none",status="4xx"} 1"#,
            #"watchword_refusals_total{realm="authspec",code="missing_token"} 2"#,
            #"watchword_refusals_total{realm="authspec",code="not_found"} 1"#,
            #"watchword_request_seconds_count{realm="authspec",operation="me"} 2"#,
            "process_start_time_seconds 7",
        ] {
            #expect(page.split(separator: "\n").contains { $0 == line }, "\(line)")
        }
        #expect(!page.contains(#"code="rate_limited""#))
    }

    @Test("a histogram's buckets hold everything up to their bound")
    func histogram() {
        let histogram = Histogram()
        for duration in [Duration.microseconds(100), .milliseconds(1), .milliseconds(30), .seconds(60)] {
            histogram.observe(duration)
        }
        let counts = histogram.cumulative
        #expect(counts.count == Histogram.bounds.count + 1)
        #expect(counts[0] == 1)
        #expect(counts[1] == 2)
        #expect(counts[Histogram.bounds.firstIndex(of: 0.025) ?? 0] == 2)
        #expect(counts[Histogram.bounds.firstIndex(of: 0.05) ?? 0] == 3)
        #expect(counts[Histogram.bounds.count - 1] == 3)
        #expect(counts.last == 4)
        #expect(abs(histogram.sum - 60.0311) < 0.000_001)
    }

    @Test("others' numbers are asked for, one family of one name, and labels are escaped")
    func observations() {
        let metrics = Metrics(startedAt: Timestamp(seconds: 0))
        metrics.observe("depth", help: "How deep.\nTruly.", labels: [("realm", "a\"b\\c\nd")]) { 1.5 }
        metrics.observe("hits_total", help: "Hits.", kind: .counter) { 3 }
        metrics.observe("depth", help: "How deep.", labels: [("realm", "z")]) { 1 }
        metrics.observe("depth", help: "How deep.", labels: [("realm", "z")]) { 2 }
        metrics.observe("depth", help: "How deep.", labels: [("realm", "unknown")]) { nil }
        let page = metrics.text()
        #expect(
            page.contains(
                #"""
                # HELP depth How deep.\nTruly.
                # TYPE depth gauge
                depth{realm="a\"b\\c\nd"} 1.5
                depth{realm="z"} 2
                # HELP hits_total Hits.
                # TYPE hits_total counter
                hits_total 3

                """#))
    }

    @Test("counting from many tasks at once loses nothing")
    func concurrent() async {
        let metrics = RealmMetrics()
        await withDiscardingTaskGroup { tasks in
            for _ in 0..<8 {
                tasks.addTask {
                    for _ in 0..<1_000 {
                        metrics.record(.operation(.signIn), status: 200, refused: nil, took: .microseconds(3))
                    }
                }
            }
        }
        #expect(metrics.requestCounts().map(\.count) == [8_000])
    }

    @Test("resident memory is read as the kernel writes it")
    func memory() {
        #expect(ProcessFacts.residentBytes(inStatus: "VmHWM:\t 9 kB\nVmRSS:\t   12345 kB\nX: 1") == 12_345 * 1_024)
        #expect(ProcessFacts.residentBytes(inStatus: "VmRSS: many kB") == nil)
        #expect(ProcessFacts.residentBytes(inStatus: "") == nil)
    }
}

import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Requests and responses as they are on the wire")
struct ExchangeTests {
    private static let request = WireRequest(
        method: "POST", path: "/a", query: "b=c", headers: [(name: "x", value: "1"), (name: "y", value: "2")],
        body: [1])

    @Test("Two requests are equal if nothing of them differs, the order of fields included")
    func requests() {
        let changes: [(inout WireRequest) -> Void] = [
            { $0.method = "PUT" }, { $0.path = "/b" }, { $0.query = nil }, { $0.query = "" }, { $0.body = [2] },
            { $0.headers[0].name = "z" }, { $0.headers[1].value = "3" }, { $0.headers.reverse() },
            { $0.headers.removeLast() }, { $0.headers.append((name: "x", value: "1")) },
        ]
        #expect(Self.request == Self.request)
        for (index, change) in changes.enumerated() {
            var other = Self.request
            change(&other)
            #expect(other != Self.request, "change \(index)")
            #expect(Self.request != other, "change \(index)")
        }
    }

    @Test("Two responses are equal if nothing of them differs, also whether a cache may keep them")
    func responses() {
        let response = WireResponse(status: 200, headers: [(name: "X", value: "1")], body: [1])
        let changes: [(inout WireResponse) -> Void] = [
            { $0.status = 201 }, { $0.body = [] }, { $0.isSecret.toggle() }, { $0.headers[0].name = "Z" },
            { $0.headers[0].value = "2" }, { $0.headers = [] }, { $0.headers.append((name: "X", value: "1")) },
        ]
        #expect(response == response)
        for (index, change) in changes.enumerated() {
            var other = response
            change(&other)
            #expect(other != response, "change \(index)")
        }
    }

    @Test("A field is found by its name, whatever the case of a response's")
    func fields() {
        #expect(Self.request.header("y") == "2")
        #expect(Self.request.header("z") == nil)
        let response = WireResponse(status: 200, headers: [(name: "Set-Cookie", value: "a")])
        #expect(response.header("set-cookie") == "a")
        #expect(response.header("cookie") == nil)
    }
}

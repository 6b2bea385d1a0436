import Testing
import WatchwordCore

@testable import WatchwordDialect

@Suite("Routes that give tickets")
struct TicketRouteTests {
    private static let route = """
        POST /t/{id}: {do: create_ticket, auth: user, in: {socket: "/s/{id}/ws"}, reply: {status: 201, body: {t: $ticket.token, s: $ticket.expires_in}}}
        """
    private static let sockets = """
        sockets:
          /s/{id}/ws: {do: connect_user, auth: {any: user, ticket: t}, owns: {agent: path.id}}
        """

    private func compiled() throws -> CompiledDialect {
        CompiledDialect(try Tiny.dialect(Self.sockets, routes: Self.route))
    }

    private func bound(_ path: String) throws -> Submission? {
        let dialect = try compiled()
        guard case .found(let group, let parameters) = dialect.match(method: "POST", path: path) else { return nil }
        guard
            case .granted(let submission) = group.first.bind(
                WireRequest(method: "POST", path: path), parameters: parameters)
        else { return nil }
        return submission
    }

    @Test("the input is the socket's path, the route's parameter put into it")
    func path() throws {
        #expect(try bound("/t/a1")?[.socket] == .string("/s/a1/ws"))
    }

    @Test("what a parameter holds stays one piece of the path, as a client writes it")
    func encoded() throws {
        let path = try #require(try bound("/t/a%20b%3Fc")?[.socket]?.string)
        #expect(path == "/s/a%20b%3Fc/ws")
        let dialect = try compiled()
        #expect(dialect.socket(path: path)?.parameters.map(\.value) == ["a b?c"])
        #expect(try bound("/t/a%2Fb") == nil)
    }

    @Test("a client is printed the request that asks for that ticket")
    func printed() throws {
        let route = try #require(try compiled().routes.first { $0.operation == .createTicket })
        var submission = Submission()
        submission[.socket] = .string("/s/a%20b/ws")
        submission.bound = [.socket]
        #expect(route.request(submitting: submission)?.path == "/t/a%20b")
        submission[.socket] = .string("/other/a/ws")
        #expect(route.request(submitting: submission) == nil)
        submission[.socket] = .string("/s/a/b/ws")
        #expect(route.request(submitting: submission) == nil)
    }

    @Test("a ticket opens a door: its answer is kept by no cache")
    func secret() throws {
        let dialect = try compiled()
        let route = try #require(dialect.routes.first { $0.operation == .createTicket })
        var grant = Grant()
        grant.ticket = IssuedToken(
            text: Secret("abc"), issuedAt: Sample.moment, expiresAt: Sample.moment + .seconds(30))
        let response = dialect.reply(granted: grant, route: route, in: ReplyContext(baseURL: "https://auth.example"))
        #expect(response.text == #"{"t":"abc","s":30}"#)
        #expect(response.isSecret)
    }

    @Test("an input of another name reads a member of the body, whatever it begins with")
    func otherInputs() throws {
        let route = """
            PUT /agents/{id}: {do: update_agent, auth: user, take: json, in: {id: path.id, name: /name}, reply: {status: 204}}
            """
        let dialect = try Tiny.dialect(routes: route)
        let binding = try #require(dialect.routes.last?.bindings.last)
        #expect(binding.sources == [.body(["/name"])])
    }
}

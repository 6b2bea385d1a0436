import WatchwordCore
import WatchwordDialect
import WatchwordExchange
import WatchwordServer

/// The admin listener of a running server, asked from the same machine.
struct AdminDoor {
    private let client: CurlClient
    private let authority: String

    /// Throws `StartFailure` for a configuration without one.
    init(_ options: InstanceOptions) throws {
        guard var admin = try options.configuration().admin else {
            throw StartFailure(
                .configuration, "the server has no admin listener to ask",
                mend: "set admin.enabled in its configuration")
        }
        if admin.host == "0.0.0.0" || admin.host == "::" { admin.host = "127.0.0.1" }
        authority = admin.authority
        client = CurlClient(origin: "http://\(authority)")
    }

    /// Throws `StartFailure` if nobody answers, or with a status that is not among `statuses`.
    func ask(_ method: String, _ path: String, body: Value? = nil, statuses: [Int] = [200]) async throws -> WireResponse
    {
        var request = WireRequest(method: method, path: path, headers: [("accept", "application/json")])
        if let body {
            request.headers.append(("content-type", "application/json"))
            request.body = Array(JSON.text(body).utf8)
        }
        let answer: WireResponse
        do { answer = try await client.send(request) } catch let failure as CurlClient.Failure {
            throw StartFailure(
                .unavailable, "no server answers at \(authority): \(failure.description)",
                mend: "start it with `watchword serve`, or name its configuration with --config")
        }
        guard statuses.contains(answer.status) else {
            throw StartFailure(
                .unavailable, "the admin listener at \(authority) answered \(answer.status)",
                mend: "run the command on the server's machine, not through a proxy")
        }
        return answer
    }
}

import WatchwordCore

extension CompiledSocket {
    /// The path as its client opens it, which is what a ticket is asked for; nothing where it needs an agent and there
    /// is none, or the id has no form in a path.
    public func path(agentID: String?) -> String? {
        var parts = RequestParts()
        if let name = socket.agentParameter {
            guard let agentID, parts.put(.string(agentID), at: .path(name)) else { return nil }
        }
        return route.path(parts.parameters)
    }

    /// The request that opens the socket for this agent by a ticket; nothing where it takes none.
    public func opening(agentID: String?, ticket: Secret) -> PrintedOpening? {
        guard let name = socket.ticket, let path = path(agentID: agentID) else { return nil }
        var parts = RequestParts()
        guard parts.put(.string(ticket.revealed), at: .query(name)),
            let request = parts.request(method: route.route.method, path: path, media: nil)
        else { return nil }
        return PrintedOpening(request: request, firstMessage: nil)
    }
}

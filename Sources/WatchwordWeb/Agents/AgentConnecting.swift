extension AgentAbilities {
    /// How an agent's program comes online, for the partial `agent_connect`.
    func connectContext(_ visit: Visit) -> [String: Any] {
        let origin = visit.settings.publicURL
        var context: [String: Any] = ["keys_here": hasKeys, "registers": registers]
        switch connecting {
        case .program(let dialect):
            // A bare name is https to the program.
            let host = origin.hasPrefix("https://") ? String(origin.dropFirst("https://".count)) : origin
            var command = "vsay-agent --host \(host) --token-file api-key.txt"
            if let dialect { command += " --dialect \(dialect)" }
            if origin.hasPrefix("http://") { command += " --insecure" }
            context["program"] = ["command": command]
        case .socket(let path, let message):
            var socket: [String: Any] = ["url": origin.replacing("http", with: "ws", maxReplacements: 1) + path]
            if let message { socket["message"] = message }
            context["socket"] = socket
        case nil: break
        }
        return context
    }
}

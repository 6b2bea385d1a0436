import WatchwordCore

/// Which agent, among all realms of the process.
struct AgentKey: Hashable, Sendable {
    var realm: Realm.ID
    var agent: Agent.ID
}

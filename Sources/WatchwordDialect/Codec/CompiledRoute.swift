import WatchwordCore

/// A route ready to run: where its inputs and credentials are, and what it answers.
public final class CompiledRoute: Sendable {
    public let route: Route
    let reply: CompiledReply
    let errors: [RefusalCode: CompiledReply]

    init(_ route: Route) {
        self.route = route
        reply = CompiledReply(route.reply)
        errors = route.errors.mapValues(CompiledReply.init)
    }

    public var operation: Operation { route.operation }
}

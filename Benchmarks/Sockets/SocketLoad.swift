import ArgumentParser

/// Agents by the thousand on one listener.
@main struct SocketLoad: AsyncParsableCommand {
    func run() async throws {}
}

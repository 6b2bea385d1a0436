import ArgumentParser
import WatchwordClient

@main enum VsayAgent {
    static func main() async { await AgentConnect.main() }
}

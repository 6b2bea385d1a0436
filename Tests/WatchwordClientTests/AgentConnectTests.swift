import ArgumentParser
import Testing
import WatchwordClient

@Suite("The agent's program")
struct AgentConnectTests {
    @Test("is called as in the document")
    func name() { #expect(AgentConnect.configuration.commandName == "vsay-agent") }
}

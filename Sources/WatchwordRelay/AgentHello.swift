import WatchwordCore

/// What an agent's program says of itself first of all: the text of `hello`, a JSON object with these members. Others
/// are left to later versions and not read.
public struct AgentHello: Hashable, Sendable {
    /// The longest text that is read, in bytes.
    public static let longest = 4_096
    /// The most bytes of each member.
    public static let longestMember = 128

    /// Of the program.
    public var version: String
    /// The machine's name for itself.
    public var name: String
    /// Such as `linux x86_64`.
    public var platform: String
    /// Whether terminals can be had of it.
    public var terminal: Bool

    /// Each text on one line, cut to `longestMember`.
    public init(version: String, name: String, platform: String, terminal: Bool) {
        self.version = version.oneLine(atMost: Self.longestMember)
        self.name = name.oneLine(atMost: Self.longestMember)
        self.platform = platform.oneLine(atMost: Self.longestMember)
        self.terminal = terminal
    }

    public var text: String {
        JSON.text(
            .object([
                Value.Member("version", .string(version)), Value.Member("name", .string(name)),
                Value.Member("platform", .string(platform)), Value.Member("terminal", .bool(terminal)),
            ]))
    }

    /// Nothing for text that is too long, no JSON object, or lacks a member.
    public init?(_ text: String) {
        guard text.utf8.count <= Self.longest, case .success(let said) = JSON.parse(text.utf8),
            let version = said["version"]?.string, let name = said["name"]?.string,
            let platform = said["platform"]?.string, let terminal = said["terminal"]?.bool
        else { return nil }
        self.init(version: version, name: name, platform: platform, terminal: terminal)
    }
}

import Glibc
import Logging
import WatchwordCore

/// Writes a line for each event to standard error: `name=value` pairs, or one JSON object.
///
/// A line is one `write`, so that lines of several processes do not mix. What is logged are words,
/// numbers and ids; whoever logs sees to it that no secret is among them.
public struct LineLogHandler: LogHandler {
    public var logLevel: Logger.Level
    public var metadata: Logger.Metadata = [:]
    private let label: String
    private let format: Configuration.Log.Format
    private let clock: any WallClock
    private let write: @Sendable ([UInt8]) -> Void

    public init(label: String, log: Configuration.Log, clock: any WallClock) {
        self.init(label: label, log: log, clock: clock, write: Self.standardError)
    }

    init(
        label: String, log: Configuration.Log, clock: any WallClock, write: @escaping @Sendable ([UInt8]) -> Void
    ) {
        self.label = label
        self.format = log.format
        self.clock = clock
        self.write = write
        logLevel = log.level
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var fields = [("time", CivilTime(clock.now()).text(fraction: 3)), ("level", event.level.rawValue)]
        if label != "watchword" { fields.append(("from", label)) }
        fields.append(("message", event.message.description))
        let facts = metadata.merging(event.metadata ?? [:]) { _, new in new }
        for (name, value) in facts.sorted(by: { $0.key < $1.key }) { fields.append((name, value.description)) }
        if let error = event.error { fields.append(("error", "\(error)")) }
        write(LogLine.bytes(fields, format))
    }

    /// Standard error, whole or not at all; a closed one is nothing to stop for.
    @Sendable static func standardError(_ line: [UInt8]) {
        var rest = line[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if written > 0 { rest = rest.dropFirst(written) } else if errno != EINTR { return }
        }
    }
}

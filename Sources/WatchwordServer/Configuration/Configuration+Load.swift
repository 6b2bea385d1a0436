import FoundationEssentials
import WatchwordCore

extension Configuration {
    /// The file that is read where none is named.
    public static let defaultFile = "watchword.yaml"

    /// The configuration of the file (if there is one), the environment and the command line.
    /// Throws `ConfigurationMistakes` with all that is wrong, or `StartFailure` if a named file cannot be read.
    public static func load(
        _ options: ConfigurationOptions = ConfigurationOptions(), environment: [String: String]
    ) throws -> Configuration {
        let named = options.file ?? environment["WATCHWORD_CONFIG"]
        let file = named ?? defaultFile
        var document = ConfigurationDocument(file: file)
        if named != nil || FileManager.default.fileExists(atPath: file) {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw StartFailure(
                    .configuration, "cannot read the configuration \(file)",
                    mend: "name a file that exists and that this user may read")
            }
            document = ConfigurationDocument.read(Array(data), file: file)
        }
        var loader = ConfigurationLoader(document: document, environment: environment, options: options)
        return try loader.load()
    }

    /// The same from the file's bytes.
    public static func load(
        bytes: [UInt8], file: String, options: ConfigurationOptions = ConfigurationOptions(),
        environment: [String: String] = [:]
    ) throws -> Configuration {
        let document = ConfigurationDocument.read(bytes, file: file)
        var loader = ConfigurationLoader(document: document, environment: environment, options: options)
        return try loader.load()
    }
}

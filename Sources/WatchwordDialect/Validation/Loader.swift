import WatchwordCore

/// One reading of a dialect file. Sections are read in the order in which they need each other; what is wrong
/// goes into the report, and reading goes on.
struct Loader {
    var report: Report
    let environment: (String) -> String?
    /// The bytes of a dialect that this one extends, by what `extends` says.
    let extending: (String) -> [UInt8]?
    private let file: String
    var dialect = Dialect(name: "", version: "", summary: "")
    /// Top-level members by name, the first of each.
    var sections: [String: Node.Entry] = [:]

    // What later sections look up. A name whose definition has a mistake is known all the same,
    // so that one mistake is told once.
    var settings: [String: SettingValue?] = [:]
    var usedSettings: Set<String> = []
    var keyNames: [String] = []
    var carrierLists: [String: [Carrier]] = [:]
    var views: [String: Node] = [:]
    var viewsInHand: [String] = []
    var usedViews: Set<String> = []
    /// What is left of the size that one reply may come to, views put in.
    var treeBudget = 0
    /// What is left of the size that all replies may come to.
    var totalBudget = Loader.largestTrees
    /// Nodes looked at so far: what the reading of a file costs, whatever the machine.
    var work = 0
    var timeFilter: Filter?
    var toldIncomplete = false

    init(
        file: String, syntax: [Diagnostic], environment: @escaping (String) -> String?,
        extending: @escaping (String) -> [UInt8]?
    ) {
        self.file = file
        self.report = Report(file: file, syntax: syntax)
        self.environment = environment
        self.extending = extending
    }

    mutating func run(_ root: Node?) {
        guard let root, !root.isUnreadable else {
            if !report.hasErrors { report.error("the file holds no dialect", at: .start) }
            return
        }
        guard let members = members(of: withoutVariants(inherited(root, file: file)), "the file", Language.file)
        else { return }
        for entry in members.entries where sections[entry.key] == nil { sections[entry.key] = entry }
        for key in Language.file.keys where key.isRequired && sections[key.name] == nil {
            report.error("there is no `\(key.name):` section", at: .start)
        }
        section("dialect") { $0.readLanguageVersion($1) }
        section("name") { $0.dialect.name = $0.name($1) ?? "" }
        section("version") { $0.dialect.version = $0.textOrInteger($1, 0...1_000_000) ?? "" }
        section("describe") { $0.dialect.summary = $0.text($1) ?? "" }
        section("todo") { $0.noteTodo($1) }
        section("settings") { $0.readSettings($1) }
        section("keys") { $0.readKeys($1) }
        section("users") { $0.readUsers($1) }
        section("password") { $0.readPassword($1) }
        section("session") { $0.readSession($1) }
        section("api_keys") { $0.readAPIKeys($1) }
        section("tokens") { $0.readTokens($1) }
        section("accept") { $0.readAccept($1) }
        section("mail") { $0.readMail($1) }
        section("pages") { $0.readPages($1) }
        section("credentials") { $0.readCredentials($1) }
        section("messages") { $0.readMessages($1) }
        section("slash") { $0.dialect.slash = $0.choice($1) ?? .exact }
        section("times") { $0.readTimes($1) }
        section("limits") { $0.readLimits($1) }
        section("content_type") { $0.readContentType($1) }
        section("cors") { $0.readOrigins($1) }
        section("views") { $0.collectViews($1) }
        section("errors") { $0.readErrors($1) }
        section("routes") { $0.readRoutes($1) }
        section("sockets") { $0.readSockets($1) }
        section("views") { $0.noteUnusedViews($1) }
        finish()
    }

    /// The document without the section that the language's draft left open: what it is for is done otherwise.
    private mutating func withoutVariants(_ root: Node) -> Node {
        guard let entries = root.entries, let entry = entries.first(where: { $0.key == "variants" }) else {
            return root
        }
        report.error(
            "there are no `variants`: serve each version as a dialect of its own, by path or host, or choose by `when: {header.X-Version: ...}`",
            at: entry.position)
        return Node(position: root.position, content: .mapping(entries.filter { $0.key != "variants" }))
    }

    /// Reads a section if the file has it.
    private mutating func section(_ name: String, _ read: (inout Loader, Node.Entry) -> Void) {
        guard let entry = sections[name] else { return }
        report.section = entry.position
        guard !entry.value.isUnreadable else { return }
        read(&self, entry)
    }

    /// The place of a section's name, or the file's start.
    func position(of section: String) -> SourcePosition { sections[section]?.position ?? .start }
}

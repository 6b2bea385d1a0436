/// What is served, as it is shown when the server has started: each realm with a line to try.
struct StartupTable {
    struct Row {
        var realm: String
        var dialect: String
        var url: String
        var line: String?
    }

    var rows: [Row]
    var admin: String?
    var dataDirectory: String

    var text: String {
        let header = ["realm", "dialect", "url"]
        let cells = [header] + rows.map { [$0.realm, $0.dialect, $0.url] }
        var lines = TextTable.lines(cells)
        lines.append("")
        lines += rows.compactMap(\.line)
        lines.append("")
        if let admin { lines.append("health and metrics  \(admin)/healthz /readyz /metrics") }
        lines.append("data                \(dataDirectory)")
        return lines.joined(separator: "\n") + "\n"
    }
}

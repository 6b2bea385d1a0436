import WatchwordCore

extension Configuration {
    /// The realm of that name, or the only one. Throws `StartFailure` if it has to be named, or named otherwise.
    public func realm(_ name: String?) throws -> RealmConfiguration {
        let names = realms.map(\.name)
        if let name {
            if let realm = realms.first(where: { $0.name == name }) { return realm }
            let hint = suggestion(for: name, among: names).map { " (did you mean `\($0)`?)" } ?? ""
            throw StartFailure(
                .usage, "no realm `\(name)` is configured\(hint)",
                mend: "the realms are \(names.joined(separator: ", "))")
        }
        if realms.count == 1, let realm = realms.first { return realm }
        throw StartFailure(
            .usage, "several realms are configured: say which",
            mend: "add --realm with one of \(names.joined(separator: ", "))")
    }
}

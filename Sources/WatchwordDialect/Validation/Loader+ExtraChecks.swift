import WatchwordCore

extension Loader {
    /// What replies repeat of a request must not be a secret: neither one of the inputs nor a credential.
    mutating func checkExtras(_ route: Route, _ members: Members) {
        let replies = route.replies + Array(route.errors.values)
        let said = Set(replies.flatMap(\.slots))
        for extra in route.extras where said.contains(.extra(extra.name)) {
            guard extra.sources.contains(where: { holdsSecret($0, route) }) else { continue }
            let entry = members["with"]?.value.entries?.first { $0.key == extra.name }
            report.error(
                "`$with.\(extra.name)` would say a secret; `when` may ask for it",
                at: entry?.position ?? members.position)
        }
    }

    private func holdsSecret(_ source: InputSource, _ route: Route) -> Bool {
        switch source {
        case .header("authorization", _), .header("cookie", _), .basic(.password), .body(RequestBody.whole): return true
        case .constant: return false
        default: break
        }
        if route.bindings.contains(where: { $0.input.isSecret && $0.sources.contains(source) }) { return true }
        return (route.carriers ?? []).contains { $0.place.source == source }
    }
}

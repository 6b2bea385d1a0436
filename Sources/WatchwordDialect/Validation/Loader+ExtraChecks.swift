import WatchwordCore

extension Loader {
    /// What replies repeat of a request must not be one of the secret inputs. A credential goes back to whoever sent
    /// it, which some contracts do, and no cache keeps it.
    mutating func checkExtras(_ route: Route, _ members: Members) {
        let replies = route.replies + Array(route.errors.values)
        let said = Set(replies.flatMap(\.slots))
        for extra in route.extras where said.contains(.extra(extra.name)) {
            let entry = members["with"]?.value.entries?.first { $0.key == extra.name }
            let place = entry?.position ?? members.position
            if extra.sources.contains(where: { Self.isSecret($0, in: route) }) {
                report.error("`$with.\(extra.name)` would say a secret; `when` may ask for it", at: place)
            } else if extra.sources.contains(where: { Self.isCredential($0, in: route) }) {
                report.note("`$with.\(extra.name)` says a credential again to whoever sent it", at: place)
            }
        }
    }

    private static func isSecret(_ source: InputSource, in route: Route) -> Bool {
        switch source {
        case .basic(.password), .body(RequestBody.whole): true
        default: route.bindings.contains { $0.input.isSecret && $0.sources.contains(source) }
        }
    }

    private static func isCredential(_ source: InputSource, in route: Route) -> Bool {
        switch source {
        case .header("authorization", _), .header("cookie", _): true
        default: (route.carriers ?? []).contains { $0.place.source == source }
        }
    }
}

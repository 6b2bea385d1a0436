import WatchwordCore

/// Another part of a list.
enum ListPart: String, CaseIterable {
    case first
    case previous = "prev"
    case next, last
}

extension Scope {
    /// The request's URL with the inputs that choose the part replaced; nothing where there is no such part, or where
    /// the route reads them from no query.
    func url(of part: ListPart, _ paging: Paging) -> String? {
        guard paging.limit > 0, let request = context.request, let offset = paging.offset(of: part) else { return nil }
        var chosen: [(name: String, value: Int64)] = []
        for binding in route?.route.bindings ?? [] {
            guard case .query(let name)? = binding.sources.first(where: { $0.isQuery }) else { continue }
            switch binding.input {
            case .page: chosen.append((name, offset / paging.limit + 1))
            case .pageIndex: chosen.append((name, offset / paging.limit))
            case .offset: chosen.append((name, offset))
            default: continue
            }
        }
        guard !chosen.isEmpty else { return nil }
        let kept = (request.query ?? "").utf8.split(separator: UInt8(ascii: "&")).filter { field in
            let name = PercentCoding.decode(field.prefix { $0 != UInt8(ascii: "=") }, plusIsSpace: true)
            return !chosen.contains { $0.name == name }
        }
        let query =
            kept.map { Self.cleaned(Substring($0)) }
            + chosen.map { "\(PercentEncoding.component($0.name))=\($0.value)" }
        return context.baseURL + Self.cleaned(request.path) + "?" + query.joined(separator: "&")
    }

    /// All of them as a Link field (RFC 8288 section 3); nothing where there is none.
    func links(_ paging: Paging) -> String? {
        let links = ListPart.allCases.compactMap { part in
            url(of: part, paging).map { "<\($0)>; rel=\"\(part.rawValue)\"" }
        }
        return links.isEmpty ? nil : links.joined(separator: ", ")
    }

    /// What a client wrote into its URL, without what could end the `<...>` of a Link or begin another.
    private static func cleaned(_ text: some StringProtocol) -> String {
        PercentEncoding.component(String(text), keeping: "%!$&'()*+,;=:@/?")
    }
}

extension Paging {
    /// Where that part begins; nothing where there is none.
    fileprivate func offset(of part: ListPart) -> Int64? {
        switch part {
        case .first: 0
        case .previous: offset > 0 ? max(0, offset - limit) : nil
        case .next: hasMore ? offset + limit : nil
        case .last: total > 0 ? (total - 1) / limit * limit : 0
        }
    }
}

extension InputSource {
    fileprivate var isQuery: Bool { if case .query = self { true } else { false } }
}

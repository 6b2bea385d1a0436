/// What a file that extends another comes to: the other's words, its own in their places.
///
/// Mappings are joined key by key down to the third level (a section, its members, their keys); what stands deeper,
/// lists and single values are taken whole from the extending file. So are views, which are trees. A key with `null`
/// takes the other's away; of a reply's `body` it is the JSON null.
struct Inheritance {
    private static let depth = 3
    /// What is wrong with the extending file, as far as only both together tell.
    var mistakes: [(message: String, position: SourcePosition)] = []

    mutating func joined(_ base: Node, _ own: Node) -> Node { joined(base, own, level: 1, path: []) }

    private mutating func joined(_ base: Node, _ own: Node, level: Int, path: [String]) -> Node {
        guard let inherited = base.entries, let entries = own.entries, level <= Self.depth,
            !(level > 2 && path.first == "views")
        else { return own }
        var result = inherited
        for entry in entries {
            let place = result.firstIndex { $0.key == entry.key }
            if entry.value.isNull, entry.key != "body" {
                if let place {
                    result.remove(at: place)
                } else {
                    mistakes.append(
                        (
                            message(
                                "`\(entry.key)` is not there to be taken away", meaning: entry.key,
                                among: inherited.map(\.key)), entry.position
                        ))
                }
            } else if let place {
                var value = entry
                value.value = joined(result[place].value, entry.value, level: level + 1, path: path + [entry.key])
                result[place] = value
            } else {
                result.append(entry)
            }
        }
        return Node(position: own.position, content: .mapping(result))
    }
}

extension Loader {
    /// The document with the words of the one that it extends; itself if it extends none or that cannot be read.
    mutating func inherited(_ root: Node, file: String) -> Node {
        guard let entry = root.entries?.first(where: { $0.key == "extends" }), let name = text(entry) else {
            return root
        }
        let place = entry.value.position
        guard let bytes = extending(name) else {
            report.error("there is no dialect `\(name)` to extend: a file beside this one, or a built-in", at: place)
            return root
        }
        let (base, syntax) = YAML.read(bytes: bytes, file: Self.name(of: name, beside: file), index: 1)
        report.include(file: Self.name(of: name, beside: file), syntax: syntax)
        guard let base, base.entries != nil else {
            if syntax.isEmpty { report.error("`\(name)` holds no dialect", at: place) }
            return root
        }
        if base.entries?.contains(where: { $0.key == "extends" }) == true {
            report.error(
                "`\(name)` extends another dialect itself: one level is all, so that a reader can hold it", at: place)
            return root
        }
        var inheritance = Inheritance()
        let joined = inheritance.joined(base, root)
        for mistake in inheritance.mistakes { report.error(mistake.message, at: mistake.position) }
        return joined
    }

    /// How diagnostics name the extended file: from the same place as the extending one.
    private static func name(of extended: String, beside file: String) -> String {
        guard !extended.hasPrefix("/"), extended.contains("."), let slash = file.lastIndex(of: "/") else {
            return extended
        }
        return file[...slash] + extended
    }
}

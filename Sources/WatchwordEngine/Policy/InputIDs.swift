import WatchwordCore

extension InputReader {
    /// An identifier, as text or, for those who write its digits so, as a whole number; nothing if absent.
    mutating func id<Noun>(_ name: InputName, of _: Noun.Type) -> ID<Noun>? {
        if case .int(let number) = submission[name] { return ID(String(number)) }
        return text(name, maximum: 128).map { ID($0) }
    }

    mutating func requiredID<Noun>(_ name: InputName, of noun: Noun.Type) -> ID<Noun> {
        let before = problems.count
        if let id = id(name, of: noun) { return id }
        if problems.count == before { record(InputProblem(name, .required)) }
        return ID("")
    }
}

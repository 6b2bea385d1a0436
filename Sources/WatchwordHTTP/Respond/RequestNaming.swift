import WatchwordCore
import WatchwordDialect

/// Which answers of a dialect tell `$request.id`, so that the others cost no random bytes. Made once.
struct RequestNaming: Sendable {
    private let naming: Set<ObjectIdentifier>
    let refusalsName: Bool

    init(_ dialect: CompiledDialect) {
        naming = Set(dialect.routes.filter(\.route.namesRequest).map(ObjectIdentifier.init))
        refusalsName = dialect.dialect.refusalsNameRequest
    }

    func grantsName(_ route: CompiledRoute) -> Bool { !naming.isEmpty && naming.contains(ObjectIdentifier(route)) }

    /// 26 random characters of a base of 32: 130 bits.
    static func name(_ random: any RandomSource) -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
        return String(decoding: random.bytes(26).map { letters[Int($0 & 31)] }, as: UTF8.self)
    }
}

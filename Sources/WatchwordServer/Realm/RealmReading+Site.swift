import Logging
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordHTTP
import WatchwordWeb

extension RealmReading {
    /// What answers beside the dialects on the realm's own listener; nothing where the realm has no pages.
    /// `base` is an engine of the realm, under whatever terms. Throws `StartFailure`.
    func site(over base: Engine, logger: Logger) throws -> Site? {
        guard configuration.pages.isEnabled else { return nil }
        let first = dialects[0].dialect.terms
        let session = min(configuration.pages.session, first.session.maximum)
        var realm = base.realm
        realm.publicURL = configuration.effectivePublicURL
        realm.terms = .ofPages(dialects.map(\.dialect.terms), session: session)
        realm.siblings = []
        let pages: AccountSite
        do {
            pages = try AccountSite(
                engine: base.speaking(as: realm), dialects: dialects.map(\.dialect), settings: siteSettings(session),
                logger: logger)
        } catch {
            throw StartFailure(.internalError, "the pages of realm `\(configuration.name)` cannot be made: \(error)")
        }
        return Site(
            claims: { pages.claims($0) }, respond: { try await pages.respond(to: $0, $1, isSecure: $2) },
            failure: { pages.failure(id: $0) }, name: { pages.name(of: $0) })
    }

    private func siteSettings(_ session: Lifetime) -> SiteSettings {
        let pages = configuration.pages
        let said = dialects.lazy.compactMap(\.dialect.pages).first
        var settings = SiteSettings(
            name: pages.name ?? said?.name ?? configuration.name, path: pages.path,
            publicURL: configuration.effectivePublicURL)
        settings.logo = picture.map { SiteSettings.Logo(bytes: $0.bytes, type: $0.type) }
        settings.accent = pages.color
        settings.support = pages.support
        settings.words = words
        settings.sessionLifetime = session
        if dialects.contains(where: \.dialect.hasAgents) {
            settings.agents = said.map { AgentWords(one: $0.agent, many: $0.agents) } ?? AgentWords()
        }
        let beside = RealmListeners.groups(configuration).first?.dialects ?? []
        settings.terminal =
            dialects.lazy.filter { beside.contains($0.spoken.name) }.flatMap(\.dialect.sockets)
            .compactMap(TerminalAddress.init).first
        return settings
    }
}

extension Dialect {
    /// Whether accounts of it have agents.
    fileprivate var hasAgents: Bool {
        terms.apiKeys?.boundToAgent == true || sockets.contains { $0.operation == .connectAgent }
            || routes.contains { $0.operation == .registerAgent }
    }
}

extension TerminalAddress {
    /// The address of a socket, if it is a person's to an agent and takes a ticket, which is all that a page has.
    fileprivate init?(_ socket: Socket) {
        guard socket.relay == .agent, let ticket = socket.ticket, let agent = socket.agentParameter else { return nil }
        var path = ""
        for piece in socket.path {
            switch piece {
            case .literal(let text): path += "/" + text
            case .parameter(agent): path += "/{agent}"
            case .parameter: return nil
            }
        }
        self.init(path: path, ticket: ticket)
    }
}

import WatchwordCore
import WatchwordDialect

/// Every fact that a reply can name.
enum EverySlot {
    static let ofUser = (Slot.AccountMember.standing + [.field("theme")])
    static let plain: [Slot] =
        ofUser.map(Slot.user) + Slot.TokenMember.allCases.flatMap { [.access($0), .refresh($0), .ticket($0)] }
        + Slot.SessionMember.allCases.map(Slot.session) + Slot.KeyMember.allCases.map(Slot.apiKey)
        + Slot.AgentMember.allCases.map(Slot.agent) + Slot.PagingMember.allCases.map(Slot.paging)
        + Slot.ErrorMember.allCases.map(Slot.error) + Slot.RequestMember.allCases.map(Slot.request)
        + [.active, .keySet, .extra("said")]

    /// A grant in which every text is this one.
    static func grant(_ text: String) -> Grant {
        var grant = Sample.grant
        grant.user?.id = .init(text)
        grant.user?.email = text
        grant.user?.username = text
        grant.user?.name = text
        grant.user?.role = text
        grant.user?.fields = ["theme": .string(text)]
        grant.access?.text = Secret(text)
        grant.refresh?.text = Secret(text)
        grant.ticket = grant.access
        grant.session = Session(
            id: .init(text), accountID: .init(text), method: text, address: text, userAgent: text,
            createdAt: Sample.moment, expiresAt: Sample.later)
        var key = APIKey(
            id: .init(text), accountID: .init(text), agentID: .init(text), name: text, digest: TokenDigest([1]),
            hint: text, createdAt: Sample.moment)
        key.expiresAt = Sample.later
        key.lastUsedAt = Sample.moment
        grant.apiKey = IssuedAPIKey(key: key, secret: Secret(text))
        grant.agent = agent(text)
        grant.agents = [agent(text), agent(text + "2")]
        grant.active = true
        grant.paging = Paging(total: 30, limit: 10, offset: 10, count: 10)
        return grant
    }

    private static func agent(_ text: String) -> Agent {
        var agent = Sample.agent(text, text, online: true)
        agent.lastSeenAt = Sample.moment
        agent.lastAddress = text
        agent.version = text
        return agent
    }

    /// What a route with this reply answers, its request saying the same text wherever it can.
    static func answer(_ reply: Reply, _ text: String, query: String? = nil) -> WireResponse {
        let dialect = Sample.dialect([
            Sample.route("GET /x", .listUsers, reply: reply) {
                $0.extras = [Extra("said", [.header("x-said", scheme: nil)])]
                $0.bindings = [Binding(.offset, [.query("o")])]
            }
        ])
        let request = WireRequest(
            method: "GET", path: "/x" + text, query: query, headers: [(name: "x-said", value: text)])
        var context = ReplyContext(baseURL: "https://auth.example", contents: RequestContents(request))
        context.id = text
        return dialect.reply(granted: grant(text), route: dialect.routes[0], in: context)
    }
}

extension WireResponse {
    /// As it goes over the wire, with `\n` for the ends of lines.
    var lines: [String] {
        ["\(status)"] + headers.map { "\($0.name): \($0.value)" } + (body.isEmpty ? [] : ["", text])
    }
}

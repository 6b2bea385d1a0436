import Testing
import WatchwordCore
import WatchwordDialect

@Suite("The shipped dialects, both ways")
struct RoundTripTests {
    private func compiled(_ name: String) throws -> CompiledDialect { CompiledDialect(try Shipped.dialect(name)) }

    @Test(
        "A printed request matches its route, binds to what it was printed from, and carries its credentials",
        // One field of Mattermost's is a credential of two kinds.
        arguments: Shipped.every.filter { $0 != "mattermost" })
    func requests(name: String) throws {
        let dialect = try compiled(name)
        for (seed, route) in (0..<40 as Range<UInt64>).flatMap({ seed in dialect.routes.map { (seed, $0) } }) {
            var random = SeededText(seed)
            var submission = Submission()
            submission.bound = route.route.bindings.map(\.input)
            for binding in route.route.bindings {
                if case .path = binding.sources[0] {
                    submission[binding.input] = .string(random.segment())
                } else if case .socket(let pieces) = binding.sources[0] {
                    let path = pieces.map {
                        $0.text.hasPrefix("{") ? PercentEncoding.component(random.segment()) : $0.text
                    }
                    submission[binding.input] = .string(path.map { "/" + $0 }.joined())
                } else if random.below(5) > 0 {
                    submission[binding.input] = .string(random.text())
                }
            }
            let credentials = (route.route.carriers ?? []).reduce(into: [PresentedCredential]()) { list, carrier in
                guard !list.contains(where: { $0.kind == carrier.takes }) else { return }
                list.append(PresentedCredential(kind: carrier.takes, text: Secret("t\(random.below(1_000)).x-y_z")))
            }
            let request = try #require(route.request(submitting: submission, presenting: credentials))
            guard case .found(let found, let parameters) = dialect.match(method: request.method, path: request.path)
            else {
                Issue.record("seed \(seed): \(request.path) is not found")
                continue
            }
            #expect(found.first === route, "seed \(seed)")
            let bound = route.bind(request, parameters: parameters)
            #expect(bound == .granted(submission), "seed \(seed), \(route.route.pathText)")
            // Strings that look alike are equal in Swift; here every byte counts.
            for (input, value) in submission.entries {
                #expect(
                    bound.output?[input]?.string.map { Array($0.utf8) } == value.string.map { Array($0.utf8) },
                    "seed \(seed)")
            }
            #expect(
                route.credentials(in: request) == (credentials.isEmpty ? .none : .presented(credentials)),
                "seed \(seed)")
        }
    }

    private func grant(_ random: inout SeededText) -> Grant {
        var grant = Sample.grant
        var account = Sample.account
        account.id = .init(String(random.below(1_000_000)))
        account.email = random.text()
        account.username = random.text()
        account.name = random.below(2) == 0 ? nil : random.text()
        account.role = random.text()
        for name in ["plan", "full_name", "display_name", "avatar_url", "theme"] where random.below(3) > 0 {
            account.fields[name] = .string(random.text())
        }
        account.fields["is_premium"] = .bool(random.below(2) == 0)
        grant.user = account
        grant.access?.text = Secret(random.text())
        grant.refresh?.text = Secret(random.text())
        grant.apiKey?.secret = Secret(random.text())
        grant.apiKey?.key.name = random.text()
        grant.agent = agent(random.below(99), &random)
        grant.agents = (0..<random.below(4)).map { agent($0, &random) }
        grant.ticket = grant.access
        return grant
    }

    private func agent(_ number: Int, _ random: inout SeededText) -> Agent {
        var agent = Sample.agent("\(number)", random.text(), online: random.below(2) == 0)
        agent.lastSeenAt = random.below(2) == 0 ? nil : Sample.moment
        agent.lastAddress = random.below(2) == 0 ? nil : "192.0.2.\(random.below(256))"
        agent.version = random.below(2) == 0 ? nil : random.text()
        agent.isShared = random.below(2) == 0
        return agent
    }

    /// What a member of an agent without filters says.
    private func expected(_ member: Slot.AgentMember, of agent: Agent?, _ id: (String?) -> Value) -> Value {
        let text: (String?) -> Value = { $0.map(Value.string) ?? .null }
        return switch member {
        case .id: id(agent?.id.text)
        case .name: text(agent?.name)
        case .online: .bool(agent?.online ?? false)
        case .address: text(agent?.lastAddress)
        case .version: text(agent?.version)
        case .shared: .bool(agent?.isShared ?? false)
        case .createdAt: .string("2026-01-02T03:04:05.123456Z")
        case .lastSeenAt: agent?.lastSeenAt == nil ? .null : .string("2026-01-02T03:04:05.123456Z")
        case .connectedAt: .null
        }
    }

    /// What a slot without filters says, by the nouns alone.
    private func expected(_ slot: Slot, _ grant: Grant, _ item: Agent?, numbers: Bool) -> Value? {
        let text: (String?) -> Value = { $0.map(Value.string) ?? .null }
        let id: (String?) -> Value = { id in numbers ? id.flatMap { Int64($0) }.map(Value.int) ?? .null : text(id) }
        return switch slot {
        case .user(.id): id(grant.user?.id.text)
        case .user(.email): text(grant.user?.email)
        case .user(.username): text(grant.user?.username)
        case .user(.name): text(grant.user?.name)
        case .user(.role): text(grant.user?.role)
        case .user(.emailVerified): .bool(grant.user?.emailVerified ?? false)
        case .user(.usageCount): .int(grant.user?.usageCount ?? 0)
        case .user(.usageLimit): .int(grant.user?.usageLimit ?? 0)
        case .user(.field(let name)): grant.user?.fields[name] ?? .null
        case .access(.token): text(grant.access?.text.revealed)
        case .refresh(.token): text(grant.refresh?.text.revealed)
        case .apiKey(.secret): text(grant.apiKey?.secret?.revealed)
        case .apiKey(.id): id(grant.apiKey?.key.id.text)
        case .apiKey(.name): text(grant.apiKey?.key.name)
        case .apiKey(.agentID): id(grant.apiKey?.key.agentID?.text)
        case .apiKey(.createdAt): .string("2026-01-02T03:04:05.123456Z")
        case .agent(let member): expected(member, of: grant.agent, id)
        case .itemAgent(let member): expected(member, of: item, id)
        case .ticket(.token): text(grant.ticket?.text.revealed)
        case .ticket(.expiresIn): .int(3_600)
        default: nil
        }
    }

    @Test("A parsed reply says what was granted", arguments: Shipped.names)
    func replies(name: String) throws {
        let dialect = try compiled(name)
        let numbers = dialect.dialect.terms.accounts.idFormat == .integer
        for (seed, route) in (0..<40 as Range<UInt64>).flatMap({ seed in dialect.routes.map { (seed, $0) } }) {
            var random = SeededText(seed)
            let grant = grant(&random)
            let response = dialect.reply(
                granted: grant, route: route, in: ReplyContext(baseURL: "https://auth.example"))
            if !response.body.isEmpty { #expect((try? JSON.parse(response.body).get()) != nil, "seed \(seed)") }
            let parsed = try #require(dialect.parse(response, route: route), "seed \(seed) \(route.route.pathText)")
            #expect(parsed.refused == nil)
            #expect(parsed == route.parse(response))
            for (slot, value) in parsed.values {
                #expect(value == expected(slot, grant, nil, numbers: numbers), "seed \(seed), \(slot)")
            }
            guard let items = parsed.lists[.agents] else { continue }
            #expect(items.count == grant.agents.count, "seed \(seed)")
            for (item, agent) in zip(items, grant.agents) {
                for (slot, value) in item {
                    #expect(value == expected(slot, grant, agent, numbers: numbers), "seed \(seed), \(slot)")
                }
            }
        }
    }

    @Test(
        "Every refusal on every route is answered in the dialect's shape, and read back with its words",
        arguments: Shipped.every)
    func refusals(name: String) throws {
        let dialect = try compiled(name)
        for route in dialect.routes {
            for code in RefusalCode.allCases {
                let problems = code == .validation ? [InputProblem(.password, .min, bound: 8)] : []
                let refusal = Refusal(code, problems: problems, retryAfter: 7, faultID: "f")
                let response = dialect.reply(refused: refusal, route: route, in: ReplyContext(baseURL: ""))
                #expect((try? JSON.parse(response.body).get()) != nil, "\(code)")
                let parsed = try #require(dialect.parse(response, route: route), "\(code) \(route.route.pathText)")
                let read = try #require(parsed.refused, "\(code)")
                let again = dialect.reply(
                    refused: Refusal(read, problems: problems, retryAfter: 7, faultID: "f"), route: route,
                    in: ReplyContext(baseURL: ""))
                #expect(again.status == response.status, "\(code) read as \(read)")
            }
        }
    }
}

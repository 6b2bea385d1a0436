import Foundation
import Testing
import WatchwordCore
import WatchwordDescribe
import WatchwordDialect

/// The walk, the OpenAPI document and the loader are written apart; here they are held against each other.
@Suite("What is said of a dialect agrees with what it does")
struct AgreementTests {
    /// Every dialect at hand: those shipped, the reference's examples, and some made from answers.
    static let texts: [(name: String, text: String)] = {
        var texts = shipped.map { ($0, (try? shippedText($0)) ?? "") }
        texts += [("the examples", LanguageExamples.file), ("the smallest", LanguageExamples.small)]
        for index in 0..<8 {
            var answers: [String: String] = [:]
            for (place, question) in Question.all.enumerated() where !question.choices.isEmpty {
                answers[question.name] = question.choices[(index * (place + 3) + place) % question.choices.count]
            }
            texts.append(("answers \(index)", NewDialect(answers).text))
        }
        return texts
    }()

    @Test("Every answer is what the OpenAPI document says of it, in every dialect", arguments: texts.map(\.name))
    func answers(_ name: String) throws {
        let dialect = try dialect(try #require(Self.texts.first { $0.name == name }).text)
        let rehearsal = Rehearsal(dialect, baseURL: "http://h")
        let document = OpenAPI(dialect, baseURL: "http://h").document
        var count = 0
        for route in rehearsal.routes {
            guard let operation = document["paths"]?[route.route.pathText]?[route.route.method.lowercased()] else {
                continue
            }
            let responses = route.granted.map(\.response) + route.refused.map(\.response)
            for response in responses {
                let place = "\(route.route.method) \(route.route.pathText) \(response.status)"
                let told = try #require(operation["responses"]?[String(response.status)], "\(place)")
                guard !response.body.isEmpty else { continue }
                let type = try #require(response.header("content-type"), "\(place)")
                let schema = try #require(told["content"]?[type]?["schema"], "\(place) \(type)")
                let body =
                    (try? JSON.parse(response.body).get()) ?? .string(String(decoding: response.body, as: UTF8.self))
                let mistakes = JSONSchema(root: document).mistakes(body, schema)
                #expect(mistakes.isEmpty, "\(place): \(mistakes)\n\(JSON.text(body))\n\(JSON.text(schema))")
                count += 1
            }
        }
        #expect(count > rehearsal.routes.count)
    }

    @Test(
        "Every sample request is what the document says is taken, with and without what can be left out",
        arguments: texts.map(\.name))
    func requests(_ name: String) throws {
        let dialect = try dialect(try #require(Self.texts.first { $0.name == name }).text)
        let document = OpenAPI(dialect, baseURL: "http://h").document
        for route in dialect.routes where route.media.contains(.json) {
            for isBare in [false, true] {
                guard case .json(let body) = SampleRequest(route, of: dialect, isBare: isBare).body else { continue }
                // OpenAPI 3.1 has no place for SEARCH.
                guard route.method != "SEARCH" else { continue }
                let operation = document["paths"]?[route.pathText]?[route.method.lowercased()]
                let schema = try #require(operation?["requestBody"]?["content"]?["application/json"]?["schema"])
                let mistakes = JSONSchema(root: document).mistakes(body, schema)
                #expect(mistakes.isEmpty, "\(route.method) \(route.pathText): \(mistakes)\n\(JSON.text(body))")
            }
        }
    }

    @Test("What the loader takes the schema for editors takes as well", arguments: texts.map(\.name))
    func schema(_ name: String) throws {
        let text = try #require(Self.texts.first { $0.name == name }).text
        let value = try #require(YAML.read(text: text, file: name).0?.value)
        let mistakes = JSONSchema(root: DialectSchema.document).mistakes(value, DialectSchema.document)
        #expect(mistakes.isEmpty, "\(mistakes)")
    }

    @Test("A file of which anything is left out is refused by the schema only if the loader refuses it")
    func leftOut() throws {
        let whole = try #require(YAML.read(text: LanguageExamples.file, file: "whole").0?.value)
        var loaded = 0
        for value in Self.without(whole) {
            let loading = Dialect.load(text: JSON.text(value), file: "less") { _ in nil }
            guard loading.dialect != nil else { continue }
            loaded += 1
            let mistakes = JSONSchema(root: DialectSchema.document).mistakes(value, DialectSchema.document)
            #expect(mistakes.isEmpty, "\(mistakes)\n\(JSON.text(value))")
        }
        #expect(loaded > 50, "\(loaded)")
    }

    @Test(
        "A key that no table knows is refused by the schema as by the loader",
        arguments: ["tokens", "users", "password", "session", "limits", "pages", "cors", "mail", "api_keys"])
    func unknownKey(_ section: String) throws {
        let whole = try #require(YAML.read(text: LanguageExamples.file, file: "whole").0?.value)
        guard case .object(var members) = whole, let index = members.firstIndex(where: { $0.name == section }),
            case .object(let inner) = members[index].value
        else {
            Issue.record("no section \(section)")
            return
        }
        members[index].value = .object(inner + [.init("unheard_of", .int(1))])
        let changed = Value.object(members)
        #expect(Dialect.load(text: JSON.text(changed), file: "more") { _ in nil }.dialect == nil)
        #expect(!JSONSchema(root: DialectSchema.document).mistakes(changed, DialectSchema.document).isEmpty)
    }

    /// The value without one of its members, for every member of it, at every depth.
    private static func without(_ value: Value) -> [Value] {
        switch value {
        case .object(let members):
            members.indices.flatMap { index -> [Value] in
                var rest = members
                let member = rest.remove(at: index)
                return [.object(rest)]
                    + without(member.value).map { inner in
                        var changed = members
                        changed[index].value = inner
                        return .object(changed)
                    }
            }
        case .array(let items):
            items.indices.flatMap { index in
                without(items[index]).map { inner in
                    var changed = items
                    changed[index] = inner
                    return .array(changed)
                }
            }
        default: []
        }
    }
}

import Testing
import WatchwordCore
import WatchwordDialect

@Suite("A dialect that extends another")
struct ExtendsTests {
    private func load(_ text: String, base: String? = Tiny.text("password: {min: 10, max: 64}")) -> DialectLoading {
        Dialect.load(
            text: text, file: "here/own.yaml", extending: { $0 == "base.yaml" ? base.map { Array($0.utf8) } : nil },
            environment: { _ in nil })
    }

    @Test("has the other's words where it has none of its own, key by key")
    func joined() throws {
        let own = """
            extends: base.yaml
            name: ours
            password: {min: 12}
            routes:
              POST /login: {reply: {status: 201, body: {a: 1}}}
              GET /ping: {do: static, reply: {status: 204}}
            """
        let loading = load(own)
        let dialect = try #require(loading.dialect, "\(loading.diagnostics)")
        #expect(dialect.name == "ours")
        #expect(dialect.terms.password.minimum == 12 && dialect.terms.password.maximum == 64)
        #expect(dialect.routes.map(\.operation) == [.signIn, .static])
        #expect(dialect.routes.first?.reply == Reply(status: 201, body: .object([TreeMember("a", .literal(.int(1)))])))
        #expect(dialect.routes.first?.bindings.count == 2)
    }

    @Test("takes away what it names with null, save the null of a body")
    func removed() throws {
        let own = """
            extends: base.yaml
            password: ~
            errors: {error: {body: null}}
            """
        let dialect = try #require(load(own).dialect)
        #expect(dialect.terms.password.minimum == 8)
        #expect(dialect.errors[.error] == Reply(status: 400, body: .literal(.null)))
        #expect(
            load("extends: base.yaml\npasword: ~").diagnostics.map(\.description) == [
                "here/own.yaml:2:1: error: `pasword` is not there to be taken away (did you mean `password`?)"
            ])
    }

    @Test("a mistake is told in the file it is in")
    func positions() {
        let base = Tiny.text("password: {mni: 10}")
        #expect(
            load("extends: base.yaml\nslash: exactly", base: base).diagnostics.map(\.description) == [
                "here/own.yaml:2:8: error: `slash` is none of `exact`, `optional`: `exactly` (did you mean `exact`?)",
                "here/base.yaml:7:12: error: unknown password key `mni` (did you mean `min`?)",
            ])
        #expect(
            load("extends: base.yaml", base: "a: [").diagnostics.allSatisfy {
                $0.file == "here/base.yaml" || $0.position.line == 1
            })
    }

    @Test("extends one other and no further, and one that is there")
    func levels() {
        #expect(
            load("extends: base.yaml", base: "extends: more.yaml").diagnostics.map(\.message).first
                == "`base.yaml` extends another dialect itself: one level is all, so that a reader can hold it")
        #expect(
            load("extends: bsae.yaml").diagnostics.first?.message
                == "there is no dialect `bsae.yaml` to extend: a file beside this one, or a built-in")
        #expect(
            load("extends: base.yaml", base: "").diagnostics.map(\.message).contains("`base.yaml` holds no dialect"))
    }
}

import Testing
import WatchwordCore
import WatchwordDialect

@Suite("The environment of a dialect")
struct EnvironmentTests {
    @Test("lifetimes and the algorithm come from the variables the document names")
    func values() throws {
        let dialect = try Shipped.dialect(
            "stratify",
            environment: [
                "JWT_ACCESS_TOKEN_EXPIRE_MINUTES": "5", "JWT_REFRESH_TOKEN_EXPIRE_DAYS": "2", "JWT_ALGORITHM": "HS512",
            ])
        #expect(dialect.terms.access.lifetime == .minutes(5))
        #expect(dialect.terms.refresh?.lifetime == .days(2))
        #expect(dialect.keys.first?.algorithm == .hs512)
        #expect(dialect.keys.first?.minimumBytes == 64)
    }

    @Test("without them the document's defaults stand")
    func defaults() throws {
        let dialect = try Shipped.dialect("stratify")
        #expect(dialect.terms.access.lifetime == .minutes(30))
        #expect(dialect.terms.refresh?.lifetime == .days(7))
        #expect(dialect.keys.first?.algorithm == .hs256)
    }

    @Test(
        "a value that cannot be used is a mistake that names the variable",
        arguments: [
            ("JWT_ALGORITHM", "RS256"), ("JWT_ALGORITHM", "none"), ("JWT_ALGORITHM", ""), ("JWT_ALGORITHM", "hs256"),
            ("JWT_ACCESS_TOKEN_EXPIRE_MINUTES", "0"), ("JWT_ACCESS_TOKEN_EXPIRE_MINUTES", "-5"),
            ("JWT_ACCESS_TOKEN_EXPIRE_MINUTES", "1.5"), ("JWT_ACCESS_TOKEN_EXPIRE_MINUTES", " 5"),
            ("JWT_ACCESS_TOKEN_EXPIRE_MINUTES", "soon"), ("JWT_ACCESS_TOKEN_EXPIRE_MINUTES", "99999999999999999999"),
            ("JWT_REFRESH_TOKEN_EXPIRE_DAYS", "36501"),
        ])
    func refused(variable: String, value: String) throws {
        let loading = try Shipped.load("stratify", environment: [variable: value])
        let isLoaded = loading.dialect != nil
        #expect(!isLoaded)
        #expect(loading.diagnostics.count == 1)
        #expect(loading.diagnostics.first?.message.hasPrefix("the environment has \(variable)=\(value): ") == true)
    }

    @Test("every variable is listed")
    func names() throws {
        #expect(
            try Shipped.dialect("stratify").environmentNames == [
                "JWT_ACCESS_TOKEN_EXPIRE_MINUTES", "JWT_REFRESH_TOKEN_EXPIRE_DAYS", "JWT_ALGORITHM", "JWT_SECRET_KEY",
            ])
        #expect(try Shipped.dialect("aethermind").environmentNames == ["JWT_SECRET"])
    }
}

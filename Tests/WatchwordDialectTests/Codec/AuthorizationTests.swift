import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Basic credentials, companions, and fields that kinds share")
struct AuthorizationTests {
    private func read(
        _ carriers: [Carrier], _ headers: [(String, String)], body: String = "", media: [MediaType] = []
    ) -> CarriedCredentials {
        let dialect = Sample.dialect([
            Sample.route("POST /x") {
                $0.carriers = carriers
                $0.media = media
            }
        ])
        let all = headers + (body.isEmpty ? [] : [("content-type", "application/json")])
        return dialect.routes[0].credentials(
            in: WireRequest(
                method: "POST", path: "/x", headers: all.map { (name: $0.0, value: $0.1) }, body: Array(body.utf8)))
    }

    private func one(
        _ kind: PresentedCredential.Kind, _ text: String, _ change: (inout PresentedCredential) -> Void = { _ in }
    ) -> CarriedCredentials {
        var credential = PresentedCredential(kind: kind, text: Secret(text))
        change(&credential)
        return .presented([credential])
    }

    private static let password = Carrier(.basic(.password), takes: .apiKey)
    private static let username = Carrier(.basic(.username), takes: .apiKey)

    @Test("The parts of a Basic field, split at the first colon")
    func basic() {
        // "ada:k:1"
        #expect(read([Self.password], [("authorization", "Basic YWRhOms6MQ==")]) == one(.apiKey, "k:1"))
        #expect(read([Self.username], [("authorization", "basic YWRhOms6MQ==")]) == one(.apiKey, "ada"))
        // "key:" and ":key"
        #expect(read([Self.username], [("authorization", "Basic a2V5Og==")]) == one(.apiKey, "key"))
        #expect(read([Self.password], [("authorization", "Basic OmtleQ==")]) == one(.apiKey, "key"))
        #expect(read([Self.username, Self.password], [("authorization", "Basic OmtleQ==")]) == one(.apiKey, "key"))
    }

    @Test(
        "What is not strictly Basic is malformed",
        arguments: [
            "Basic", "Basic ", "Basic YWRhOms6MQ", "Basic YWRhOms6MQ=", "Basic YWRhOms6MR==", "Basic YWRh",
            "Basic _-8-Og==", "Basic /w==", "Basic YQA6", "Basic a:b", "Bearer YWRhOms6MQ==", "Basic OmE=  x",
            "Basic ====", "Basic a2V5Og==",
        ])
    func malformedBasic(value: String) {
        #expect(read([Self.password], [("authorization", value)]) == .malformed, "\(value)")
    }

    @Test("Schemes may have spaces, and may be left out where the file says so")
    func schemes() {
        let payload = Carrier(.header("authorization", scheme: "users API-Key"), takes: .apiKey)
        #expect(read([payload], [("authorization", "Users api-key k1")]) == one(.apiKey, "k1"))
        #expect(read([payload], [("authorization", "users k1")]) == .malformed)
        var optional = Carrier(.header("authorization", scheme: "Bearer"), takes: .access)
        #expect(read([optional], [("authorization", "t")]) == .malformed)
        optional.schemeIsOptional = true
        #expect(read([optional], [("authorization", "t")]) == one(.access, "t"))
        #expect(read([optional], [("authorization", "bearer t")]) == one(.access, "t"))
        #expect(read([optional], [("authorization", "Basic t")]) == .malformed)
        #expect(read([optional], [("authorization", "")]) == .none)
    }

    @Test("A field of several kinds is one credential that may be any of them")
    func kinds() {
        let carriers = [
            Carrier(.header("authorization", scheme: "BEARER"), takes: .access),
            Carrier(.header("authorization", scheme: "Bearer"), takes: .apiKey),
            Carrier(.header("authorization", scheme: "token"), takes: .refresh),
            Carrier(.basic(.password), takes: .apiKey),
        ]
        #expect(read(carriers, [("authorization", "Bearer t")]) == one(.access, "t") { $0.otherKinds = [.apiKey] })
        #expect(read(carriers, [("authorization", "token t")]) == one(.refresh, "t"))
        #expect(read(carriers, [("authorization", "Basic OmtleQ==")]) == one(.apiKey, "key"))
        #expect(read(carriers, [("authorization", "Negotiate t")]) == .malformed)
    }

    @Test("A companion is given beside the credential, and its absence spoils it")
    func companions() {
        var header = Carrier(.header("x-auth-token", scheme: nil), takes: .access)
        header.companion = .init(.header("x-user-id", scheme: nil), names: .id)
        let owned = one(.access, "t") { $0.owner = .init(.id, "17") }
        #expect(read([header], [("x-auth-token", "t"), ("x-user-id", "17")]) == owned)
        #expect(read([header], [("x-auth-token", "t")]) == .malformed)
        #expect(read([header], [("x-auth-token", "t"), ("x-user-id", "")]) == .malformed)
        #expect(read([header], [("x-auth-token", "t"), ("x-user-id", "17"), ("x-user-id", "17")]) == .malformed)
        #expect(read([header], [("x-user-id", "17")]) == .none)
        var basic = Self.password
        basic.companion = .init(.basic(.username))
        #expect(
            read([basic], [("authorization", "Basic YWRhOms6MQ==")])
                == one(.apiKey, "k:1") { $0.owner = .init(nil, "ada") })
        #expect(read([basic], [("authorization", "Basic OmtleQ==")]) == .malformed)
    }

    @Test("A password comes with its owner's name, and may share its field with a key")
    func passwords() {
        var password = Carrier(.basic(.password), takes: .password)
        password.companion = .init(.basic(.username))
        let named = PresentedCredential.Owner(nil, "ada")
        let field = [("authorization", "Basic YWRhOms6MQ==")]
        #expect(read([password], field) == one(.password, "k:1") { $0.owner = named })
        #expect(
            read([Self.password, password], field)
                == one(.apiKey, "k:1") {
                    $0.owner = named
                    $0.otherKinds = [.password]
                })
        #expect(read([password], [("authorization", "Basic OmtleQ==")]) == .malformed)
        #expect(read([password], [("authorization", "Basic a2V5Og==")]) == .malformed)
    }

    @Test("A field is one credential of several kinds only where they read the same text and the same owner in it")
    func sharedKinds() {
        func basic(
            _ part: BasicPart, _ kind: PresentedCredential.Kind, _ companion: Carrier.Companion? = nil
        ) -> Carrier {
            var carrier = Carrier(.basic(part), takes: kind)
            carrier.companion = companion
            return carrier
        }
        let field = [("authorization", "Basic YWRhOms6MQ==")]
        let byID = Carrier.Companion(.basic(.username), names: .id)
        let byAny = Carrier.Companion(.basic(.username))
        #expect(read([basic(.username, .access), basic(.password, .apiKey)], field) == one(.access, "ada"))
        #expect(
            read([basic(.password, .access, byID), basic(.password, .apiKey, byAny)], field)
                == one(.access, "k:1") { $0.owner = .init(.id, "ada") })
        // A password names its owner for what names none, and not for what names one otherwise.
        #expect(
            read([basic(.password, .apiKey, byID), basic(.password, .password, byAny)], field)
                == one(.apiKey, "k:1") { $0.owner = .init(.id, "ada") })
        #expect(
            read([basic(.password, .apiKey), basic(.password, .refresh, byAny)], field) == one(.apiKey, "k:1"))
        // A kind is tried once.
        #expect(read([basic(.password, .apiKey), basic(.password, .apiKey)], field) == one(.apiKey, "k:1"))
        #expect(
            read([basic(.password, .apiKey), basic(.password, .access), basic(.password, .access)], field)
                == one(.apiKey, "k:1") { $0.otherKinds = [.access] })
    }

    @Test("A companion behind a scheme is none without it")
    func companionScheme() {
        var carrier = Carrier(.header("x-auth-token", scheme: nil), takes: .access)
        carrier.companion = .init(.header("x-user", scheme: "Id"), names: .id)
        carrier.schemeIsOptional = true
        let token = ("x-auth-token", "t")
        #expect(read([carrier], [token, ("x-user", "id 17")]) == one(.access, "t") { $0.owner = .init(.id, "17") })
        #expect(read([carrier], [token, ("x-user", "17")]) == .malformed)
    }

    @Test("A companion names its owner by what it says, or by anything")
    func owner() {
        let account = Sample.account
        func isOwner(_ names: AcceptedToken.Subject?, _ text: String) -> Bool {
            PresentedCredential.Owner(names, text).isOwner(account)
        }
        #expect(isOwner(.id, "17") && isOwner(.email, " Ada@Example.COM") && isOwner(.username, "ADA"))
        #expect(!isOwner(.id, "ada") && !isOwner(.email, "ada") && !isOwner(.username, "17"))
        #expect(isOwner(nil, "17") && isOwner(nil, "ada@example.com") && isOwner(nil, "ada"))
        #expect(!isOwner(nil, "18") && !isOwner(nil, ""))
    }

    @Test("A credential in the body")
    func body() {
        let carrier = Carrier(.body(["auth", "token"]), takes: .access)
        #expect(read([carrier], [], body: #"{"auth":{"token":"t"}}"#) == one(.access, "t"))
        for body in ["{}", #"{"auth":{"token":""}}"#, #"{"auth":{"token":null}}"#, "{"] {
            #expect(read([carrier], [], body: body) == .none, "\(body)")
        }
        #expect(read([carrier], [], body: #"{"auth":{"token":7}}"#) == .malformed)
        #expect(read([carrier], [], body: #"{"auth":{"token":"t"}}"#, media: [.form]) == .none)
    }

    @Test("Inputs from a header behind a scheme, from Basic, and from the file")
    func inputs() {
        func bind(_ sources: [InputSource], _ value: String) -> Value? {
            let route = Sample.route("POST /x", .refresh) { $0.bindings = [Binding(.name, sources)] }
            let request = WireRequest(
                method: "POST", path: "/x", headers: value.isEmpty ? [] : [("authorization", value)])
            return Sample.dialect([route]).routes[0].bind(request, parameters: []).output?[.name]
        }
        let token = InputSource.header("authorization", scheme: "Token")
        #expect(bind([token], "token t") == .string("t"))
        #expect(bind([token], "Bearer t") == nil)
        #expect(bind([.header("authorization", scheme: nil)], "Bearer t") == .string("t"))
        #expect(bind([.header("authorization", scheme: nil)], "t u") == .string("t u"))
        #expect(bind([.basic(.username)], "Basic YWRhOms6MQ==") == .string("ada"))
        #expect(bind([.basic(.password)], "Basic YWRhOms6MQ==") == .string("k:1"))
        #expect(bind([.basic(.password)], "Basic a2V5Og==") == .string(""))
        #expect(bind([.basic(.password), .constant(.int(7))], "Basic !") == .int(7))
        #expect(bind([.constant(.string("c"))], "") == .string("c"))
    }

    @Test("Printed Basic fields and companions are read back")
    func printed() throws {
        var carrier = Self.password
        carrier.companion = .init(.basic(.username), names: .email)
        let route = Sample.dialect([Sample.route("POST /x") { $0.carriers = [carrier] }]).routes[0]
        var credential = PresentedCredential(kind: .apiKey, text: Secret("k:é"))
        #expect(route.request(submitting: Submission(), presenting: [credential]) == nil)
        credential.owner = .init(.email, "ada@example.com")
        let request = try #require(route.request(submitting: Submission(), presenting: [credential]))
        #expect(route.credentials(in: request) == .presented([credential]))
        credential.owner = .init(.email, "a:b")
        #expect(route.request(submitting: Submission(), presenting: [credential]) == nil)
    }
}

import WatchwordCore
import WatchwordDialect

extension SampleText {
    /// A value that an operation takes for an input. What only a server can make is a variable of the shell.
    func value(_ input: InputName, for operation: Operation) -> Value {
        switch input {
        case .email: .string(Self.email)
        case .username: .string(Self.username)
        case .identity: .string(terms.accounts.login.first == .username ? Self.username : Self.email)
        case .password where operation == .changePassword || operation == .resetPassword:
            .string(terms.password.classes.isEmpty ? "another horse, another staple" : "Another-horse-5-staple")
        case .confirm: value(.password, for: operation)
        case .password, .currentPassword: .string(password)
        case .name: .string(operation == .signUp || operation == .updateAccount ? Self.name : "laptop")
        case .role: .string(terms.accounts.roles.first ?? "user")
        case .token: .string(operation == .introspect ? "$TOKEN" : "$LINK_TOKEN")
        case .refreshToken: .string("$REFRESH_TOKEN")
        case .userID, .uid, .id, .agentID: idValue()
        case .scope: .string("all")
        case .otp: .string("123456")
        case .device: .string("laptop")
        case .ttl: .int(86_400)
        case .overlap: .int(3_600)
        case .search: .string("ada")
        case .socket: .string("/socket")
        case .limit, .perPage: .int(20)
        case .offset, .pageIndex: .int(0)
        case .page: .int(1)
        case .body: .null
        case .field(let name): field(name)
        }
    }

    private func field(_ name: String) -> Value {
        guard let field = terms.accounts.fields.first(where: { $0.name == name }) else { return .null }
        guard field.initial == .null || field.initial == .string("") else { return field.initial }
        return switch field.type {
        case .string: .string(String(Self.text(of: name).prefix(field.maximum)))
        case .int: .int(1)
        case .bool: .bool(true)
        case .json: .object([])
        }
    }

    /// What a carrier holds, as a variable of the shell.
    static func variable(_ kind: PresentedCredential.Kind) -> String {
        switch kind {
        case .access: "$TOKEN"
        case .apiKey: "$API_KEY"
        case .refresh: "$REFRESH_TOKEN"
        case .password: "$PASSWORD"
        }
    }

    /// The same value with samples in place of the shell's variables.
    func withoutVariables(_ value: Value) -> Value {
        switch value {
        case .string("$TOKEN"): .string(accessToken)
        case .string("$REFRESH_TOKEN"): .string(refreshToken)
        case .string("$API_KEY"): .string(apiKey)
        case .string("$PASSWORD"): .string(password)
        case .string("$LINK_TOKEN"): .string("qX3v8n1Zr5Wk0aYtLb7Jd2Ue9Gc4Hs6m")
        case .object(let members): .object(members.map { .init($0.name, withoutVariables($0.value)) })
        case .array(let items): .array(items.map(withoutVariables))
        default: value
        }
    }
}

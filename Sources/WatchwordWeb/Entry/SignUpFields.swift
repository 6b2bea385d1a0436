import WatchwordCore
import WatchwordDialect

/// What is asked of who signs up: what identifies an account, and what the contract's own registration takes.
enum SignUpFields {
    static func all(_ visit: Visit) -> [Field] {
        let terms = visit.terms.accounts
        let routes = visit.site.dialects.flatMap(\.routes)
        let bound = routes.first { $0.operation == .signUp }?.bindings.map(\.input) ?? []
        func asks(_ kind: Identifier.Kind, _ input: InputName) -> Bool {
            terms.required.contains(kind) || terms.login.contains(kind) || bound.contains(input)
        }
        var fields: [Field] = []
        let hasUsername = asks(.username, .username)
        if asks(.email, .email) {
            var field = Field.email(value: visit.form["email"], autocomplete: hasUsername ? "email" : "username")
            field.isRequired = terms.required.contains(.email) || terms.login == [.email]
            fields.append(field)
        }
        if hasUsername {
            var field = Field.username(value: visit.form["username"])
            field.isRequired = terms.required.contains(.username) || terms.login == [.username]
            fields.append(field)
        }
        if bound.contains(.name) { fields.append(.personName(value: visit.form["name"])) }
        for extra in terms.fields where bound.contains(.field(extra.name)) {
            let value = visit.form[InputName.field(extra.name).text]
            if let field = Field(extra, value: value, visit.words) { fields.append(field) }
        }
        if !fields.isEmpty { fields[0].hasFocus = true }
        return fields + [.newPassword(visit.terms.password, label: "field.password")]
    }

    /// What a form says for a field; nothing where it says nothing. A number that is none stays text, for the engine to
    /// refuse.
    static func value(of field: Field, in form: FormBody) -> Value? {
        guard let text = form[field.name], !text.isEmpty else { return nil }
        if field.inputmode == "numeric", let number = Int64(text) { return .int(number) }
        return .string(text)
    }
}

extension Field {
    static func personName(value: String?) -> Field {
        var field = Field(.name, label: "field.name")
        field.value = value
        field.autocomplete = "name"
        field.isRequired = false
        field.maxlength = 256
        return field
    }

    /// An extra of the contract, under a word of ours where we have one; nothing for one that a form cannot hold.
    init?(_ extra: FieldTerms, value: String?, _ library: PageLibrary) {
        guard extra.type == .string || extra.type == .int else { return nil }
        let known = "field." + extra.name
        self.init(.field(extra.name), label: known)
        if !library.has(known) {
            label = Field.humanized(extra.name)
            isLabelText = true
        }
        self.value = value
        autocomplete = Self.autocomplete[extra.name]
        isRequired = false
        if extra.type == .int { inputmode = "numeric" } else { maxlength = extra.maximum }
    }

    /// What browsers call the commonest extras of contracts (the HTML standard's autofill names).
    private static let autocomplete = [
        "full_name": "name", "first_name": "given-name", "last_name": "family-name", "nickname": "nickname",
        "position": "organization-title", "company": "organization", "phone": "tel",
    ]
}

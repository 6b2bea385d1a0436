import WatchwordCore

/// The two forms of the profile: what a contract has no place for is not in them.
struct ProfileForm {
    /// Nothing where nothing can be changed.
    private(set) var details: FormView?
    private(set) var address: FormView?
    /// The extras that are yes or no.
    private(set) var checks: [[String: Any]] = []
    private(set) var email: String?
    private let extras: [FieldTerms]

    /// `typed`: the form that was sent, whose inputs show what was typed; nothing for what the account has.
    init(_ visit: Visit, _ account: Account, typed: ProfilePage.Part? = nil) {
        let terms = visit.terms.accounts
        let contract = ContractInputs(visit.site.dialects)
        let form = typed == .details ? visit.form : nil
        extras = terms.fields.filter { contract.mayChange(.field($0.name)) }
        email = account.email

        var fields: [Field] = []
        if contract.mayChange(.username) {
            var field = Field.username(value: form?["username"] ?? account.username)
            field.isRequired = terms.required.contains(.username) || terms.login == [.username]
            fields.append(field)
        }
        if contract.mayChange(.name) { fields.append(.personName(value: form?["name"] ?? account.name)) }
        for extra in extras {
            let name = InputName.field(extra.name).text
            let value = form?[name] ?? account.fields[extra.name]?.typed
            if let field = Field(extra, value: value, visit.words) { fields.append(field) }
        }
        for extra in extras where extra.type == .bool {
            let name = InputName.field(extra.name).text
            let isOn = form.map { $0[name] != nil } ?? (account.fields[extra.name]?.bool == true)
            checks.append(["name": name, "label": Field.humanized(extra.name), "checked": isOn])
        }
        if !fields.isEmpty || !checks.isEmpty {
            details = FormView(
                action: "profile", fields: fields, hidden: [("part", ProfilePage.Part.details.rawValue)],
                button: "profile.save")
        }
        if contract.mayChange(.email) {
            let typed = typed == .address ? visit.form["email"] : nil
            var email = Field.email(value: typed)
            email.label = "words.field.new_email"
            address = FormView(
                action: "profile",
                fields: [
                    email, .password(.currentPassword, label: "field.current_password"),
                ], hidden: [("part", ProfilePage.Part.address.rawValue)], button: "profile.change_address")
        }
    }

    /// What the details say; an empty text clears. A box that is not ticked is not sent.
    func detailInputs(_ form: FormBody) -> [(InputName, Value?)] {
        var inputs: [(InputName, Value?)] = []
        for field in details?.fields ?? [] {
            guard let text = form[field.name] else { continue }
            if field.inputmode == "numeric" {
                inputs.append((field.input, Int64(text).map(Value.int) ?? (text.isEmpty ? .null : .string(text))))
            } else {
                inputs.append((field.input, .string(text)))
            }
        }
        for extra in extras where extra.type == .bool {
            inputs.append((.field(extra.name), .bool(form[InputName.field(extra.name).text] != nil)))
        }
        return inputs
    }

    /// The address, which needs the current password (ASVS 5.0 7.5.1).
    func addressInputs(_ form: FormBody) -> [(InputName, Value?)] {
        guard address != nil else { return [] }
        return [
            (.email, .string(form["email"] ?? "")),
            (.currentPassword, form["current_password"].map(Value.string)),
        ]
    }
}

extension Value {
    /// As it stands in an input.
    fileprivate var typed: String? {
        switch self {
        case .string(let text): text
        case .int(let number): String(number)
        default: nil
        }
    }
}

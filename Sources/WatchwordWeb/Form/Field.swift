import WatchwordCore

/// One labelled input of a form, as the partial `field` reads it.
struct Field {
    /// What it is an input of, whose problems are shown at it.
    var input: InputName
    /// Its name in the form; the input's own.
    var name: String
    /// A words key, or the text itself where `isLabelText`.
    var label: String
    var isLabelText = false
    var type = "text"
    /// What was typed before; never of a secret.
    var value: String?
    var autocomplete: String?
    /// A words key.
    var hint: String?
    var inputmode: String?
    var minlength: Int?
    var maxlength: Int?
    var isRequired = true
    var hasFocus = false

    init(_ input: InputName, label: String) {
        self.input = input
        name = input.text
        self.label = "words." + label
    }

    static func email(_ input: InputName = .email, value: String?, autocomplete: String = "email") -> Field {
        var field = Field(input, label: "field.email")
        field.type = "email"
        field.inputmode = "email"
        field.value = value
        field.autocomplete = autocomplete
        field.maxlength = 254
        return field
    }

    static func username(value: String?) -> Field {
        var field = Field(.username, label: "field.username")
        field.value = value
        field.autocomplete = "username"
        field.maxlength = 64
        return field
    }

    /// The password that one has; its value is never shown again.
    static func password(_ input: InputName = .password, label: String = "field.password") -> Field {
        var field = Field(input, label: label)
        field.type = "password"
        field.autocomplete = "current-password"
        return field
    }

    /// A password to be set, with what is asked of it beside (ASVS 5.0 6.2).
    static func newPassword(_ terms: PasswordTerms, label: String = "field.new_password") -> Field {
        var field = password(label: label)
        field.autocomplete = "new-password"
        field.minlength = terms.minimum
        field.hint =
            terms.classes.isEmpty && terms.leastClasses == 0
            ? "words.hint.password" : "words.hint.password_classes"
        return field
    }

    /// What people sign in with, where the realm takes either kind or one (`login`).
    static func identity(_ terms: AccountTerms, value: String?) -> Field {
        guard terms.login.contains(.username) else {
            return .email(.identity, value: value, autocomplete: "username")
        }
        var field = Field(.identity, label: terms.login.contains(.email) ? "field.identity" : "field.username")
        field.value = value
        field.autocomplete = "username"
        field.maxlength = 254
        return field
    }

    func focused() -> Field {
        var field = self
        field.hasFocus = true
        return field
    }

    /// What is called `full_name` in a contract, to people: `Full name`.
    static func humanized(_ name: String) -> String {
        var text = ""
        for character in name {
            if character == "_" || character == "-" {
                text += " "
            } else if character.isUppercase, let last = text.last, last.isLowercase {
                text += " " + character.lowercased()
            } else {
                text.append(character)
            }
        }
        return text.prefix(1).uppercased() + text.dropFirst()
    }

    /// The label as plain text.
    func labelText(_ library: PageLibrary) -> String {
        isLabelText ? label : library.text(String(label.dropFirst("words.".count)))
    }

    func context(error: String?) -> [String: Any] {
        var context: [String: Any] = [
            "name": name, "type": type, (isLabelText ? "label_text" : "label"): label, "required": isRequired,
            "optional": !isRequired, "autofocus": hasFocus && error == nil, "password": type == "password",
        ]
        // An input that is always given an empty text: the partial asks for the key, not for what is in it.
        if let value, !value.isEmpty, type != "password" { context["value"] = value }
        for (key, text) in [("autocomplete", autocomplete), ("hint", hint), ("inputmode", inputmode), ("error", error)]
        {
            if let text { context[key] = text }
        }
        for (key, number) in [("minlength", minlength), ("maxlength", maxlength)] {
            if let number { context[key] = number }
        }
        return context
    }
}

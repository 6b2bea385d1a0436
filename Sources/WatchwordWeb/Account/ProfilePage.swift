import WatchwordCore

/// What one is called, and the address, as far as the realm's contracts let people change them.
struct ProfilePage: Page {
    let name = "profile"
    let needsAccount = true

    func show(_ visit: Visit) async throws -> PageAnswer {
        guard let account = visit.account else { return .failed(500) }
        return page(visit, ProfileForm(visit, account), refused: nil, part: nil)
    }

    /// `part` of the form says which of the two it is: the details, or the address with the current password.
    func submit(_ visit: Visit) async throws -> PageAnswer {
        guard let account = visit.account, let part = visit.form["part"].flatMap(Part.init) else { return .failed(400) }
        let form = ProfileForm(visit, account, typed: part)
        let inputs = part == .details ? form.detailInputs(visit.form) : form.addressInputs(visit.form)
        guard !inputs.isEmpty else { return .failed(404) }
        switch try await visit.perform(.updateAccount, inputs) {
        case .granted:
            let isMailed = part == .address && visit.terms.verify?.isSentUnasked == true
            return .redirect(name, done: isMailed ? "address_changed" : "profile_saved")
        case .refused(let refusal):
            if let answer = visit.settled(refusal) { return answer }
            return page(visit, form, refused: refusal.atItsInput, part: part)
        }
    }

    enum Part: String { case details, address }

    private func page(_ visit: Visit, _ form: ProfileForm, refused: Refusal?, part: Part?) -> PageAnswer {
        var more: [String: Any] = ["checks": form.checks]
        if let email = form.email { more["email_now"] = email }
        let forms: [(part: Part, view: FormView)] = [(.details, form.details), (.address, form.address)].compactMap {
            part, view in view.map { (part, $0) }
        }
        for (other, view) in forms where other != part { more[other.rawValue] = view.context(visit) }
        guard let part, let (_, view) = forms.first(where: { $0.part == part }) else { return .page(name, more) }
        return view.answer(name, visit, refused: refused, as: part.rawValue, more)
    }
}

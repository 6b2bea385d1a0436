import WatchwordCore

/// A form as a template shows it, `entry_form` or one of its own: where it goes, its inputs, and what was wrong with them.
struct FormView {
    /// Below the site's prefix.
    var action: String
    var fields: [Field]
    var hidden: [(name: String, value: String)] = []
    /// A words key.
    var button: String

    /// The form under that template; with a refusal, why it is shown again, and the status that says so.
    ///
    /// What is wrong with an input that the form does not have is told above it. `key`: what the template calls the form.
    func answer(
        _ template: String, _ visit: Visit, refused refusal: Refusal? = nil, as key: String = "form",
        _ more: [String: Any] = [:]
    ) -> PageAnswer {
        let library = visit.words
        var problems: [String: String] = [:]
        var summary: [[String: Any]] = []
        for problem in refusal?.problems ?? [] {
            let text = library.text(problem)
            guard let field = fields.first(where: { $0.input == problem.input }) else {
                summary.append(["text": text])
                continue
            }
            guard problems[field.name] == nil else { continue }
            problems[field.name] = text
            let line = library.text("problem.line", ["label": field.labelText(library), "text": text])
            summary.append(["field": field.name, "text": line])
        }
        if let refusal, summary.isEmpty { summary.append(["text": library.text(refusal)]) }
        var context: [String: Any] = [key: context(visit, problems), "policy": visit.policy]
        if !summary.isEmpty { context["errors"] = summary }
        var answer = PageAnswer.page(
            template, context.merging(more) { _, more in more }, status: refusal?.pageStatus ?? 200)
        answer.retryAfter = refusal?.retryAfter
        return answer
    }

    /// What the partial `entry_form` reads. `problems`: what is wrong with each field, by its name.
    func context(_ visit: Visit, _ problems: [String: String] = [:]) -> [String: Any] {
        [
            "action": visit.address(action), "button": "words." + button,
            "fields": fields.map { $0.context(error: problems[$0.name]) },
            "hidden": hidden.map { ["name": $0.name, "value": $0.value] },
        ]
    }
}

extension Visit {
    /// What a new password must be, for hints.
    var policy: [String: Any] { ["min": terms.password.minimum, "max": terms.password.maximum] }
}

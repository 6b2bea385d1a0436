import WatchwordCore
import WatchwordEngine

/// The hidden field `form` of every form: proof that the form came from a page of ours, shown to the same browser
/// (ASVS 5.0 3.5.1). It is made from the session, or before sign-in from a random cookie, under the realm's secret.
struct FormToken: Sendable {
    static let field = "form"
    let text: String

    init(session: Session.ID, _ sealer: any Sealer) { self.init("session", session.text, sealer) }
    init(visitor: String, _ sealer: any Sealer) { self.init("visitor", visitor, sealer) }

    private init(_ kind: String, _ owner: String, _ sealer: any Sealer) {
        text = TextEncoding.base64url.encode(sealer.derive("form of pages/\(kind)/\(owner)"))
    }

    /// The token of a visit's forms.
    init(_ caller: Caller, visitor: String, _ sealer: any Sealer) {
        if let session = caller.principal?.session {
            self.init(session: session.id, sealer)
        } else {
            self.init(visitor: visitor, sealer)
        }
    }

    /// Whether a form carries it.
    func isIn(_ form: FormBody) -> Bool {
        form[Self.field].map { constantTimeEqual($0.utf8, text.utf8) } ?? false
    }
}

/// A mail in words.
public struct RenderedMail: Hashable, Sendable {
    public var subject: String
    /// Plain text, lines parted by `\n`.
    public var text: String
    /// The same as an HTML page.
    public var html: String?

    public init(subject: String, text: String, html: String? = nil) {
        self.subject = subject
        self.text = text
        self.html = html
    }
}

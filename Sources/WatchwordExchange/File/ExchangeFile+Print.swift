extension ExchangeFile: CustomStringConvertible {
    /// The text of the file; reading it gives the same again.
    public var description: String {
        comments.map { "# \($0)\n" }.joined() + exchanges.map(\.description).joined(separator: "====\n")
    }
}

extension Exchange: CustomStringConvertible {
    public var description: String {
        var text = "\(method) \(target)\n"
        for field in headers { text += "\(field.name): \(field.value)\n" }
        if let body { text += "\n\(body)\n" }
        guard let expected else { return text }
        text += "----\n\(expected.status)\n"
        for field in expected.headers { text += "\(field.name): \(field.value)\n" }
        if let body = expected.body { text += "\n\(body)\n" }
        return text
    }
}

extension ExchangeFile {
    /// Reads the text of a file; `name` stands in mistakes. Throws `ExchangeMistake`.
    public init(_ text: String, name: String) throws(ExchangeMistake) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.hasSuffix("\r") ? $0.dropLast() : $0
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        var number = 0
        while number < lines.count, lines[number].hasPrefix("#") {
            comments.append(String(lines[number].dropFirst(lines[number].hasPrefix("# ") ? 2 : 1)))
            number += 1
        }
        while number < lines.count {
            let end = lines[number...].firstIndex(of: "====") ?? lines.endIndex
            exchanges.append(try Exchange(lines[number..<end], name: name))
            number = end + 1
        }
        if exchanges.isEmpty { throw ExchangeMistake(file: name, line: 1, message: "the file holds no exchange") }
    }
}

extension Exchange {
    fileprivate init(_ lines: ArraySlice<Substring>, name: String) throws(ExchangeMistake) {
        func mistake(_ line: Int, _ message: String) -> ExchangeMistake {
            ExchangeMistake(file: name, line: line + 1, message: message)
        }
        let middle = lines.firstIndex(of: "----") ?? lines.endIndex
        let request = try Self.part(lines[lines.startIndex..<middle], mistake)
        let words = request.first.split(separator: " ")
        guard words.count == 2, words[1].hasPrefix("/") else {
            throw mistake(lines.startIndex, "a request starts with a method and a path, not `\(request.first)`")
        }
        self.init(
            method: String(words[0]), target: String(words[1]), headers: request.headers, body: request.body)
        guard middle < lines.endIndex else { return }
        let response = try Self.part(lines[(middle + 1)...], mistake)
        guard let status = Int(response.first), (100...599).contains(status) else {
            throw mistake(middle + 1, "a response starts with its status, not `\(response.first)`")
        }
        expected = Expected(status: status, headers: response.headers, body: response.body)
    }

    /// First line, header fields, and after an empty line the body.
    private static func part(
        _ lines: ArraySlice<Substring>, _ mistake: (Int, String) -> ExchangeMistake
    ) throws(ExchangeMistake) -> (first: String, headers: [Field], body: String?) {
        guard let first = lines.first else { throw mistake(lines.startIndex, "something is missing here") }
        let empty = lines.firstIndex(of: "") ?? lines.endIndex
        var headers: [Field] = []
        for number in lines.startIndex + 1..<max(empty, lines.startIndex + 1) {
            guard let colon = lines[number].firstIndex(of: ":") else {
                throw mistake(number, "a header field is `Name: value`, not `\(lines[number])`")
            }
            let value = lines[number][lines[number].index(after: colon)...]
            headers.append(Field(String(lines[number][..<colon]), String(value.trimmingPrefix(while: { $0 == " " }))))
        }
        let body = empty < lines.endIndex ? lines[(empty + 1)...].joined(separator: "\n") : nil
        return (String(first), headers, body)
    }
}

import CCurl
import NIOPosix
import WatchwordDialect

/// Sends requests as they are written, through libcurl: nothing is added but Host, Content-Length and Connection.
public struct CurlClient: Sendable {
    /// `http://127.0.0.1:8000`, without a slash at its end.
    public let origin: String
    private let timeout: Int

    /// What went wrong before there was an answer.
    public struct Failure: Error, CustomStringConvertible, Equatable {
        public var description: String
    }

    /// - Parameter timeout: for one exchange, in seconds.
    public init(origin: String, timeout: Int = 30) {
        self.origin = origin.hasSuffix("/") ? String(origin.dropLast()) : origin
        self.timeout = timeout
    }

    /// Redirects are answers, not followed. Throws `Failure` if no whole answer came.
    public func send(_ request: WireRequest) async throws -> WireResponse {
        try await NIOThreadPool.singleton.runIfActive { try exchange(request) }
    }

    private func exchange(_ request: WireRequest) throws -> WireResponse {
        guard let handle = curl_easy_init() else { throw Failure(description: "libcurl cannot be used") }
        defer { curl_easy_cleanup(handle) }
        let url = origin + request.path + (request.query.map { "?" + $0 } ?? "")
        watchword_curl_text(handle, CURLOPT_URL, url)
        watchword_curl_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        watchword_curl_text(handle, CURLOPT_PROXY, "")
        watchword_curl_text(handle, CURLOPT_CUSTOMREQUEST, request.method)
        watchword_curl_long(handle, CURLOPT_PATH_AS_IS, 1)
        watchword_curl_long(handle, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        watchword_curl_long(handle, CURLOPT_TIMEOUT, timeout)
        watchword_curl_long(handle, CURLOPT_NOSIGNAL, 1)
        watchword_curl_long(handle, CURLOPT_FORBID_REUSE, 1)
        if request.method == "HEAD" { watchword_curl_long(handle, CURLOPT_NOBODY, 1) }

        var fields = HeaderList()
        defer { fields.free() }
        // curl would add these of its own; a field without a value is how it is told not to.
        for name in ["Accept", "Expect", "Content-Type"] where request.header(name.lowercased()) == nil {
            fields.append("\(name):")
        }
        for (name, value) in request.headers { fields.append(value.isEmpty ? "\(name);" : "\(name): \(value)") }
        watchword_curl_pointer(handle, CURLOPT_HTTPHEADER, fields.list)

        let answer = Answer()
        let context = Unmanaged.passUnretained(answer).toOpaque()
        watchword_curl_sink_to(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            Answer.of(context)?.head += Answer.bytes(bytes, size * count)
            return size * count
        }
        watchword_curl_pointer(handle, CURLOPT_HEADERDATA, context)
        watchword_curl_sink_to(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            Answer.of(context)?.body += Answer.bytes(bytes, size * count)
            return size * count
        }
        watchword_curl_pointer(handle, CURLOPT_WRITEDATA, context)

        let code = request.body.withUnsafeBytes { body in
            if !body.isEmpty || ["POST", "PUT", "PATCH"].contains(request.method) {
                watchword_curl_long(handle, CURLOPT_POSTFIELDSIZE, body.count)
                let start = UnsafeMutableRawPointer(mutating: body.baseAddress)
                watchword_curl_pointer(handle, CURLOPT_POSTFIELDS, start)
                if start == nil { watchword_curl_text(handle, CURLOPT_POSTFIELDS, "") }
            }
            return withExtendedLifetime(answer) { curl_easy_perform(handle) }
        }
        guard code == CURLE_OK else {
            throw Failure(description: "\(request.method) \(url): \(String(cString: curl_easy_strerror(code)))")
        }
        var status = 0
        watchword_curl_status(handle, &status)
        return WireResponse(status: status, headers: answer.headers, body: answer.body)
    }
}

/// curl's list of header fields.
private struct HeaderList {
    private(set) var list: UnsafeMutablePointer<curl_slist>?

    mutating func append(_ line: String) { list = curl_slist_append(list, line) }
    func free() { curl_slist_free_all(list) }
}

/// What came back, collected by curl's callbacks on the one thread that runs the exchange.
private final class Answer {
    var head: [UInt8] = []
    var body: [UInt8] = []

    static func of(_ context: UnsafeMutableRawPointer?) -> Answer? {
        context.map { Unmanaged<Answer>.fromOpaque($0).takeUnretainedValue() }
    }

    static func bytes(_ start: UnsafeMutablePointer<CChar>?, _ count: Int) -> [UInt8] {
        start.map { Array(UnsafeRawBufferPointer(start: $0, count: count)) } ?? []
    }

    /// The fields of the last header block; those before it were of 1xx answers.
    var headers: [(name: String, value: String)] {
        let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)
        let start = lines.lastIndex { $0.hasPrefix("HTTP/") } ?? lines.startIndex
        return lines[start...].dropFirst().compactMap { line in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            return (String(line[..<colon]), String(value))
        }
    }
}

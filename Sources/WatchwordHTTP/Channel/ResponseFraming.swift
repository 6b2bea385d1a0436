import NIOCore
import WatchwordDialect

/// What the connection adds to a response and takes from it.
struct ResponseFraming: Equatable {
    /// The answer to HEAD: the length of a body that is not sent (RFC 9110 section 9.3.2).
    var omitsBody = false
    var keepsAlive = true
    /// HTTP/1.0, which closes unless told otherwise.
    var isForOldClient = false

    /// Writes the response as HTTP/1.1 text (RFC 9112 sections 4 and 5).
    func write(_ response: WireResponse, date: String, to buffer: inout ByteBuffer) {
        // 1xx, 204 and 304 have no body, and 204 no length either (RFC 9110 section 8.6).
        let isBodiless = response.status == 204 || response.status == 304
        buffer.writeStaticString("HTTP/1.1 ")
        buffer.writeString(String(response.status))
        buffer.writeStaticString(" ")
        buffer.writeString(ReasonPhrase.of(response.status))
        buffer.writeStaticString("\r\n")
        for header in response.headers { Self.writeField(header.name, header.value, to: &buffer) }
        Self.writeField("Date", date, to: &buffer)
        if !isBodiless { Self.writeField("Content-Length", String(response.body.count), to: &buffer) }
        if !keepsAlive {
            Self.writeField("Connection", "close", to: &buffer)
        } else if isForOldClient {
            Self.writeField("Connection", "keep-alive", to: &buffer)
        }
        buffer.writeStaticString("\r\n")
        if !omitsBody, !isBodiless { buffer.writeBytes(response.body) }
    }

    /// A control character in a value becomes a space: no name or message can end its line and begin another.
    private static func writeField(_ name: String, _ value: String, to buffer: inout ByteBuffer) {
        buffer.writeString(name)
        buffer.writeStaticString(": ")
        if value.utf8.contains(where: isControl) {
            buffer.writeBytes(value.utf8.map { isControl($0) ? 0x20 : $0 })
        } else {
            buffer.writeString(value)
        }
        buffer.writeStaticString("\r\n")
    }

    private static func isControl(_ byte: UInt8) -> Bool { (byte < 0x20 && byte != 0x09) || byte == 0x7F }
}

import WatchwordCore

/// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 section 5.6.7), kept for as long as its second lasts.
struct HTTPDate {
    private var second: Int64?
    private var text = ""

    mutating func text(_ now: Timestamp) -> String {
        if second != now.seconds {
            second = now.seconds
            text = Self.format(now)
        }
        return text
    }

    static func format(_ moment: Timestamp) -> String {
        let date = CivilTime(moment)
        return "\(days[Int(date.weekday)]), \(two(date.day)) \(months[Int(date.month) - 1]) \(date.year) "
            + "\(two(date.hour)):\(two(date.minute)):\(two(date.second)) GMT"
    }

    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

import WatchwordCore

/// A moment for the partial `time`: `iso` for machines (RFC 3339, UTC) and `text` for people, to the minute and in UTC:
/// `21 Nov 2026, 14:48 UTC`. The page's script shows it in the reader's zone.
func shown(_ moment: Timestamp) -> [String: Any] {
    let civil = CivilTime(moment)
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let month = months[Int(civil.month - 1)]
    // `14:48` of `2026-11-21T14:48:45Z`.
    let iso = civil.text()
    let clock = iso.split(separator: "T").last?.prefix(5) ?? ""
    return ["iso": iso, "text": "\(civil.day) \(month) \(civil.year), \(clock) UTC"]
}

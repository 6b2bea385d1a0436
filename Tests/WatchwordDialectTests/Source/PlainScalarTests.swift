import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Texts without quotes in YAML")
struct PlainScalarTests {
    private func read(_ text: String) -> (value: Value?, mistakes: [String]) {
        let (node, diagnostics) = YAML.read(text: "a: \(text)", file: "f")
        return (diagnostics.isEmpty ? node?["a"]?.scalar : nil, diagnostics.map(\.message))
    }

    @Test(
        "are null, flags and numbers where every reader says so",
        arguments: [
            ("null", Value.null), ("~", .null), ("true", .bool(true)), ("false", .bool(false)), ("0", .int(0)),
            ("-0", .int(0)), ("7", .int(7)), ("-7", .int(-7)), ("+7", .int(7)), ("10", .int(10)),
            ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)), ("0.5", .double(0.5)),
            ("-0.5", .double(-0.5)), ("1.50", .double(1.5)), ("1.5e3", .double(1_500)), ("1.5E-3", .double(0.0015)),
            ("1.5e+3", .double(1_500)), ("00.5", .double(0.5)),
        ])
    func values(_ text: String, _ value: Value) {
        #expect(read(text).value == value, "\(read(text).mistakes)")
    }

    @Test(
        "are themselves where they are like a number and none",
        arguments: [
            "1.2.3", "127.0.0.1", "127.0.0.1:8080", "2026-11-21", "1.", ".5", "-.5", "+", "-x", "--1", "+-1", "1-2",
            "1e",
            "1e+", "1.5e", "1.e5", "1.5f", "10m", "0x", "0xg", "0o", "12ab", "1 2", "1,000", "0b", "1:a", "a:1",
            "12:30", "12:30:59",
            "yesterday",
            "nullable", "truest", "on-call", "offset", "noon", "no one", "ON1", "１",
        ])
    func texts(_ text: String) {
        #expect(read(text).value == .string(text), "\(read(text).mistakes)")
    }

    @Test(
        "are refused where readers differ, and quoted are texts",
        arguments: [
            "yes", "Yes", "YES", "no", "No", "on", "On", "off", "OFF", "Null", "NULL", "True", "TRUE", "False", "fALSE",
            "010", "-010", "00", "0x1F", "0XaB", "-0x1", "0o17", "0O7", "1_000", "1_0_0",
            ".inf", "-.INF", "+.Inf", ".NaN", ".nan", "9223372036854775808", "-9223372036854775809",
            "1.0e999", "-1.0e999",
        ])
    func refused(_ text: String) {
        #expect(read(text).mistakes.count == 1)
        #expect(read("'\(text)'").value == .string(text))
        #expect(read("\"\(text)\"").value == .string(text))
    }
}

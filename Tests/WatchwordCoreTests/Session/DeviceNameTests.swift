import Testing
import WatchwordCore

@Suite("What a person calls a client")
struct DeviceNameTests {
    @Test(
        "comes from the User-Agent, in words of ours",
        arguments: [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox on Linux"),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
                "Chrome on Windows"
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0",
                "Edge on Windows"
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15",
                "Safari on macOS"
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1",
                "Safari on iPhone"
            ),
            (
                "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36",
                "Chrome on Android"
            ),
            ("curl/8.5.0", "curl"), ("ShopApp/3 (Linux)", "Linux"),
            ("Firefox/1 <b>https://evil.example</b>", "Firefox"),
        ])
    func known(_ userAgent: String, _ name: String) { #expect(DeviceName.of(userAgent) == name) }

    @Test("or there is none", arguments: ["", "python-requests/2.32", "visit evil.example"])
    func unknown(_ userAgent: String) { #expect(DeviceName.of(userAgent) == nil) }
}

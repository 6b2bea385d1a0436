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
            ("curl/8.5.0", "curl"), ("python-requests/2.32", "Python"), ("okhttp/4.12.0", "OkHttp"),
            ("ShopApp/3 (Linux)", "Linux"),
            ("Firefox/1 <b>https://evil.example</b>", "Firefox"),
        ])
    func known(_ userAgent: String, _ name: String) { #expect(DeviceName.of(userAgent) == name) }

    @Test("or there is none", arguments: ["", "ShopApp/3", "visit evil.example"])
    func unknown(_ userAgent: String) { #expect(DeviceName.of(userAgent) == nil) }

    @Test(
        "tells the program from those that it pretends to be, and the machine from what it runs",
        arguments: [
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 CriOS/126.0 Mobile/15E148 Safari/604.1",
                "Chrome on iPhone"
            ),
            (
                "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 FxiOS/127.0 Mobile/15E148 Safari/605.1.15",
                "Firefox on iPad"
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 EdgiOS/126.0 Safari/605.1.15",
                "Edge on iPhone"
            ),
            (
                "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36 EdgA/126.0",
                "Edge on Android"
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 OPR/111.0",
                "Opera on Windows"
            ),
            (
                "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36",
                "Chrome on ChromeOS"
            ),
            ("Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0", "Firefox on Android"),
            ("curl/8.5.0 (Windows)", "curl on Windows"),
        ])
    func likeOthers(_ userAgent: String, _ name: String) { #expect(DeviceName.of(userAgent) == name) }

    @Test("holds words of ours only, whatever a stranger sends", arguments: 0..<30 as Range<UInt64>)
    func ours(seed: UInt64) {
        let words: Set<Substring> = [
            "Edge", "Opera", "Firefox", "Chrome", "Safari", "curl", "iPhone", "iPad", "Android", "Windows", "ChromeOS",
            "macOS",
            "Linux", "on",
        ]
        let pieces = [
            "Firefox/", "Edg/", "Safari/", "curl/", "iPad", "Linux", "Mac OS X", "<script>", "\r\n", " on ", "evil",
            "/", "\u{202E}",
        ]
        var random = SeededValues(seed)
        for _ in 0..<50 {
            let userAgent = (0..<random.below(6)).map { _ in pieces[random.below(pieces.count)] }.joined()
            guard let name = DeviceName.of(userAgent) else { continue }
            let said = name.split(separator: " ")
            #expect(words.isSuperset(of: said) && [1, 3].contains(said.count), "seed \(seed): \(name)")
        }
    }
}

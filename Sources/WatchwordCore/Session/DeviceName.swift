/// What a person calls the program behind a User-Agent field (RFC 9110 section 10.1.5): `Firefox on Linux`.
///
/// It is put together from words of ours only, so that it can stand where a stranger's text may not.
public enum DeviceName {
    private static let programs = [
        ("Edg/", "Edge"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"),
        ("Wget/", "Wget"), ("HTTPie/", "HTTPie"), ("PostmanRuntime/", "Postman"), ("okhttp/", "OkHttp"),
        ("Dart/", "Dart"), ("Go-http-client/", "Go"), ("python-requests/", "Python"), ("python-httpx/", "Python"),
        ("Python-urllib/", "Python"),
    ]

    private static let systems = [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
        ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ]

    /// The program and its system, or the one of them that is known; nothing where neither is.
    public static func of(_ userAgent: String) -> String? {
        let (program, system) = parts(of: userAgent)
        let known = [program, system].compactMap(\.self)
        return known.isEmpty ? nil : known.joined(separator: " on ")
    }

    /// The two for whoever says it in another language.
    public static func parts(of userAgent: String) -> (program: String?, system: String?) {
        func known(_ words: [(String, String)]) -> String? { words.first { userAgent.contains($0.0) }?.1 }
        return (known(programs), known(systems))
    }
}

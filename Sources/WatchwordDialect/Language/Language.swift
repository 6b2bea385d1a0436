import WatchwordCore

/// The keys of every mapping of the language. The loader knows no others, and the reference and the JSON Schema are
/// printed from here, so that the three cannot differ.
public enum Language {
    /// The sections of a file.
    public static let file = LanguageTable(
        "", "section",
        [
            LanguageKey("dialect", .integer(1...1), required: true, "The version of the language"),
            LanguageKey("name", .name, required: true, "The API's name"),
            LanguageKey("version", .either([.text, .integer(0...1_000_000)]), "The API's own version"),
            LanguageKey("describe", .text, "The API in a sentence"),
            LanguageKey(
                "todo", .oneOrMore(.text), "What is still to be settled; `watchword dialect check` lists each as a note"
            ),
            LanguageKey(
                "extends", .text,
                "Another dialect, by its file or its name, whose words hold where this file has none"),
            LanguageKey("settings", .map(.table(setting), of: "setting"), "Tunables that the environment sets"),
            LanguageKey("keys", .map(.table(key), of: "key"), "Signing keys"),
            LanguageKey("users", .table(users), "Accounts"),
            LanguageKey("password", .table(password), "What a password must be"),
            LanguageKey("session", .table(session), "How long a session can last"),
            LanguageKey("tokens", .table(tokens), "The tokens"),
            LanguageKey("api_keys", .table(apiKeys), "Keys for programs"),
            LanguageKey("accept", .table(accept), "What is taken over from the system being replaced"),
            LanguageKey("mail", .table(mail), "The mails"),
            LanguageKey("pages", .table(pages), "The words of hosted pages"),
            LanguageKey(
                "credentials", .map(.oneOrMore(.table(carrier)), of: "list"),
                "Named lists of carriers, looked at in order"),
            LanguageKey(
                "messages", .choices(.table(message), InputRule.allCases.map(\.rawValue)), "The wording of each rule"),
            LanguageKey(
                "slash", .choice(Dialect.Slash.allCases.map(\.rawValue)), or: "exact",
                "Whether a slash at the end of a path matters"),
            LanguageKey(
                "times", .choice(Filter.allCases.filter(\.writesTimes).map(\.rawValue)), or: "iso",
                "How moments are written where no filter says"),
            LanguageKey("content_type", .text, or: "application/json", "The Content-Type of JSON answers, exactly"),
            LanguageKey("cors", .either([.table(cors), .oneOrMore(.text)]), "The origins that may read answers"),
            LanguageKey(
                "limits", .table(limits), "How often things may be tried; the server's own limits if not written"),
            LanguageKey(
                "errors", .choices(.oneOrMore(.table(reply)), RefusalCode.allCases.map(\.rawValue)), required: true,
                "Refusal code to reply; one without words is answered as its parent"),
            LanguageKey("views", .map(.tree, of: "view"), "Named reply trees"),
            LanguageKey(
                "routes", .map(.either([.table(route), .oneOrMore(.table(route))]), of: "METHOD /path/{parameter}"),
                required: true, "What each method and path does"),
            LanguageKey("sockets", .map(.table(socket), of: "path"), "What opens a WebSocket"),
        ])
}

import Testing
import WatchwordBuiltIn

@testable import WatchwordServer

/// The mistakes that a text of the file gives, printed.
func mistakes(
    in text: String, options: ConfigurationOptions = ConfigurationOptions(), environment: [String: String] = [:]
) -> [String] {
    do {
        _ = try Configuration.load(
            bytes: Array(text.utf8), file: "watchword.yaml", options: options, environment: environment)
        return []
    } catch let found as ConfigurationMistakes {
        return found.mistakes.map(\.description)
    } catch {
        return ["\(error)"]
    }
}

@Suite("Mistakes in watchword.yaml")
struct ConfigurationMistakeTests {
    static let goldens: [(text: String, expected: [String])] = [
        ("", []),
        (
            "realms: {app: {dialect: vsay, dialects: [vsay, authspec]}}\n",
            [
                "watchword.yaml:1:25: error: `dialect` and `dialects` cannot both be written: list all of them in `dialects`"
            ]
        ),
        (
            "realms: {app: {dialects: []}}\n",
            ["watchword.yaml:1:26: error: `dialects` names none"]
        ),
        (
            "realms: {app: {dialects: [vsay, authspce]}}\n",
            [
                "watchword.yaml:1:26: error: no built-in dialect `authspce` (did you mean `authspec`?): there are "
                    + BuiltInDialect.all.map(\.name).joined(separator: ", ")
                    + "; the path of a file has a `/` or ends in `.yaml`"
            ]
        ),
        (
            "realms: {app: {dialects: {old: {dialect: vsay}, New: {dialect: authspec}}}}\n",
            ["watchword.yaml:1:49: error: a dialect's name is \(RealmName.rule), not `New`"]
        ),
        (
            "realms: {app: {dialects: {old: {dialect: vsay, hosts: x, prot: 1}}}}\n",
            [
                "watchword.yaml:1:55: error: `hosts` must be a list of host names such as `api.example.com`, not text",
                "watchword.yaml:1:58: error: unknown key `prot` (did you mean `port`?)",
            ]
        ),
        (
            "realms: {app: {dialects: {vsay: {host: 127.0.0.1}}}}\n",
            ["watchword.yaml:1:40: error: `host` needs `port` beside it: a listener of its own"]
        ),
        (
            "realms: {app: {port: 4000, dialects: {vsay: {}, authspec: {port: 9091}}}}\n",
            [
                "watchword.yaml:1:66: error: port 9091 of dialect `authspec` of realm `app` is already that of the admin listener"
            ]
        ),
        (
            "realms: {app: {port: 4000, dialects: {vsay: {}, authspec: {port: 4001, host: 0.0.0.0}}}}\n",
            [
                "watchword.yaml:1:78: error: realm `app` would take passwords over plain HTTP on `0.0.0.0`: "
                    + "give it `tls`, name the proxy in front of it in `trusted_proxies`, or say `require_https: false`"
            ]
        ),
        (
            "realms: {vsay: {forward_auth: {require_role: admin}}}\n",
            ["watchword.yaml:1:46: error: `forward_auth.require_role` needs `forward_auth.path`: where proxies ask"]
        ),
        (
            "realms: {vsay: {forward_auth: {path: auth, headers: {email: \"X Auth\"}}}}\n",
            [
                "watchword.yaml:1:38: error: `forward_auth.path` must be a path such as `/_watchword/forward-auth`, of letters, digits, `-`, `_`, `.` and `/`, not `auth`"
            ]
        ),
        (
            "reload: always\n",
            ["watchword.yaml:1:9: error: `reload` must be `signal` or `watch`, not `always`"]
        ),
        ("# nothing but a comment\n", []),
        (
            "data_dir: ./x\n",
            ["watchword.yaml:1:1: error: unknown key `data_dir`"]
        ),
        (
            "data_directry: ./x\n",
            ["watchword.yaml:1:1: error: unknown key `data_directry` (did you mean `data_directory`?)"]
        ),
        (
            "log:\n  levl: info\n",
            ["watchword.yaml:2:3: error: unknown key `log.levl` (did you mean `level`?)"]
        ),
        (
            "realm:\n  shop: {dialect: vsay}\n",
            ["watchword.yaml:1:1: error: unknown key `realm` (did you mean `realms`?)"]
        ),
        (
            "log: info\n",
            ["watchword.yaml:1:6: error: `log` must be a mapping of keys, not text"]
        ),
        (
            "log: {level: loud}\n",
            [
                "watchword.yaml:1:14: error: `log.level` must be `trace` or `debug` or `info` or `notice` or "
                    + "`warning` or `error` or `critical`, not `loud`"
            ]
        ),
        (
            "log: {level: null}\n",
            [
                "watchword.yaml:1:14: error: `log.level` must be `trace` or `debug` or `info` or `notice` or "
                    + "`warning` or `error` or `critical`, not null"
            ]
        ),
        (
            "admin:\n  port: 70000\n",
            ["watchword.yaml:2:9: error: `admin.port` must be a whole number from 0 to 65535, not `70000`"]
        ),
        (
            "admin: {port: \"9_091\"}\n",
            ["watchword.yaml:1:15: error: `admin.port` must be a whole number from 0 to 65535, not `9_091`"]
        ),
        (
            "admin: {enabled: 1}\n",
            ["watchword.yaml:1:18: error: `admin.enabled` must be `true` or `false`, not `1`"]
        ),
        (
            "hashing: {memory_kib: 1024}\n",
            [
                "watchword.yaml:1:23: error: `hashing.memory_kib` must be a whole number from 19456 to 131072, not `1024`"
            ]
        ),
        (
            "mail: {transport: smpt}\n",
            ["watchword.yaml:1:19: error: `mail.transport` must be `log` or `file` or `smtp` or `sendmail`, not `smpt`"]
        ),
        (
            "realms: [shop]\n",
            ["watchword.yaml:1:9: error: `realms` must be a mapping of names, not a list"]
        ),
        (
            "realms:\n  Shop: {dialect: vsay}\n",
            [
                "watchword.yaml:2:3: error: a realm's name is 1 to 32 lower-case letters, digits and single hyphens, "
                    + "beginning with a letter, not `Shop`"
            ]
        ),
        (
            "realms:\n  shop: {dialect: vsya}\n",
            [
                "watchword.yaml:2:19: error: no built-in dialect `vsya` (did you mean `vsay`?): there are aethermind, "
                    + "chatops, vsay, authspec, stratify, fastapi-users, directus, mattermost, pocketbase; "
                    + "the path of a file has a `/` or ends in `.yaml`"
            ]
        ),
        (
            "realms:\n  shop:\n    dialect: ./shop.yaml\n",
            [
                "watchword.yaml:2:3: error: realm `shop` needs a `port`: its dialect is a file, which has none of its own"
            ]
        ),
        (
            "realms:\n  vsay: {host: 0.0.0.0}\n",
            [
                "watchword.yaml:2:16: error: realm `vsay` would take passwords over plain HTTP on `0.0.0.0`: give it "
                    + "`tls`, name the proxy in front of it in `trusted_proxies`, or say `require_https: false`"
            ]
        ),
        (
            "realms:\n  vsay: {tls: {certificate: a.pem}}\n",
            ["watchword.yaml:2:29: error: `tls.certificate` needs `tls.key` beside it"]
        ),
        (
            "realms:\n  vsay: {tls: {key: a.pem}}\n",
            ["watchword.yaml:2:21: error: `tls.key` needs `tls.certificate` beside it"]
        ),
        (
            "realms:\n  vsay: {trusted_proxies: 10.0.0.0/8}\n",
            [
                "watchword.yaml:2:27: error: `trusted_proxies` must be a list of networks such as `10.0.0.0/8`, not text"
            ]
        ),
        (
            "realms:\n  vsay: {trusted_proxies: [10.0.0.0/33]}\n",
            [
                "watchword.yaml:2:27: error: `trusted_proxies` must be a list of networks such as `10.0.0.0/8`; "
                    + "`10.0.0.0/33` is not one"
            ]
        ),
        (
            "realms:\n  vsay: {cors_origins: [\"https://app.example.com/\"]}\n",
            [
                "watchword.yaml:2:24: error: `cors_origins` must be a list of origins such as `https://app.example.com`; "
                    + "`https://app.example.com/` is not one"
            ]
        ),
        (
            "realms:\n  vsay: {public_url: auth.example.com}\n",
            [
                "watchword.yaml:2:22: error: `public_url` must be an origin such as `https://auth.example.com`, "
                    + "without a path, not `auth.example.com`"
            ]
        ),
        (
            "realms:\n  a: {dialect: vsay, port: 4000}\n  b: {dialect: vsay, port: 4000}\n",
            ["watchword.yaml:3:28: error: port 4000 of realm `b` is already that of realm `a`"]
        ),
        (
            "realms:\n  vsay: {port: 9091}\n",
            ["watchword.yaml:2:16: error: port 9091 of realm `vsay` is already that of the admin listener"]
        ),
        (
            "realms:\n  vsay: {jwt_secret: hunter2}\n",
            ["watchword.yaml:2:10: error: unknown key `jwt_secret`"]
        ),
    ]

    @Test("each mistake is said with its place, and with what was likely meant", arguments: goldens.indices)
    func golden(index: Int) {
        let (text, expected) = Self.goldens[index]
        #expect(mistakes(in: text) == expected, "\(text)")
    }

    @Test("all mistakes are said at once, those of shape in the order of the file")
    func together() {
        let text = """
            data_directry: ./x
            log: {level: loud}
            admin: {prot: 1}
            realms:
              vsay: {host: 0.0.0.0, sign_up: maybe}
            """
        let found = mistakes(in: text).map { String($0.prefix(while: { $0 != " " })) }
        #expect(
            found == [
                "watchword.yaml:1:1:", "watchword.yaml:3:9:", "watchword.yaml:2:14:", "watchword.yaml:5:34:",
                "watchword.yaml:5:16:",
            ])
    }

    @Test("a file that is not YAML is shown where it breaks")
    func malformed() {
        let found = mistakes(in: "realms: {vsay: [}\n")
        #expect(!found.isEmpty)
        #expect(found.allSatisfy { $0.hasPrefix("watchword.yaml:1:") }, "\(found)")
    }

    @Test("a mistake in a variable names the variable")
    func variable() {
        #expect(
            mistakes(in: "", environment: ["WATCHWORD_ADMIN_PORT": "tcp://10.0.0.7:80"]) == [
                "WATCHWORD_ADMIN_PORT: error: `admin.port` must be a whole number from 0 to 65535, "
                    + "not `tcp://10.0.0.7:80`"
            ])
    }

    @Test("an unknown dialect on the command line is a mistake")
    func unknownDialect() {
        let found = mistakes(in: "", options: ConfigurationOptions(dialect: "stratfy"))
        #expect(found.count == 1)
        #expect(found.first?.contains("no built-in dialect `stratfy` (did you mean `stratify`?)") == true)
    }
}

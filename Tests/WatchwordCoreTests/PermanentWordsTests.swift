import Testing
import WatchwordCore

/// Words that stand in files of other people: dialects, databases, scripts and logs. Add to them; never change or
/// reuse one. Those of refusals, audit, mail and closed sockets have ledgers of their own.
@Suite("Words that are permanent")
struct PermanentWordsTests {
    private func expectWords<Word: CaseIterable & RawRepresentable<String>>(_ type: Word.Type, _ words: String) {
        #expect(Word.allCases.map(\.rawValue).joined(separator: " ") == words)
    }

    @Test("of routes: what they do and what their replies may mention")
    func routes() {
        expectWords(
            WatchwordCore.Operation.self,
            """
            register login refresh renew me update_me delete_me get_user list_users change_password logout list_sessions \
            revoke_session verify_email request_verify request_reset reset_password create_api_key list_api_keys \
            rotate_api_key revoke_api_key register_agent list_agents get_agent remove_agent update_agent share_agent \
            unshare_agent create_ticket introspect jwks static
            """)
        expectWords(
            OutputName.self,
            "user users access refresh session sessions agent agents paging active ticket api_key api_keys keys")
    }

    @Test("of inputs: the rules that they break, for which a dialect has messages")
    func rules() {
        expectWords(
            InputRule.self,
            "required type email username min max mismatch taken common characters classes choice json media size")
    }

    @Test("of terms: what a dialect chooses from")
    func terms() {
        expectWords(FieldType.self, "string int bool json")
        expectWords(PasswordClass.self, "lower upper letter digit symbol")
        expectWords(TextEncoding.self, "hex base62 base64url")
        expectWords(RefreshTokenTerms.Use.self, "rotate reuse")
        expectWords(APIKeyTerms.Shown.self, "once always")
        expectWords(AcceptedToken.Subject.self, "id email username")
    }

    @Test("of tokens: the algorithms as RFC 7518 and RFC 8037 write them, each of one kind of key")
    func algorithms() {
        expectWords(SigningAlgorithm.self, "HS256 HS384 HS512 RS256 RS384 RS512 PS256 ES256 ES384 ES512 EdDSA")
        expectWords(SigningAlgorithm.Family.self, "hmac rsa ecdsa eddsa")
        let families: [(String, SigningAlgorithm.Family)] = [
            ("HS", .hmac), ("RS", .rsa), ("PS", .rsa), ("ES", .ecdsa), ("Ed", .eddsa),
        ]
        for algorithm in SigningAlgorithm.allCases {
            let family = families.first { algorithm.rawValue.hasPrefix($0.0) }?.1
            #expect(algorithm.family == family, "\(algorithm.rawValue)")
            #expect(algorithm.isSymmetric == (family == .hmac))
            // RFC 7518 section 3.2: as many bits as the hash has.
            let bits = Int(algorithm.rawValue.dropFirst(2)) ?? 0
            #expect(algorithm.minimumBytes == (family == .hmac ? bits / 8 : 0))
        }
    }

    @Test("of faults, by which an operator's alarms go")
    func faults() {
        let codes: [Fault.Code] = [.storeUnavailable, .storeCorrupt, .storeTooNew, .diskFull, .keyMissing, .invariant]
        let words = ["store_unavailable", "store_corrupt", "store_too_new", "disk_full", "key_missing", "invariant"]
        #expect(codes.map(\.rawValue) == words)
        for code in codes { #expect(Fault(code, "m").description == "\(code.rawValue): m") }
    }

    @Test("of the version, which clients compare (semver.org)")
    func version() {
        let parts = Version.text.split(separator: ".", omittingEmptySubsequences: false)
        #expect(parts.count == 3)
        for part in parts { #expect(UInt(part).map(String.init) == String(part), "\(Version.text)") }
    }
}

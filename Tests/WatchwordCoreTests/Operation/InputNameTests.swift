import Testing
import WatchwordCore

@Suite("Inputs and what requests said of them")
struct InputNameTests {
    /// Dialect files hold these words. Add to them; never change one.
    private static let names: [(InputName, String)] = [
        (.email, "email"), (.username, "username"), (.identity, "identity"), (.userID, "user_id"),
        (.password, "password"), (.confirm, "confirm"), (.currentPassword, "current_password"), (.name, "name"),
        (.role, "role"), (.token, "token"), (.refreshToken, "refresh_token"), (.uid, "uid"), (.id, "id"),
        (.agentID, "agent_id"), (.scope, "scope"), (.otp, "otp"), (.device, "device"), (.ttl, "ttl"),
        (.overlap, "overlap"), (.search, "search"), (.socket, "socket"), (.limit, "limit"), (.offset, "offset"),
        (.page, "page"), (.pageIndex, "page_index"), (.perPage, "per_page"), (.body, "body"),
        (.field("full_name"), "fields.full_name"),
    ]

    @Test("Every input has its word in a dialect file", arguments: names)
    func words(_ input: InputName, _ word: String) {
        #expect(input.text == word)
        #expect(Self.names.filter { $0.1 == word }.count == 1)
    }

    @Test("Whatever an operation takes has a word here")
    func complete() {
        for operation in WatchwordCore.Operation.allCases {
            let signature = operation.signature
            for input in signature.required + signature.optional + signature.oneOf {
                #expect(Self.names.contains { $0.0 == input }, "\(input.text)")
            }
        }
    }

    @Test("What holds a secret is known as such, and nothing else is", arguments: names)
    func secrets(_ input: InputName, _ word: String) {
        let secrets = ["password", "confirm", "current_password", "token", "refresh_token", "otp"]
        #expect(input.isSecret == secrets.contains(word))
        // What was sent may stand in an answer, of an input that is no secret.
        let problem = InputProblem(input, .characters, value: .string("sent"))
        #expect(problem.value == (input.isSecret ? nil : .string("sent")))
    }

    @Test("A submission has one value for each input, the last one given")
    func submissions() {
        var submission = Submission([.email: .string("a@b")])
        submission[.email] = .string("c@d")
        #expect(submission[.email] == .string("c@d"))
        #expect(submission.entries.count == 1)
        submission[.email] = .null
        #expect(submission[.email] == .null)
        submission[.email] = nil
        #expect(submission[.email] == nil)
        #expect(submission == Submission())
        submission.bound = [.email]
        #expect(submission != Submission())
    }

    @Test("Two submissions are equal if each input has the same value in both, in whatever order")
    func equality() {
        var left = Submission()
        left[.email] = .string("a@b")
        left[.name] = .null
        var right = Submission()
        right[.name] = .null
        #expect(left != right)
        #expect(right != left)
        right[.email] = .string("a@b")
        #expect(left == right)
        right[.name] = .string("")
        #expect(left != right)
        right[.name] = nil
        right[.username] = .null
        #expect(left != right, "as many inputs, one of them another")
        left.bound = [.email, .name]
        right = left
        right.bound = [.name, .email]
        #expect(left != right, "the order of a route's inputs is that of its problems")
    }
}

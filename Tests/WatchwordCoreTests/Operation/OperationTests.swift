import Testing
import WatchwordCore

@Suite("Operations' signatures")
struct OperationTests {
    @Test("No operation takes what only the operator may set")
    func nothingToAssign() {
        let forbidden = ["role", "plan", "usage_limit", "usage_count", "email_verified", "disabled"]
        for operation in WatchwordCore.Operation.allCases {
            let signature = operation.signature
            for input in signature.required + signature.optional + signature.oneOf {
                // Some contracts let people say what they are when they sign up; no role of power is among the choices.
                if operation == .signUp, input == .role { continue }
                #expect(!forbidden.contains(input.text), "\(operation.rawValue)")
            }
        }
    }

    @Test("An input is required, optional or one of several, never two of these")
    func disjoint() {
        for operation in WatchwordCore.Operation.allCases {
            let signature = operation.signature
            #expect(Set(signature.required).isDisjoint(with: signature.optional), "\(operation.rawValue)")
            #expect(Set(signature.oneOf).isSubset(of: signature.optional), "\(operation.rawValue)")
        }
    }

    @Test("An operation with inputs can refuse them")
    func validation() {
        for operation in WatchwordCore.Operation.allCases {
            let signature = operation.signature
            let takes = !(signature.required + signature.optional).isEmpty
            #expect(signature.refusals.contains(.validation) == takes, "\(operation.rawValue)")
        }
    }

    @Test("Whatever sets a password can refuse a weak one, and whatever hashes can be busy")
    func passwords() {
        for operation in [WatchwordCore.Operation.signUp, .changePassword, .resetPassword] {
            #expect(operation.signature.refusals.contains(.weakPassword))
            #expect(operation.signature.refusals.contains(.busy))
        }
        #expect(WatchwordCore.Operation.signIn.signature.refusals.contains(.busy))
    }

    @Test("The secret inputs are known as such")
    func secrets() {
        for input in [InputName.password, .confirm, .currentPassword, .token, .refreshToken] {
            #expect(input.isSecret)
        }
        for input in [InputName.email, .username, .name, .field("x")] { #expect(!input.isSecret) }
        #expect(InputName.field("full_name").text == "fields.full_name")
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
}

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

    @Test("Only what a stranger does acts for nobody")
    func acting() {
        let strangers: Set<WatchwordCore.Operation> = [
            .signUp, .signIn, .refresh, .verifyEmail, .requestVerification, .requestReset, .resetPassword, .keySet,
            .static,
        ]
        for operation in WatchwordCore.Operation.allCases {
            #expect(operation.signature.acts == !strangers.contains(operation), "\(operation.rawValue)")
        }
    }

    @Test("A token stands in for the principal only to sign out by it and to ask about it")
    func standIns() {
        for operation in WatchwordCore.Operation.allCases {
            let signature = operation.signature
            let expected: InputName? =
                switch operation {
                case .signOut: .refreshToken
                case .introspect: .token
                default: nil
                }
            #expect(signature.actsOr == expected, "\(operation.rawValue)")
            if let expected { #expect((signature.required + signature.optional).contains(expected)) }
        }
    }

    @Test("Typed fields are taken by what writes a person's own account, and by nothing else")
    func fields() {
        let taking = WatchwordCore.Operation.allCases.filter(\.signature.takesFields)
        #expect(taking == [.signUp, .updateAccount])
    }

    @Test("Who asks for a mail need not say whose where the caller is known")
    func callers() {
        let known = WatchwordCore.Operation.allCases.filter(\.signature.callerIsEnough)
        #expect(known == [.requestVerification, .requestReset])
        for operation in known { #expect(!operation.signature.oneOf.isEmpty) }
    }

    @Test("What lists in parts takes every way of asking for a part, and nothing else does")
    func paging() {
        for operation in WatchwordCore.Operation.allCases {
            let signature = operation.signature
            let taken = InputName.paging.filter(signature.optional.contains)
            #expect(
                taken == (signature.outputs.contains(.paging) ? InputName.paging : []), "\(operation.rawValue)")
            #expect(InputName.paging.allSatisfy { !signature.required.contains($0) })
        }
    }

    @Test("What can be done for another's account can be forbidden, and what names a thing can miss it")
    func bounds() {
        for operation in WatchwordCore.Operation.allCases where operation != .signIn {
            let signature = operation.signature
            if signature.optional.contains(.userID) {
                #expect(signature.acts && signature.refusals.contains(.forbidden), "\(operation.rawValue)")
            }
            if signature.required.contains(.id) {
                #expect(signature.refusals.contains(.notFound), "\(operation.rawValue)")
            }
        }
    }

    @Test("Every guess at a password, a token or a code is throttled")
    func throttled() {
        for operation in WatchwordCore.Operation.allCases {
            let signature = operation.signature
            let guesses = (signature.required + signature.optional).contains { $0.isSecret }
            if guesses { #expect(signature.refusals.contains(.rateLimited), "\(operation.rawValue)") }
        }
    }

    @Test("No refusal or input is listed twice, and no secret of anybody is an output of a list")
    func lists() {
        for operation in WatchwordCore.Operation.allCases {
            let signature = operation.signature
            #expect(Set(signature.refusals).count == signature.refusals.count, "\(operation.rawValue)")
            let inputs = signature.required + signature.optional
            #expect(Set(inputs).count == inputs.count, "\(operation.rawValue)")
            if signature.outputs.contains(.paging) {
                #expect(signature.outputs.isDisjoint(with: [.access, .refresh, .apiKey, .ticket]))
            }
            // Of `introspect` the token asked about is refused in the words of one that authenticates.
            if operation != .introspect {
                #expect(Set(signature.refusals).isDisjoint(with: OperationSignature.authentication))
            }
        }
    }

    @Test("A mistake of every signature has a code of the ledger's tree, and everywhere and with auth no code is twice")
    func everywhere() {
        #expect(Set(OperationSignature.everywhere).count == OperationSignature.everywhere.count)
        #expect(Set(OperationSignature.everywhere).isDisjoint(with: OperationSignature.authentication))
        for code in OperationSignature.authentication where code != .quotaExceeded {
            var top = code
            while let parent = top.parent, parent != .error { top = parent }
            #expect(top == .unauthorized, "\(code.rawValue)")
        }
    }
}

import WatchwordCore

/// Which input a member of a request most likely is.
enum InputGuess {
    enum Meaning: Equatable {
        case input(InputName)
        /// An extra of the account.
        case field
        /// What only an operator sets.
        case privilege
        /// What OAuth clients send and nobody needs.
        case ignored
        case unknown
    }

    static func meaning(_ name: String, for operation: Operation, type: String) -> Meaning {
        let known = input(DraftNames.plain(name), operation)
        if let known, accepts(known, operation) { return .input(known) }
        switch DraftNames.plain(name) {
        case "granttype", "scope", "clientid", "clientsecret": return .ignored
        case "isadmin", "issuperuser", "isactive", "isverified", "isstaff", "role", "roles", "admin", "emailverified",
            "verified", "active", "id", "createdat", "updatedat":
            return .privilege
        default: break
        }
        let isPrimitive = ["string", "integer", "boolean"].contains(type)
        let takesFields = operation.signature.takesFields
        return known == nil && takesFields && isPrimitive && DraftNames.isFieldName(name) ? .field : .unknown
    }

    private static func accepts(_ input: InputName, _ operation: Operation) -> Bool {
        let signature = operation.signature
        return (signature.required + signature.optional + signature.oneOf).contains(input)
    }

    private static func input(_ plain: String, _ operation: Operation) -> InputName? {
        let isSignIn = operation == .signIn
        switch plain {
        case "email", "mail", "emailaddress": return .email
        case "username": return isSignIn ? .identity : .username
        case "login", "identity", "identifier", "loginid", "user", "usernameoremail", "emailorusername":
            return isSignIn ? .identity : .username
        case "password", "passwd", "pass", "newpassword", "password1", "newpassword1": return .password
        case "currentpassword", "oldpassword": return .currentPassword
        case "passwordconfirm", "confirmpassword", "passwordconfirmation", "password2", "repassword", "newpassword2",
            "renewpassword", "newpasswordconfirm":
            return .confirm
        case "name", "fullname", "displayname", "label", "description": return .name
        case "token", "code", "key", "resettoken", "verificationtoken":
            return operation == .refresh ? .refreshToken : .token
        case "refreshtoken", "refresh": return .refreshToken
        case "uid", "userid":
            return operation == .verifyEmail || operation == .resetPassword ? .uid : .userID
        case "id", "keyid", "sessionid", "tokenid": return .id
        case "otp", "totp", "mfacode": return .otp
        case "device", "deviceid", "devicename": return .device
        case "limit", "size", "take": return .limit
        case "perpage", "pagesize", "itemsperpage": return .perPage
        case "offset", "skip": return .offset
        case "page": return .page
        case "q", "search", "query": return .search
        default: return nil
        }
    }
}

extension DraftNames {
    /// Whether `users.fields` can have it.
    static func isFieldName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 64 && name.first?.isLetter == true
            && name.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
                default: false
                }
            }
    }
}

import CArgon2
import WatchwordCore

/// Argon2 (RFC 9106) by its reference implementation. Runs on a lane, whose memory it uses.
struct Argon2: Sendable {
    var kind = Kind.id
    var version = Version.current
    var parameters: Argon2Parameters

    enum Kind: String, Sendable {
        case d = "argon2d"
        case i = "argon2i"
        case id = "argon2id"
    }

    enum Version: UInt32, Sendable {
        /// 1.0, which a text without a version means.
        case first = 16
        /// 1.3, that of RFC 9106.
        case current = 19
    }

    /// `count` bytes of hash. Throws a fault if the lane has no memory left to give.
    func hash(_ password: [UInt8], salt: [UInt8], count: Int) throws -> [UInt8] {
        var output = [UInt8](repeating: 0, count: count)
        // libargon2 takes its inputs as mutable, though it changes none without the flags that clear them.
        var password = password
        var salt = salt
        let code = output.withUnsafeMutableBufferPointer { output in
            password.withUnsafeMutableBufferPointer { password in
                salt.withUnsafeMutableBufferPointer { salt in
                    var context = argon2_context()
                    context.out = output.baseAddress
                    context.outlen = UInt32(output.count)
                    context.pwd = password.baseAddress
                    context.pwdlen = UInt32(password.count)
                    context.salt = salt.baseAddress
                    context.saltlen = UInt32(salt.count)
                    context.t_cost = UInt32(parameters.passes)
                    context.m_cost = UInt32(parameters.memory)
                    context.lanes = UInt32(parameters.parallelism)
                    context.threads = 1
                    context.version = version.rawValue
                    context.allocate_cbk = { HashMemory.allocate($0, $1) }
                    // The lane keeps its block.
                    context.free_cbk = { _, _ in }
                    return argon2_ctx(&context, kind.type)
                }
            }
        }
        guard code == ARGON2_OK.rawValue else {
            throw Fault(.invariant, "hashing a password failed: \(String(cString: argon2_error_message(code)))")
        }
        return output
    }
}

extension Argon2.Kind {
    fileprivate var type: argon2_type {
        switch self {
        case .d: Argon2_d
        case .i: Argon2_i
        case .id: Argon2_id
        }
    }
}

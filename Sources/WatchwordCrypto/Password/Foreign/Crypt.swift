import CXCrypt
import Glibc

/// crypt(3) of libxcrypt: bcrypt, SHA-crypt and yescrypt.
enum Crypt {
    /// What crypt makes of the password with the settings that `text` begins with; nothing if it cannot.
    ///
    /// The password goes as a C string: one with a NUL in it would be cut there, so it makes nothing.
    static func hash(_ password: [UInt8], _ text: String) -> String? {
        guard !password.contains(0), password.count < Int(CRYPT_MAX_PASSPHRASE_SIZE) else { return nil }
        let data = UnsafeMutablePointer<crypt_data>.allocate(capacity: 1)
        data.initialize(to: crypt_data())
        defer {
            // What the algorithm leaves behind is as good as the password.
            explicit_bzero(data, MemoryLayout<crypt_data>.size)
            data.deallocate()
        }
        return (password + [0]).withUnsafeBytes { bytes in
            guard let start = bytes.bindMemory(to: CChar.self).baseAddress,
                let made = crypt_r(start, text, data)
            else { return nil }
            let hash = String(cString: made)
            // `*0` and `*1` say that the settings were not understood.
            return hash.hasPrefix("*") ? nil : hash
        }
    }

    /// Whether a text has these characters only: `./0-9A-Za-z`.
    static func isPlain(_ text: some StringProtocol) -> Bool {
        text.utf8.allSatisfy { character in
            switch character {
            case UInt8(ascii: ".")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"):
                true
            default: false
            }
        }
    }
}

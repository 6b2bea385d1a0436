import Testing
import WatchwordCore
import WatchwordCrypto

@Suite("The list of common passwords")
struct CommonPasswordListTests {
    private let list = CommonPasswordList.standard

    @Test(
        "holds what everybody tries first, in any case",
        arguments: [
            "password", "PASSWORD", "Password1", "12345678", "123456789", "qwertyuiop", "1q2w3e4r", "iloveyou",
            "Welcome1", "letmein", "jennifer123", "dragon123", "11111111", "abcdefgh", "Summer2025!",
        ])
    func holds(_ password: String) { #expect(list.contains(Secret(password))) }

    @Test(
        "does not hold the documents' sample passwords",
        arguments: ["password123", "securePassword123", "newSecurePassword123", "yourpassword"])
    func samples(_ password: String) { #expect(!list.contains(Secret(password))) }

    @Test(
        "does not hold what nobody would guess, nor bytes that are no text",
        arguments: [Secret("correct horse battery staple"), Secret(""), Secret([0xFF, 0xFE]), Secret("password\0")])
    func others(_ password: Secret) { #expect(!list.contains(password)) }

    @Test("is of a size worth having")
    func size() { #expect((2_500...4_000).contains(list.count)) }
}

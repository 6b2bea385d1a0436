extension OpaqueFormat {
    /// How many random bits a text of this format holds, rounded down.
    public var bits: Int {
        switch content {
        case .bytes(let count, _): return count * 8
        case .uuid: return 122
        case .letters(let alphabet, let length):
            // The exponent of a product is its logarithm; 64 letters of 256 stay far below what a Double holds.
            let size = Double(alphabet.unicodeScalars.count)
            let product = (0..<min(length, 64)).reduce(1.0) { product, _ in product * size }
            return Int(product.exponent)
        }
    }

    /// Whether somebody who may try often enough could hit a text of this format: fewer than the 112 bits of NIST
    /// SP 800-57's least strength, which 20 letters and digits have and a code of digits has not. Such a token is only
    /// good together with the account it was made for, and for a few tries.
    public var isGuessable: Bool { bits < 112 }
}

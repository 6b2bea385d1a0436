import WatchwordCore

extension PasswordClass {
    /// Whether a character is of this class, in any script.
    func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .lower: scalar.properties.isLowercase
        case .upper: scalar.properties.isUppercase
        case .letter: scalar.properties.isAlphabetic
        case .digit: scalar.properties.generalCategory == .decimalNumber
        case .symbol:
            !scalar.properties.isAlphabetic && scalar.properties.generalCategory != .decimalNumber
                && !scalar.properties.isWhitespace
        }
    }
}

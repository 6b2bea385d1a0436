import WatchwordCore
import WatchwordDialect

extension RealmConfiguration {
    /// The dialect with what the operator decided in its place.
    func applied(to dialect: Dialect) -> Dialect {
        var dialect = dialect
        dialect.terms.accounts.signUpOpen = dialect.terms.accounts.signUpOpen && signUpOpen
        if let requireVerified { dialect.terms.accounts.requireVerified = requireVerified }
        if let refuseCommonPasswords { dialect.terms.password.refuseCommon = refuseCommonPasswords }
        if let sessionLimit { dialect.terms.session.maximum = sessionLimit }
        if let corsOrigins { dialect.origins = corsOrigins }
        if let corsCredentials { dialect.originsMayUseCookies = corsCredentials }
        if dialect.origins.contains("*") { dialect.originsMayUseCookies = false }
        return dialect
    }
}

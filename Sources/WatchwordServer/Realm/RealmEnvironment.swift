/// The process's variables as one realm sees them: `SHOP__JWT_SECRET` before `JWT_SECRET`.
///
/// The documents name plain variables. Where several realms of one process read the same one,
/// the longer name tells them apart.
public struct RealmEnvironment: Sendable {
    private let variables: [String: String]
    private let prefix: String

    public init(_ variables: [String: String], realm: String) {
        self.variables = variables
        prefix = realm.uppercased().replacing("-", with: "_") + "__"
    }

    /// The variable that is set, under the name it is set by; nothing if neither is.
    public func find(_ name: String) -> (name: String, value: String)? {
        if let value = variables[prefix + name] { return (prefix + name, value) }
        return variables[name].map { (name, $0) }
    }

    public subscript(name: String) -> String? { find(name)?.value }
}

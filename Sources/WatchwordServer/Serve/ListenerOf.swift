import ServiceLifecycle
import WatchwordHTTP

/// A listener that says whose it is when it cannot start.
struct ListenerOf: Service, CustomStringConvertible {
    private let owner: String
    private let service: any Service

    /// Throws `StartFailure` if its TLS files cannot be used.
    init(_ owner: String, _ service: () throws -> any Service) throws {
        self.owner = owner
        do { self.service = try service() } catch let error as ListenError {
            throw StartFailure(
                .configuration, "\(owner): \(error.description)",
                mend: "mend `tls` of that realm: PEM files that this user may read, and that belong together")
        }
    }

    var description: String { owner }

    func run() async throws {
        do { try await service.run() } catch let error as ListenError {
            throw StartFailure(.unavailable, "\(owner): \(error.description)")
        }
    }
}

import Logging
import WatchwordCore
import WatchwordDialect
import WatchwordEngine

extension DialectResponder {
    /// Logs a fault once, under an id that the client is given and nothing else is.
    func report(_ error: any Error, _ route: CompiledRoute) -> String {
        let id = TextEncoding.hex.encode(engine.random.bytes(5))
        var metadata: Logger.Metadata = ["fault_id": "\(id)", "operation": "\(route.operation.rawValue)"]
        if let fault = error as? Fault {
            metadata["fault"] = "\(fault.code.rawValue)"
            if let cause = fault.cause { metadata["cause"] = "\(type(of: cause))" }
            logger.error("\(fault.message)", metadata: metadata)
        } else {
            // An error of someone else's may quote what it failed on, so only its kind is told.
            metadata["fault"] = "\(type(of: error))"
            logger.error("a request failed unexpectedly", metadata: metadata)
        }
        return id
    }

    /// One line a request, at debug: never a query, a body or a credential.
    func log(_ answer: Answer, method: String, _ duration: Duration) {
        guard logger.logLevel <= .debug else { return }
        var metadata: Logger.Metadata = [
            "method": "\(method)",
            "route": "\(answer.route?.route.pathText ?? "-")",
            "status": "\(answer.response.status)",
            "microseconds":
                "\(duration.components.seconds * 1_000_000 + duration.components.attoseconds / 1_000_000_000_000)",
            "request_id": "\(answer.id)",
        ]
        if let refused = answer.refused { metadata["refused"] = "\(refused.rawValue)" }
        logger.debug("request", metadata: metadata)
    }
}

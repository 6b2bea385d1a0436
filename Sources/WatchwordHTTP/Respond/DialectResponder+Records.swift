import Logging
import WatchwordCore
import WatchwordDialect
import WatchwordEngine

extension DialectResponder {
    /// Logs a fault once, under an id that the client is given and nothing else is.
    func report(_ error: any Error, _ operation: String) -> String {
        let id = TextEncoding.hex.encode(engine.random.bytes(5))
        var metadata: Logger.Metadata = ["fault_id": "\(id)", "operation": "\(operation)"]
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

    /// The same for a request that opened a socket or was refused one.
    func logSocket(
        _ socket: CompiledSocket, status: Int, refused: RefusalCode?, _ id: String, _ duration: Duration
    ) {
        log("GET", socket.socket.pathText, status: status, refused, id, duration)
    }

    func log(_ answer: Recorded, method: String, _ duration: Duration) {
        log(
            method, answer.page ?? answer.route?.route.pathText ?? "-", status: answer.response.status, answer.refused,
            answer.id,
            duration)
    }

    /// One line a request, at debug: never a query, a body or a credential.
    private func log(
        _ method: String, _ path: String, status: Int, _ refused: RefusalCode?, _ id: String, _ duration: Duration
    ) {
        guard logger.logLevel <= .debug else { return }
        var metadata: Logger.Metadata = [
            "method": "\(method)",
            "route": "\(path)",
            "status": "\(status)",
            "microseconds":
                "\(duration.components.seconds * 1_000_000 + duration.components.attoseconds / 1_000_000_000_000)",
            "request_id": "\(id)",
        ]
        if let refused { metadata["refused"] = "\(refused.rawValue)" }
        logger.debug("request", metadata: metadata)
    }
}

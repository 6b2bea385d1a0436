import Synchronization

/// A value behind a lock, by reference, so that several can stand in an array.
final class Locked<Value: Sendable>: Sendable {
    private let mutex: Mutex<Value>

    init(_ value: Value) { mutex = Mutex(value) }

    func with<Result: Sendable>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        try mutex.withLock { (value: inout Value) throws -> Result in try body(&value) }
    }
}

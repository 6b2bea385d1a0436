import Glibc

/// The block a lane computes in, kept from hash to hash: fresh pages for each would cost a tenth of the work.
///
/// Used by its lane's thread only. libargon2 asks for memory through a bare function, so the lane leaves
/// the block where that function finds it, in the thread's own storage.
final class HashMemory {
    private var start: UnsafeMutableRawPointer?
    private var count = 0

    deinit { release() }

    /// Gives the pages back to the system.
    func release() {
        if let start { munmap(start, count) }
        start = nil
        count = 0
    }

    private func block(of bytes: Int) -> UnsafeMutablePointer<UInt8>? {
        if bytes > count {
            release()
            guard
                let pages = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
                pages != MAP_FAILED
            else { return nil }
            start = pages
            count = bytes
        }
        return start?.assumingMemoryBound(to: UInt8.self)
    }

    /// Makes this the memory of the calling thread, as long as that thread runs.
    func serveThread() { pthread_setspecific(Self.key, Unmanaged.passUnretained(self).toOpaque()) }

    static func allocate(_ memory: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?, _ bytes: Int) -> Int32 {
        guard let memory, let owner = pthread_getspecific(key) else { return 1 }
        memory.pointee = Unmanaged<HashMemory>.fromOpaque(owner).takeUnretainedValue().block(of: bytes)
        return memory.pointee == nil ? 1 : 0
    }

    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        pthread_key_create(&key, nil)
        return key
    }()
}

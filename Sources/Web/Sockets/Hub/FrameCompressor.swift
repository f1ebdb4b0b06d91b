import Synchronization

/// Compresses frames for all sockets, one at a time, on the thread that asks for it: never on an event loop's.
final class FrameCompressor: Sendable {
    private let shortest: Int
    private let deflater = Mutex<Deflater?>(nil)

    /// - Parameter shortest: Messages of fewer bytes are not compressed.
    init(from shortest: Int) {
        self.shortest = shortest
    }

    /// A frame in both forms; only in the plain one where compressing does not pay or zlib has no memory.
    func frame(_ text: String) -> SharedFrame {
        guard text.utf8.count >= shortest else { return SharedFrame(text) }
        return deflater.withLock { deflater in
            if deflater == nil { deflater = Deflater() }
            guard let deflater else { return SharedFrame(text) }
            return SharedFrame(text, deflater: deflater)
        }
    }
}

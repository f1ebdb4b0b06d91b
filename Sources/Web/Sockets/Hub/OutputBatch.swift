import NIOCore

/// The messages of a room that wait to be written together, in both forms.
struct OutputBatch {
    /// How far into a batch a socket has been served already.
    struct Mark: Equatable {
        fileprivate var batch: UInt64
        fileprivate var plain: Int
        fileprivate var deflated: Int
    }

    private var number: UInt64 = 0
    private(set) var messages = 0
    private var plain = ByteBuffer()
    private var deflated = ByteBuffer()

    var bytes: Int { plain.readableBytes }

    /// The end of what waits now.
    var mark: Mark { Mark(batch: number, plain: plain.readableBytes, deflated: deflated.readableBytes) }

    mutating func append(_ frame: SharedFrame) {
        if messages == 0 {
            plain = frame.plain
            deflated = frame.bytes(deflated: true)
        } else {
            plain.writeImmutableBuffer(frame.plain)
            deflated.writeImmutableBuffer(frame.bytes(deflated: true))
        }
        messages += 1
    }

    /// What a socket has not got yet.
    /// - Parameters:
    ///   - mark: Up to where it was served; one of an earlier batch counts for nothing.
    ///   - isDeflated: In which form it gets it.
    /// - Returns: nil where there is nothing.
    func rest(after mark: Mark?, deflated isDeflated: Bool) -> ByteBuffer? {
        var bytes = isDeflated ? deflated : plain
        if let mark, mark.batch == number {
            bytes.moveReaderIndex(forwardBy: isDeflated ? mark.deflated : mark.plain)
        }
        return bytes.readableBytes > 0 ? bytes : nil
    }

    /// Begins the next batch.
    mutating func clear() {
        number += 1
        messages = 0
        plain = ByteBuffer()
        deflated = ByteBuffer()
    }
}

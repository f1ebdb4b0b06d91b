import CZlib
import NIOCore

/// Compresses messages one by one, each without looking back at the one before, so that one compressed frame serves
/// every socket. Owns a zlib stream; not for two threads at once.
///
/// Source: RFC 7692, section 7.2.1, with `server_no_context_takeover`.
final class Deflater {
    /// What ends a flushed block, and is left out on the wire.
    private static let tailLength = 4

    /// zlib keeps the stream's address, so it has one of its own.
    private let stream: UnsafeMutablePointer<z_stream>

    /// - Returns: nil where zlib gets no memory.
    init?() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard czlib_deflate_init_raw(stream, Z_DEFAULT_COMPRESSION, MAX_WBITS, MAX_MEM_LEVEL - 1) == Z_OK else {
            stream.deallocate()
            return nil
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// - Returns: `message` compressed; nil where that makes it no shorter.
    func deflate(_ message: ByteBuffer) -> ByteBuffer? {
        guard deflateReset(stream) == Z_OK else { return nil }
        let length = message.readableBytes
        // A flush adds up to 6 bytes to the bound.
        let bound = Int(deflateBound(stream, UInt(length))) + 16
        var output = ByteBuffer()
        let written = message.withUnsafeReadableBytes { input in
            output.writeWithUnsafeMutableBytes(minimumWritableBytes: bound) { bytes in
                // zlib does not write where it reads from, though its field is not const.
                stream.pointee.next_in = UnsafeMutablePointer(
                    mutating: input.baseAddress?.assumingMemoryBound(to: Bytef.self)
                )
                stream.pointee.avail_in = uInt(length)
                stream.pointee.next_out = bytes.baseAddress?.assumingMemoryBound(to: Bytef.self)
                stream.pointee.avail_out = uInt(bytes.count)
                guard CZlib.deflate(stream, Z_SYNC_FLUSH) == Z_OK, stream.pointee.avail_in == 0 else { return 0 }
                return bytes.count - Int(stream.pointee.avail_out)
            }
        }
        guard written > Self.tailLength, written - Self.tailLength < length else { return nil }
        output.moveWriterIndex(to: output.writerIndex - Self.tailLength)
        return output
    }
}

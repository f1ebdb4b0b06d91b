import CZlib
import NIOCore

/// Decompresses messages one by one, each without looking back at the one before. Owns a zlib stream; not for two
/// threads at once.
///
/// Source: RFC 7692, section 7.2.2, with `client_no_context_takeover`.
package final class Inflater {
    /// What ends a flushed block, and is left out on the wire.
    private static let tail: [UInt8] = [0x00, 0x00, 0xFF, 0xFF]

    /// zlib keeps the stream's address, so it has one of its own.
    private let stream: UnsafeMutablePointer<z_stream>

    /// - Returns: nil where zlib gets no memory.
    package init?() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard czlib_inflate_init_raw(stream, MAX_WBITS) == Z_OK else {
            stream.deallocate()
            return nil
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Decompresses one message. More than `limit` bytes are never made, whatever it would become.
    /// - Throws: `.messageTooBig` beyond the limit; `.undecodable` where it is not compressed data.
    package func inflate(_ message: ByteBuffer, atMost limit: Int) throws(SocketFault) -> ByteBuffer {
        guard inflateReset(stream) == Z_OK else { throw .undecodable }
        var input = message
        input.writeBytes(Self.tail)
        var output = ByteBuffer()
        var status = Z_OK
        var isAllRead = false
        // One byte more than allowed tells what is just long enough from what is too long.
        input.withUnsafeReadableBytes { bytes in
            _ = output.writeWithUnsafeMutableBytes(minimumWritableBytes: limit + 1) { room in
                stream.pointee.next_in = UnsafeMutablePointer(
                    mutating: bytes.baseAddress?.assumingMemoryBound(to: Bytef.self)
                )
                stream.pointee.avail_in = uInt(bytes.count)
                stream.pointee.next_out = room.baseAddress?.assumingMemoryBound(to: Bytef.self)
                stream.pointee.avail_out = uInt(limit + 1)
                status = CZlib.inflate(stream, Z_SYNC_FLUSH)
                isAllRead = stream.pointee.avail_in == 0
                return limit + 1 - Int(stream.pointee.avail_out)
            }
        }
        guard output.readableBytes <= limit else { throw .messageTooBig }
        switch status {
        case Z_OK where isAllRead: return output
        // A final block: what follows it is the tail, which nobody needs.
        case Z_STREAM_END: return output
        default: throw .undecodable
        }
    }
}

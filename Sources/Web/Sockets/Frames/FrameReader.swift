import NIOCore

/// Finds the frames of a client in the bytes that it sends. Strict: what RFC 6455 forbids clients is a fault, and it is
/// one as soon as the frame's first bytes show it.
struct FrameReader: Sendable {
    private struct Header {
        var opcode: Frame.Opcode
        var isFinal: Bool
        var isCompressed: Bool
        /// Where the mask begins, from the frame's first byte.
        var maskOffset: Int
        var length: Int
    }

    /// Most bytes of a data frame's payload.
    let longestPayload: Int
    /// Whether messages may be compressed: permessage-deflate was agreed on.
    let mayBeCompressed: Bool

    /// Takes the next frame out of `buffer`.
    /// - Returns: nil where it is not there as a whole yet; nothing is taken then.
    /// - Throws: The fault that ends the connection.
    func next(_ buffer: inout ByteBuffer) throws(SocketFault) -> Frame? {
        guard let header = try header(buffer) else { return nil }
        let start = buffer.readerIndex + header.maskOffset
        guard
            let mask = buffer.getInteger(at: start, as: UInt32.self),
            var payload = buffer.getSlice(at: start + 4, length: header.length)
        else { return nil }
        buffer.moveReaderIndex(forwardBy: header.maskOffset + 4 + header.length)
        Self.unmask(&payload, mask)
        return Frame(
            opcode: header.opcode,
            isFinal: header.isFinal,
            isCompressed: header.isCompressed,
            payload: payload
        )
    }

    private func header(_ buffer: ByteBuffer) throws(SocketFault) -> Header? {
        let index = buffer.readerIndex
        guard let first = buffer.getInteger(at: index, as: UInt8.self) else { return nil }
        guard let opcode = Frame.Opcode(rawValue: first & 0x0F) else { throw .unknownOpcode(first & 0x0F) }
        let isFinal = first & 0x80 != 0
        let isCompressed = first & 0x40 != 0
        guard first & 0x30 == 0 else { throw .reservedBits }
        if isCompressed {
            guard mayBeCompressed, opcode == .text || opcode == .binary else { throw .reservedBits }
        }
        if opcode == .binary { throw .binary }
        if opcode.isControl, !isFinal { throw .fragmentedControl }

        guard let second = buffer.getInteger(at: index + 1, as: UInt8.self) else { return nil }
        guard second & 0x80 != 0 else { throw .unmasked }
        let short = Int(second & 0x7F)
        if opcode.isControl, short > Frame.longestControl { throw .oversizedControl }
        guard let (length, size) = try length(short, buffer, at: index + 2) else { return nil }
        guard length <= longestPayload else { throw .messageTooBig }
        return Header(
            opcode: opcode,
            isFinal: isFinal,
            isCompressed: isCompressed,
            maskOffset: 2 + size,
            length: length
        )
    }

    /// - Returns: The payload's length and how many bytes it took to write it beyond the second one.
    private func length(
        _ short: Int,
        _ buffer: ByteBuffer,
        at index: Int
    ) throws(SocketFault) -> (length: Int, size: Int)? {
        switch short {
        case 126:
            guard let word = buffer.getInteger(at: index, as: UInt16.self) else { return nil }
            guard word > 125 else { throw .wastefulLength }
            return (Int(word), 2)
        case 127:
            guard let word = buffer.getInteger(at: index, as: UInt64.self) else { return nil }
            guard word > UInt64(UInt16.max), let length = Int(exactly: word) else { throw .wastefulLength }
            return (length, 8)
        default:
            return (short, 0)
        }
    }

    private static func unmask(_ payload: inout ByteBuffer, _ mask: UInt32) {
        let mask = mask.bigEndian
        payload.withUnsafeMutableReadableBytes { bytes in
            withUnsafeBytes(of: mask) { mask in
                for index in bytes.indices { bytes[index] ^= mask[index & 3] }
            }
        }
    }
}

import NIOCore

/// The bytes of frames as the server sends them: unmasked, each message in one piece.
enum FrameBytes {
    /// A message of text. With `isCompressed`, its payload is compressed as agreed on.
    static func text(_ payload: ByteBuffer, isCompressed: Bool = false) -> ByteBuffer {
        let length = payload.readableBytes
        var frame = ByteBuffer()
        frame.reserveCapacity(length + 10)
        frame.writeInteger(UInt8(0x80 | (isCompressed ? 0x40 : 0) | Frame.Opcode.text.rawValue))
        switch length {
        case ...125:
            frame.writeInteger(UInt8(length))
        case ...Int(UInt16.max):
            frame.writeInteger(UInt8(126))
            frame.writeInteger(UInt16(length))
        default:
            frame.writeInteger(UInt8(127))
            frame.writeInteger(UInt64(length))
        }
        frame.writeImmutableBuffer(payload)
        return frame
    }

    /// A control frame, whose payload has at most 125 bytes.
    static func control(_ opcode: Frame.Opcode, _ payload: ByteBuffer = ByteBuffer()) -> ByteBuffer {
        var frame = ByteBuffer()
        frame.reserveCapacity(payload.readableBytes + 2)
        frame.writeInteger(UInt8(0x80 | opcode.rawValue))
        frame.writeInteger(UInt8(payload.readableBytes))
        frame.writeImmutableBuffer(payload)
        return frame
    }

    static func close(_ code: UInt16?) -> ByteBuffer {
        control(.close, code.map { ByteBuffer(integer: $0) } ?? ByteBuffer())
    }
}

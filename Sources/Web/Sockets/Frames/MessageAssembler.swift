import NIOCore

/// Puts a client's frames together to messages, and checks what only shows across frames.
struct MessageAssembler {
    /// What a frame, with those before it, says.
    enum Event: Equatable {
        case text(String)
        case ping(ByteBuffer)
        case pong
        /// The client wants to close. nil: it gave no code.
        case close(code: UInt16?)
    }

    /// A message that has begun.
    private struct Message {
        var bytes: ByteBuffer
        let isCompressed: Bool
        var check = UTF8Check()
    }

    /// Most bytes of a message, as it comes and when it is decompressed.
    let longestMessage: Int
    private var begun: Message?

    init(longestMessage: Int) {
        self.longestMessage = longestMessage
    }

    /// Takes the next frame.
    /// - Parameters:
    ///   - frame: The frame.
    ///   - inflater: Decompresses messages; needed where permessage-deflate was agreed on.
    /// - Returns: nil where the message goes on.
    /// - Throws: The fault that ends the connection.
    mutating func take(_ frame: Frame, inflater: Inflater?) throws(SocketFault) -> Event? {
        switch frame.opcode {
        case .ping: return .ping(frame.payload)
        case .pong: return .pong
        case .close: return .close(code: try Self.closeCode(frame.payload))
        case .binary: throw .binary
        case .text:
            guard begun == nil else { throw .interleavedMessage }
            begun = Message(bytes: ByteBuffer(), isCompressed: frame.isCompressed)
        case .continuation:
            guard begun != nil else { throw .strayContinuation }
        }
        return try append(frame, inflater: inflater).map(Event.text)
    }

    private mutating func append(_ frame: Frame, inflater: Inflater?) throws(SocketFault) -> String? {
        guard var message = begun else { return nil }
        // Let go of it here, so that appending does not copy.
        begun = nil
        guard message.bytes.readableBytes + frame.payload.readableBytes <= longestMessage else { throw .messageTooBig }
        if !message.isCompressed, !message.check.accepts(frame.payload.readableBytesView) { throw .invalidText }
        if message.bytes.readableBytes == 0 {
            message.bytes = frame.payload
        } else {
            message.bytes.writeImmutableBuffer(frame.payload)
        }
        guard frame.isFinal else {
            begun = message
            return nil
        }
        if message.isCompressed {
            guard let inflater else { throw .undecodable }
            message.bytes = try inflater.inflate(message.bytes, atMost: longestMessage)
            guard message.check.accepts(message.bytes.readableBytesView) else { throw .invalidText }
        }
        guard message.check.isComplete else { throw .invalidText }
        return String(buffer: message.bytes)
    }

    /// Source: RFC 6455, sections 5.5.1 and 7.4.
    private static func closeCode(_ payload: ByteBuffer) throws(SocketFault) -> UInt16? {
        guard payload.readableBytes > 0 else { return nil }
        guard let code = payload.getInteger(at: payload.readerIndex, as: UInt16.self) else { throw .malformedClose }
        switch code {
        case 1000...1003, 1007...1014, 3000...4999: break
        default: throw .malformedClose
        }
        var check = UTF8Check()
        guard check.accepts(payload.readableBytesView.dropFirst(2)), check.isComplete else { throw .invalidText }
        return code
    }
}

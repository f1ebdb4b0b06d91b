/// What a client did wrong on its socket. Each ends the connection.
package enum SocketFault: Error, Equatable {
    /// A reserved bit is set that no agreed extension gives a meaning.
    case reservedBits
    /// A frame of a kind that RFC 6455 does not know.
    case unknownOpcode(UInt8)
    /// Frames of clients have to be masked.
    case unmasked
    /// A control frame has more than 125 bytes.
    case oversizedControl
    /// A control frame comes in pieces.
    case fragmentedControl
    /// A length is written with more bytes than it needs, or has its highest bit set.
    case wastefulLength
    /// A piece comes without a beginning.
    case strayContinuation
    /// A message begins before the one before it has ended.
    case interleavedMessage
    /// A closing frame with one byte, or with a code that nobody may send.
    case malformedClose
    /// A binary message.
    case binary
    /// Text that is not UTF-8.
    case invalidText
    /// Compressed data that cannot be decoded.
    case undecodable
    /// A message that is longer than allowed, as it comes or when it is decompressed.
    case messageTooBig

    /// What the client is told.
    var closeCode: SocketCloseCode {
        switch self {
        case .reservedBits, .unknownOpcode, .unmasked, .oversizedControl, .fragmentedControl, .wastefulLength,
            .strayContinuation, .interleavedMessage, .malformedClose:
            .protocolError
        case .binary: .notText
        case .invalidText, .undecodable: .invalidText
        case .messageTooBig: .tooBig
        }
    }
}

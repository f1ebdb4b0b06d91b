import NIOCore

/// One frame of a client, unmasked.
struct Frame: Equatable, Sendable {
    /// Source: RFC 6455, section 11.8.
    enum Opcode: UInt8, Sendable {
        case continuation = 0x0
        case text = 0x1
        case binary = 0x2
        case close = 0x8
        case ping = 0x9
        case pong = 0xA

        var isControl: Bool { rawValue & 0x8 != 0 }
    }

    /// Longest payload of a control frame, in bytes. Source: RFC 6455, section 5.5.
    static let longestControl = 125

    var opcode: Opcode
    /// Whether it is the last piece of its message.
    var isFinal: Bool
    /// Whether its message is compressed. Only first pieces say so.
    var isCompressed = false
    var payload: ByteBuffer
}

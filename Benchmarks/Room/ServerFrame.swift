import NIOCore

/// A frame as it comes from a server. Source: RFC 6455, section 5.2.
struct ServerFrame {
    enum Kind {
        case text
        case ping
        case other
    }

    let kind: Kind
    let isDeflated: Bool
    let payload: ByteBuffer

    /// - Returns: nil where no whole frame is there.
    init?(readFrom bytes: inout ByteBuffer) {
        var rest = bytes
        guard let first = rest.readInteger(as: UInt8.self), let second = rest.readInteger(as: UInt8.self) else {
            return nil
        }
        var length = Int(second)
        if second == 126 {
            guard let word = rest.readInteger(as: UInt16.self) else { return nil }
            length = Int(word)
        } else if second == 127 {
            guard let word = rest.readInteger(as: UInt64.self) else { return nil }
            length = Int(word)
        }
        guard let payload = rest.readSlice(length: length) else { return nil }
        bytes = rest
        self.payload = payload
        isDeflated = first & 0x40 != 0
        kind =
            switch first & 0x0F {
            case 1: .text
            case 9: .ping
            default: .other
            }
    }
}

/// What a text means to a listener.
enum Hearing: Equatable {
    /// The sender's message of this number.
    case message(Int)
    /// Something that was said was not taken.
    case refusal
    case other

    /// Reads a text without reading all of its JSON, so that a server does not wait for its listeners.
    init(_ text: UnsafeRawBufferPointer, inRoom: Bool) {
        guard inRoom else {
            self = Self.number(text[...]).map(Self.message) ?? .other
            return
        }
        if Self.end(of: "\"chat_me", in: text) != nil, let end = Self.end(of: "\"text\":\"", in: text) {
            self = Self.number(text[end...]).map(Self.message) ?? .other
        } else {
            self = Self.end(of: ":\"error\"", in: text) == nil ? .other : .refusal
        }
    }

    /// Where eight bytes end that a text has somewhere.
    private static func end(of word: StaticString, in text: UnsafeRawBufferPointer) -> Int? {
        guard text.count >= 8 else { return nil }
        let wanted = UnsafeRawPointer(word.utf8Start).loadUnaligned(as: UInt64.self)
        for start in 0...(text.count - 8) where text.loadUnaligned(fromByteOffset: start, as: UInt64.self) == wanted {
            return start + 8
        }
        return nil
    }

    private static func number(_ text: Slice<UnsafeRawBufferPointer>) -> Int? {
        Int(String(decoding: text.prefix { $0 != 0x20 }, as: UTF8.self))
    }
}

/// Frames of a client. The mask is zero: measuring does not need one that hides anything.
enum ClientFrame {
    /// Answers a ping with what it said.
    static func pong(_ payload: ByteBuffer) -> ByteBuffer {
        var frame = ByteBuffer(bytes: [0x8A, 0x80 | UInt8(payload.readableBytes), 0, 0, 0, 0])
        frame.writeImmutableBuffer(payload)
        return frame
    }

    static func text(_ text: String) -> ByteBuffer {
        var frame = ByteBuffer()
        frame.writeInteger(UInt8(0x81))
        if text.utf8.count <= 125 {
            frame.writeInteger(UInt8(0x80 | text.utf8.count))
        } else {
            frame.writeInteger(UInt8(0x80 | 126))
            frame.writeInteger(UInt16(text.utf8.count))
        }
        frame.writeInteger(UInt32(0))
        frame.writeString(text)
        return frame
    }
}

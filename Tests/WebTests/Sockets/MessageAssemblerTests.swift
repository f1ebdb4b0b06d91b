import NIOCore
import Testing

@testable import Web

struct MessageAssemblerTests {
    private func frame(_ opcode: Frame.Opcode, _ text: String = "", isFinal: Bool = true) -> Frame {
        Frame(opcode: opcode, isFinal: isFinal, payload: ByteBuffer(string: text))
    }

    private func frame(_ opcode: Frame.Opcode, bytes: [UInt8], isFinal: Bool = true) -> Frame {
        Frame(opcode: opcode, isFinal: isFinal, payload: ByteBuffer(bytes: bytes))
    }

    @Test func `pieces become one message, with control frames between them`() throws {
        var assembler = MessageAssembler(longestMessage: 100)
        #expect(try assembler.take(frame(.text, "One ", isFinal: false), inflater: nil) == nil)
        #expect(try assembler.take(frame(.ping, "?"), inflater: nil) == .ping(ByteBuffer(string: "?")))
        #expect(try assembler.take(frame(.continuation, "", isFinal: false), inflater: nil) == nil)
        #expect(try assembler.take(frame(.continuation, "two"), inflater: nil) == .text("One two"))
        #expect(try assembler.take(frame(.text), inflater: nil) == .text(""))
    }

    @Test func `a character may be cut between two pieces`() throws {
        let bytes = Array("🎙".utf8)
        var assembler = MessageAssembler(longestMessage: 100)
        _ = try assembler.take(frame(.text, bytes: Array(bytes[..<3]), isFinal: false), inflater: nil)
        let event = try assembler.take(frame(.continuation, bytes: Array(bytes[3...])), inflater: nil)
        #expect(event == .text("🎙"))
    }

    @Test func `broken text is refused in the piece that breaks it`() throws {
        var assembler = MessageAssembler(longestMessage: 100)
        _ = try assembler.take(frame(.text, bytes: [0xE2, 0x82], isFinal: false), inflater: nil)
        #expect(throws: SocketFault.invalidText) {
            try assembler.take(frame(.continuation, bytes: [0x41], isFinal: false), inflater: nil)
        }
    }

    @Test func `text that ends within a character is refused`() {
        var assembler = MessageAssembler(longestMessage: 100)
        #expect(throws: SocketFault.invalidText) {
            try assembler.take(frame(.text, bytes: [0xE2, 0x82]), inflater: nil)
        }
    }

    @Test func `pieces may not be longer together than one message`() throws {
        var assembler = MessageAssembler(longestMessage: 6)
        _ = try assembler.take(frame(.text, "abc", isFinal: false), inflater: nil)
        _ = try assembler.take(frame(.continuation, "def", isFinal: false), inflater: nil)
        #expect(throws: SocketFault.messageTooBig) {
            try assembler.take(frame(.continuation, "g"), inflater: nil)
        }
    }

    @Test func `pieces out of order are refused`() throws {
        var assembler = MessageAssembler(longestMessage: 100)
        #expect(throws: SocketFault.strayContinuation) {
            try assembler.take(frame(.continuation, "a"), inflater: nil)
        }
        _ = try assembler.take(frame(.text, "a", isFinal: false), inflater: nil)
        #expect(throws: SocketFault.interleavedMessage) { try assembler.take(frame(.text, "b"), inflater: nil) }
    }

    @Test(
        arguments: [([], nil), ([0x03, 0xE8], 1000), ([0x0F, 0xA1, 0x62, 0x79, 0x65], 4001)] as [([UInt8], UInt16?)]
    )
    func `a client may close with a code, a reason, or without a word`(payload: [UInt8], code: UInt16?) throws {
        var assembler = MessageAssembler(longestMessage: 100)
        #expect(try assembler.take(frame(.close, bytes: payload), inflater: nil) == .close(code: code))
    }

    @Test(
        arguments: [
            ([0x03], .malformedClose),
            ([0x03, 0xEC], .malformedClose),
            ([0x03, 0xED], .malformedClose),
            ([0x03, 0xEE], .malformedClose),
            ([0x00, 0x00], .malformedClose),
            ([0x07, 0xD0], .malformedClose),
            ([0x13, 0x88], .malformedClose),
            ([0x03, 0xE8, 0xFF], .invalidText),
        ] as [([UInt8], SocketFault)]
    )
    func `a client may not close with what nobody may send`(payload: [UInt8], fault: SocketFault) {
        var assembler = MessageAssembler(longestMessage: 100)
        #expect(throws: fault) { try assembler.take(frame(.close, bytes: payload), inflater: nil) }
    }
}

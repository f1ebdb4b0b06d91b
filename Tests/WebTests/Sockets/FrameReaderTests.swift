import NIOCore
import Testing

@testable import Web

struct FrameReaderTests {
    private let reader = FrameReader(longestPayload: 8192, mayBeCompressed: false)

    @Test func `a frame is found however it is cut`() throws {
        let bytes = WireClient.frame(0x81, Array("Привет".utf8)) + WireClient.frame(0x8A)
        var buffer = ByteBuffer()
        var frames: [Frame] = []
        for byte in bytes {
            buffer.writeInteger(byte)
            if let frame = try reader.next(&buffer) { frames.append(frame) }
        }
        #expect(frames.map(\.opcode) == [.text, .pong])
        #expect(frames.first.map { String(buffer: $0.payload) } == "Привет")
        #expect(buffer.readableBytes == 0)
    }

    @Test(arguments: [0, 1, 125, 126, 127, 8192]) func `lengths of every kind are read`(length: Int) throws {
        let payload = [UInt8](repeating: 0x61, count: length)
        var buffer = ByteBuffer(bytes: WireClient.frame(0x01, payload))
        let frame = try #require(try reader.next(&buffer))
        #expect(!frame.isFinal)
        #expect(Array(frame.payload.readableBytesView) == payload)
    }

    @Test(
        arguments: [
            ([0x83], .unknownOpcode(3)),
            ([0x87], .unknownOpcode(7)),
            ([0x8B], .unknownOpcode(11)),
            ([0x8F], .unknownOpcode(15)),
            ([0xA1], .reservedBits),
            ([0x91], .reservedBits),
            ([0xC1], .reservedBits),
            ([0x82], .binary),
            ([0x02], .binary),
            ([0x09], .fragmentedControl),
            ([0x08], .fragmentedControl),
            ([0x81, 0x05], .unmasked),
            ([0x89, 0xFE], .oversizedControl),
            ([0x88, 0xFF], .oversizedControl),
            ([0x81, 0xFE, 0x00, 0x7D], .wastefulLength),
            ([0x81, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], .wastefulLength),
            ([0x81, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0], .wastefulLength),
            ([0x81, 0xFE, 0x20, 0x01], .messageTooBig),
            ([0x81, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], .messageTooBig),
        ] as [([UInt8], SocketFault)]
    )
    func `what clients must not send is refused before its payload comes`(bytes: [UInt8], fault: SocketFault) {
        var buffer = ByteBuffer(bytes: bytes)
        #expect(throws: fault) { try reader.next(&buffer) }
    }

    @Test func `only beginnings of messages may be marked as compressed, and only when that was agreed on`() throws {
        let reader = FrameReader(longestPayload: 8192, mayBeCompressed: true)
        var message = ByteBuffer(bytes: WireClient.frame(0xC1, [1]))
        #expect(try reader.next(&message)?.isCompressed == true)
        for first in [0xC0, 0xC9] as [UInt8] {
            var buffer = ByteBuffer(bytes: WireClient.frame(first, [1]))
            #expect(throws: SocketFault.reservedBits) { try reader.next(&buffer) }
        }
    }
}

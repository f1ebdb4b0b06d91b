import NIOCore
import Testing

@testable import Web

struct DeflateTests {
    @Test func `the example of the RFC is read`() throws {
        // Source: RFC 7692, section 7.2.3.1.
        let inflater = try #require(Inflater())
        let message = ByteBuffer(bytes: [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00])
        #expect(try inflater.inflate(message, atMost: 100) == ByteBuffer(string: "Hello"))
        #expect(try inflater.inflate(message, atMost: 5) == ByteBuffer(string: "Hello"))
    }

    @Test func `a message may end with a final block`() throws {
        // Source: RFC 7692, section 7.2.3.4.
        let inflater = try #require(Inflater())
        let message = ByteBuffer(bytes: [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00])
        #expect(try inflater.inflate(message, atMost: 100) == ByteBuffer(string: "Hello"))
    }

    @Test func `messages are compressed each by itself, so that one may be missed`() throws {
        let deflater = try #require(Deflater())
        let inflater = try #require(Inflater())
        for number in 1...3 {
            let message = ByteBuffer(string: String(repeating: "сообщение \(number) ", count: 50))
            let compressed = try #require(deflater.deflate(message))
            #expect(compressed.readableBytes < message.readableBytes / 5)
            if number != 2 { #expect(try inflater.inflate(compressed, atMost: 8192) == message) }
        }
    }

    @Test func `what does not get shorter stays as it is`() throws {
        #expect(try #require(Deflater()).deflate(ByteBuffer(string: "ok")) == nil)
    }

    @Test func `a bomb is refused without being made`() throws {
        let bomb = try #require(Deflater()?.deflate(ByteBuffer(repeating: 0x61, count: 4_000_000)))
        #expect(bomb.readableBytes < 8192)
        let inflater = try #require(Inflater())
        #expect(throws: SocketFault.messageTooBig) { try inflater.inflate(bomb, atMost: 8192) }
    }

    @Test func `what is not compressed data is refused, and the next message is read`() throws {
        let inflater = try #require(Inflater())
        #expect(throws: SocketFault.undecodable) {
            try inflater.inflate(ByteBuffer(bytes: [0xFF, 0xFF, 0xFF]), atMost: 100)
        }
        let message = ByteBuffer(bytes: [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00])
        #expect(try inflater.inflate(message, atMost: 100) == ByteBuffer(string: "Hello"))
    }

    @Test(arguments: [
        ("permessage-deflate", ""),
        ("permessage-deflate; client_max_window_bits", ""),
        ("Permessage-Deflate ; client_max_window_bits=10;server_no_context_takeover", ""),
        ("x-webkit-deflate-frame, permessage-deflate", ""),
        ("permessage-deflate; server_max_window_bits=10, permessage-deflate", ""),
        ("permessage-deflate; server_max_window_bits=15", "; server_max_window_bits=15"),
        ("permessage-deflate; server_max_window_bits=\"15\"", "; server_max_window_bits=15"),
    ]) func `an offer that suits is taken without context takeover`(offers: String, window: String) {
        let expected = "permessage-deflate; server_no_context_takeover; client_no_context_takeover" + window
        #expect(DeflateOffer.answer(to: offers) == expected)
    }

    @Test(arguments: [
        "", "x-other", "permessage-deflate; server_max_window_bits=12", "permessage-deflate; server_max_window_bits",
        "permessage-deflate; client_max_window_bits=16", "permessage-deflate; client_max_window_bits=08",
        "permessage-deflate; unknown", "permessage-deflate; client_no_context_takeover=1", "permessage-deflate;",
        "permessage-deflate; client_max_window_bits; client_max_window_bits",
    ]) func `an offer that does not suit is passed over`(offers: String) {
        #expect(DeflateOffer.answer(to: offers) == nil)
    }
}

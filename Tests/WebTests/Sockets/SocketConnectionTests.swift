import Foundation
import NIOCore
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1))) struct SocketConnectionTests {
    @Test func `pieces with a ping between them come as one message`() async throws {
        try await SocketStand.run { stand in
            let client = try await stand.open()
            try await client.send(WireClient.frame(0x01, Array("При".utf8)))
            try await client.send(WireClient.frame(0x89, Array("are you there".utf8)))
            #expect(try await client.nextFrame() == .init(first: 0x8A, payload: ByteBuffer(string: "are you there")))
            try await client.send(WireClient.frame(0x80, Array("вет".utf8)))
            #expect(try await client.nextText() == "Привет")
        }
    }

    @Test func `bytes may come one at a time`() async throws {
        try await SocketStand.run { stand in
            let client = try await stand.open()
            for byte in WireClient.frame(0x81, Array("slowly".utf8)) { try await client.send([byte]) }
            #expect(try await client.nextText() == "slowly")
        }
    }

    @Test func `a message of 8 KiB is heard, one byte more is too big`() async throws {
        try await SocketStand.run { stand in
            let client = try await stand.open()
            let longest = String(repeating: "a", count: 8192)
            try await client.send(text: longest)
            #expect(try await client.nextText() == longest)
            try await client.send(text: longest + "a")
            #expect(try await client.nextCloseCode() == 1009)
            try await client.hasEnded()
        }
    }

    @Test(
        arguments: [
            ("a binary message", WireClient.frame(0x82, [1, 2, 3]), 1003),
            ("an unmasked frame", [0x81, 0x02, 0x61, 0x62], 1002),
            ("an unknown opcode", WireClient.frame(0x83), 1002),
            ("an unknown control opcode", WireClient.frame(0x8C), 1002),
            ("reserved bits", WireClient.frame(0xB1), 1002),
            ("compression that was not agreed on", WireClient.frame(0xC1, [0x00]), 1002),
            ("a ping in pieces", WireClient.frame(0x09), 1002),
            ("a ping that is too long", [0x89, 0xFE, 0x00, 0x7E], 1002),
            ("a stray piece", WireClient.frame(0x80), 1002),
            ("a message within a message", WireClient.frame(0x01) + WireClient.frame(0x81), 1002),
            ("text that is not UTF-8", WireClient.frame(0x81, [0xC3, 0x28]), 1007),
            (
                "pieces that are too big together",
                [0x01, 0x00, 0x00].flatMap {
                    WireClient.frame($0, [UInt8](repeating: 0x61, count: 4000))
                }, 1009
            ),
            (
                "a length that means to fill the memory", [0x81, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
                1009
            ),
            ("a closing frame with half a code", WireClient.frame(0x88, [0x03]), 1002),
            ("a code that nobody may send", WireClient.close(1006), 1002),
        ] as [(String, [UInt8], UInt16)]
    )
    func `a broken rule ends the socket with its code, and no other`(
        what: String,
        bytes: [UInt8],
        code: UInt16
    ) async throws {
        let listener = Listener()
        try await SocketStand.run(door: ScriptedDoor(to: listener)) { stand in
            let other = try await stand.open()
            let client = try await stand.open()
            try await client.send(bytes)
            #expect(try await client.nextCloseCode() == code)
            try await client.hasEnded()
            try await other.send(text: "unmoved")
            var heard = listener.heard.makeAsyncIterator()
            var letters: Set<String> = []
            for _ in 1...4 { letters.insert("\(try #require(await heard.next()))") }
            #expect(letters.contains("text(\"unmoved\")"))
            #expect(letters.contains { $0.hasPrefix("closed(Web.SocketEnd.byServer") })
        }
    }

    @Test func `the client's closing frame is answered with its code`() async throws {
        let listener = Listener()
        try await SocketStand.run(door: ScriptedDoor(to: listener)) { stand in
            let client = try await stand.open()
            try await client.send(WireClient.close(4321))
            #expect(try await client.nextCloseCode() == 4321)
            try await client.hasEnded()
            var heard = listener.heard.makeAsyncIterator()
            #expect(await heard.next() == .opened)
            #expect(await heard.next() == .closed(.byClient(code: 4321)))
        }
    }

    @Test func `a client that goes without a word is lost`() async throws {
        let listener = Listener()
        try await SocketStand.run(door: ScriptedDoor(to: listener)) { stand in
            let client = try await stand.open()
            try await client.channel.close()
            var heard = listener.heard.makeAsyncIterator()
            #expect(await heard.next() == .opened)
            #expect(await heard.next() == .closed(.lost))
            #expect(stand.hub.count == 0)
        }
    }

    @Test func `the server closes after what it sent before, and hears nothing after it`() async throws {
        let listener = Listener()
        var limits = SocketStand.limits
        // This client does answer, however busy the machine is.
        limits.closing = .seconds(30)
        try await SocketStand.run(limits: limits, door: ScriptedDoor(to: listener)) { stand in
            let client = try await stand.open()
            var heard = listener.heard.makeAsyncIterator()
            #expect(await heard.next() == .opened)
            let socket = try #require(listener.opened.first)
            stand.hub.send(SharedFrame("last words"), to: socket)
            stand.hub.close(socket, .removed)
            stand.hub.send(SharedFrame("too late"), to: socket)
            #expect(try await client.nextText() == "last words")
            #expect(try await client.nextCloseCode() == 4003)
            try await client.send(text: "nobody hears this")
            try await client.send(WireClient.close(4003))
            try await client.hasEnded()
            #expect(await heard.next() == .closed(.byServer(.removed)))
        }
    }

    @Test func `a client that does not answer the closing frame is cut off`() async throws {
        let listener = Listener()
        var limits = SocketStand.limits
        limits.closing = .milliseconds(50)
        try await SocketStand.run(limits: limits, door: ScriptedDoor(to: listener)) { stand in
            let client = try await stand.open()
            var heard = listener.heard.makeAsyncIterator()
            #expect(await heard.next() == .opened)
            stand.hub.close(try #require(listener.opened.first), .sessionEnded)
            #expect(try await client.nextCloseCode() == 4001)
            try await client.hasEnded()
        }
    }

    @Test func `10,000 messages in a burst are handled in order, and never many at once`() async throws {
        let listener = Listener(handles: 0)
        try await SocketStand.run(door: ScriptedDoor(to: listener)) { stand in
            let client = try await stand.open()
            let burst = (1...10_000).flatMap { WireClient.frame(0x81, Array("\($0)".utf8)) }
            let sending = Task { try await client.send(burst) }
            var heard = listener.heard.makeAsyncIterator()
            #expect(await heard.next() == .opened)
            #expect(await heard.next() == .text("1"))
            // Behind a session that handles nothing, other sockets work.
            let other = try await stand.open()
            try await other.send(WireClient.frame(0x89))
            #expect(try await other.nextFrame().opcode == 0xA)
            #expect(await heard.next() == .opened)
            listener.handle(.max / 2)
            for number in 2...10_000 {
                guard await heard.next() == .text("\(number)") else {
                    Issue.record("\(number) is missing")
                    break
                }
            }
            try await sending.value
        }
    }

    @Test func `a client whose session is behind is not read from`() async throws {
        let listener = Listener(handles: 0)
        try await SocketStand.run(door: ScriptedDoor(to: listener)) { stand in
            let client = try await WireClient.connect(to: stand.port)
            #expect(try await client.shakeHands().status == 101)
            // Far more than the server, and the systems on both sides, would buffer.
            let message = ByteBuffer(bytes: WireClient.frame(0x81, [UInt8](repeating: 0x61, count: 8192)))
            for _ in 1...4_000 { client.channel.write(message, promise: nil) }
            client.channel.flush()
            var heard = listener.heard.makeAsyncIterator()
            #expect(await heard.next() == .opened)
            _ = await heard.next()
            // Another socket is served meanwhile, until nothing more is taken from this one.
            let other = try await stand.open()
            var left = (bytes: 0, times: 0)
            while left.times < 200 {
                try await other.send(WireClient.frame(0x89))
                #expect(try await other.nextFrame().opcode == 0xA)
                let bytes = try await client.channel.getOption(.bufferedWritableBytes).get()
                left = (bytes, bytes == left.bytes ? left.times + 1 : 0)
            }
            #expect(left.bytes > 10_000_000)
            try await client.channel.close()
            listener.handle(.max / 2)
        }
    }

    @Test func `of a burst of pings at least the last one is answered`() async throws {
        try await SocketStand.run { stand in
            let client = try await stand.open()
            try await client.send((1...10_000).flatMap { WireClient.frame(0x89, Array("\($0)".utf8)) })
            var answers = 0
            while true {
                let frame = try await client.nextFrame()
                #expect(frame.opcode == 0xA)
                answers += 1
                if frame.text == "10000" { break }
            }
            #expect(answers < 10_000)
        }
    }

    @Test func `a silent client is pinged, and given up when it stays silent`() async throws {
        var limits = SocketStand.limits
        limits.ping = .milliseconds(40)
        limits.silence = .milliseconds(200)
        try await SocketStand.run(limits: limits) { stand in
            let client = try await stand.open()
            #expect(try await client.nextFrame() == .init(first: 0x89, payload: ByteBuffer()))
            #expect(try await client.nextCloseCode() == 1008)
            try await client.hasEnded()
        }
    }

    @Test func `a client that answers pings stays`() async throws {
        var limits = SocketStand.limits
        limits.ping = .milliseconds(100)
        limits.silence = .seconds(5)
        try await SocketStand.run(limits: limits) { stand in
            let client = try await stand.open()
            for _ in 1...60 {
                #expect(try await client.nextFrame().opcode == 9)
                try await client.send(WireClient.frame(0x8A))
            }
        }
    }
}

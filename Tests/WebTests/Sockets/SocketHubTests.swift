import Foundation
import HTTPTypes
import NIOCore
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1))) struct SocketHubTests {
    /// Each test has a door of its own: it leads to one hub only.
    private static var crowd: ScriptedDoor {
        ScriptedDoor { _, hub in .accept(SocketAcceptance(session: Crowd(hub: hub), permit: nil)) }
    }

    /// Clients in the crowd, each of which has heard its welcome and its own first word.
    private func join(_ stand: SocketStand, _ count: Int, extensions: String? = nil) async throws -> [WireClient] {
        var clients: [WireClient] = []
        for number in 1...count {
            let client = try await stand.open(extensions: extensions)
            #expect(try await client.nextText() == "welcome")
            try await client.send(text: "here \(number)")
            clients.append(client)
            for client in clients { #expect(try await client.nextText() == "here \(number)") }
        }
        return clients
    }

    @Test func `all in a room hear what is said there, in the same order`() async throws {
        try await SocketStand.run(door: Self.crowd) { stand in
            let clients = try await join(stand, 5)
            for number in 1...200 { stand.hub.broadcast(SharedFrame("\(number)"), in: Crowd.room) }
            for client in clients {
                for number in 1...200 { #expect(try await client.nextText() == "\(number)") }
            }
            #expect(stand.hub.count(in: Crowd.room) == 5)
        }
    }

    @Test func `in a room where messages are joined, nobody misses or repeats one`() async throws {
        var limits = SocketStand.limits
        limits.joining.listeners = 1
        limits.joining.window = .milliseconds(30)
        try await SocketStand.run(limits: limits, door: Self.crowd) { stand in
            let clients = try await join(stand, 3)
            let saying = Task {
                for number in 1...300 {
                    stand.hub.broadcast(SharedFrame("n \(number)"), in: Crowd.room)
                    await Task.yield()
                }
            }
            // Whoever comes in between hears all from some message on.
            let newcomer = try await stand.open()
            #expect(try await newcomer.nextText() == "welcome")
            await saying.value
            stand.hub.broadcast(SharedFrame("end"), in: Crowd.room)
            for client in clients {
                for number in 1...300 { #expect(try await client.nextText() == "n \(number)") }
                #expect(try await client.nextText() == "end")
            }
            var heard = [try await newcomer.nextText()]
            while heard.last != "end" { heard.append(try await newcomer.nextText()) }
            let all = (1...300).map { "n \($0)" } + ["end"]
            #expect(heard == Array(all.suffix(heard.count)))
        }
    }

    @Test func `what is sent to one comes after what its room heard before`() async throws {
        var limits = SocketStand.limits
        limits.joining.listeners = 1
        limits.joining.window = .milliseconds(200)
        let listener = Listener()
        try await SocketStand.run(limits: limits, door: ScriptedDoor(to: listener)) { stand in
            let client = try await stand.open()
            var heard = listener.heard.makeAsyncIterator()
            #expect(await heard.next() == .opened)
            let socket = try #require(listener.opened.first)
            stand.hub.join(socket, Crowd.room)
            for number in 1...50 {
                stand.hub.broadcast(SharedFrame("room \(number)"), in: Crowd.room)
                if number % 10 == 0 { stand.hub.send(SharedFrame("own \(number)"), to: socket) }
            }
            stand.hub.close(socket, .sessionEnded)
            for number in 1...50 {
                #expect(try await client.nextText() == "room \(number)")
                if number % 10 == 0 { #expect(try await client.nextText() == "own \(number)") }
            }
            #expect(try await client.nextCloseCode() == 4001)
        }
    }

    @Test func `who agreed on compression gets one that serves all, others get plain text`() async throws {
        try await SocketStand.run(door: Self.crowd) { stand in
            let client = try await WireClient.connect(to: stand.port)
            let answer = try await client.shakeHands(extensions: "permessage-deflate; client_max_window_bits")
            let agreed = "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
            #expect(answer.headers["sec-websocket-extensions"] == agreed)
            #expect(try await client.nextText() == "welcome")
            let plain = try await stand.open()
            #expect(try await plain.nextText() == "welcome")

            let text = String(repeating: "сжатый текст ", count: 100)
            let deflated = try #require(Deflater()?.deflate(ByteBuffer(string: text)))
            try await client.send(WireClient.frame(0xC1, Array(deflated.readableBytesView)))
            let frame = try await client.nextFrame()
            #expect(frame.isCompressed)
            #expect(try Inflater()?.inflate(frame.payload, atMost: 8192) == ByteBuffer(string: text))
            #expect(try await plain.nextText() == text)
        }
    }

    @Test func `a bomb ends the socket that sends it`() async throws {
        try await SocketStand.run(door: Self.crowd) { stand in
            let client = try await stand.open(extensions: "permessage-deflate")
            let bomb = try #require(Deflater()?.deflate(ByteBuffer(repeating: 0x61, count: 4_000_000)))
            try await client.send(WireClient.frame(0xC1, Array(bomb.readableBytesView)))
            #expect(try await client.nextCloseCode() == 1009)
        }
    }

    @Test func `a client that never reads is closed as too slow, and the others miss nothing`() async throws {
        var limits = SocketStand.limits
        limits.output = 64 * 1024
        limits.systemOutput = 4 * 1024
        try await SocketStand.run(limits: limits, door: Self.crowd) { stand in
            let others = try await join(stand, 2)
            let deaf = try await WireClient.connect(to: stand.port, reads: false)
            try await deaf.send(WireClient.handshake())
            while stand.hub.count(in: Crowd.room) < 3 { await Task.yield() }
            let long = String(repeating: "x", count: 4_000)
            var said = 0
            while stand.hub.count(in: Crowd.room) == 3 {
                said += 1
                stand.hub.broadcast(SharedFrame("\(said) \(long)"), in: Crowd.room)
                for other in others { #expect(try await other.nextText() == "\(said) \(long)") }
            }
            #expect(said > 10)
            #expect(said < 1_000)
            try await deaf.read()
            #expect(try await deaf.answer().status == 101)
            #expect(try await deaf.nextCloseCode() == 4008)
            stand.hub.broadcast(SharedFrame("goes on"), in: Crowd.room)
            for other in others { #expect(try await other.nextText() == "goes on") }
        }
    }

    @Test func `a room is closed with all that are in it`() async throws {
        try await SocketStand.run(door: Self.crowd) { stand in
            let clients = try await join(stand, 3)
            stand.hub.broadcast(SharedFrame("goodbye"), in: Crowd.room)
            stand.hub.close(Crowd.room, .sessionEnded)
            for client in clients {
                #expect(try await client.nextText() == "goodbye")
                #expect(try await client.nextCloseCode() == 4001)
            }
            #expect(stand.hub.count(in: Crowd.room) == 0)
        }
    }

    @Test func `a server that stops closes its sockets with 1001 and waits for them`() async throws {
        let clients = try await SocketStand.run(door: Self.crowd) { stand in try await join(stand, 3) }
        for client in clients {
            #expect(try await client.nextCloseCode() == 1001)
            try await client.hasEnded()
        }
    }

    @Test func `a permit is given back when its connection is gone`() async throws {
        let quota = SocketQuota()
        let door = ScriptedDoor { _, hub in
            guard let permit = quota.reserve([.member("m"): 2]) else {
                return .refuse(ScriptedDoor.refusal(.tooManyRequests, "too_many_sockets"))
            }
            return .accept(SocketAcceptance(session: Echo(hub: hub), permit: permit))
        }
        try await SocketStand.run(door: door) { stand in
            let first = try await stand.open()
            _ = try await stand.open()
            #expect(try await WireClient.connect(to: stand.port).shakeHands().status == 429)
            try await first.send(WireClient.close(1000))
            try await first.hasEnded()
            try await first.channel.close()
            while quota.count(of: .member("m")) == 2 { await Task.yield() }
            #expect(try await WireClient.connect(to: stand.port).shakeHands().status == 101)
        }
    }
}

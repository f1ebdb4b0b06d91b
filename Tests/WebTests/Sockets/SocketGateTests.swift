import Foundation
import HTTPTypes
import NIOCore
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1))) struct SocketGateTests {
    @Test func `a handshake opens a socket, and frames go both ways`() async throws {
        try await SocketStand.run { stand in
            let client = try await WireClient.connect(to: stand.port)
            let answer = try await client.shakeHands(path: "/ws/42?since=7")
            #expect(answer.status == 101)
            #expect(answer.headers["sec-websocket-accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
            try await client.send(text: "привет")
            #expect(try await client.nextText() == "привет")
        }
    }

    @Test func `the decision is told the request and where it comes from`() async throws {
        let door = ScriptedDoor { request, hub in
            let isAsExpected =
                request.head.path == "/ws/42?since=7" && request.head.headerFields[.origin] == "https://club.example"
                && request.peer?.ipAddress == "127.0.0.1"
            guard isAsExpected else { return .refuse(ScriptedDoor.refusal(.forbidden, "unexpected")) }
            return .accept(SocketAcceptance(session: Echo(hub: hub), permit: nil))
        }
        try await SocketStand.run(door: door) { stand in
            let client = try await WireClient.connect(to: stand.port)
            let answer = try await client.shakeHands(
                path: "/ws/42?since=7",
                fields: ["Origin": "https://club.example"]
            )
            #expect(answer.status == 101)
        }
    }

    @Test(
        arguments: [
            (.unauthorized, 401), (.forbidden, 403), (.notFound, 404), (.gone, 410), (.tooManyRequests, 429),
            (.serviceUnavailable, 503),
        ] as [(HTTPResponse.Status, Int)]
    )
    func `a refusal is a plain answer before the upgrade`(status: HTTPResponse.Status, code: Int) async throws {
        let door = ScriptedDoor { _, _ in .refuse(ScriptedDoor.refusal(status, "because")) }
        try await SocketStand.run(door: door) { stand in
            let client = try await WireClient.connect(to: stand.port)
            let answer = try await client.shakeHands()
            #expect(answer.status == code)
            #expect(answer.body == #"{"error":{"code":"because"}}"#)
            #expect(answer.headers["connection"] == "close")
            try await client.hasEnded()
            #expect(stand.hub.count == 0)
        }
    }

    @Test func `a connection that has served pages may become a socket`() async throws {
        try await SocketStand.run { stand in
            let client = try await WireClient.connect(to: stand.port)
            for _ in 1...2 {
                try await client.send(Array("GET / HTTP/1.1\r\nHost: h\r\n\r\n".utf8))
                #expect(try await client.answer().body == SocketStand.page)
            }
            #expect(try await client.shakeHands().status == 101)
            try await client.send(text: "still here")
            #expect(try await client.nextText() == "still here")
        }
    }

    @Test func `a page that was asked for first is answered first`() async throws {
        try await SocketStand.run { stand in
            let client = try await WireClient.connect(to: stand.port)
            try await client.send(Array("GET / HTTP/1.1\r\nHost: h\r\n\r\n".utf8) + WireClient.handshake())
            #expect(try await client.answer().body == SocketStand.page)
            #expect(try await client.answer().status == 101)
        }
    }

    @Test func `frames that come with the handshake are not lost`() async throws {
        try await SocketStand.run { stand in
            let client = try await WireClient.connect(to: stand.port)
            try await client.send(WireClient.handshake() + WireClient.frame(0x81, Array("early".utf8)))
            #expect(try await client.answer().status == 101)
            #expect(try await client.nextText() == "early")
        }
    }

    @Test(arguments: [
        ["Sec-WebSocket-Key": "short"], ["Sec-WebSocket-Key": ""], ["Content-Length": "3"], ["Host": ""],
    ]) func `a handshake that is not in order is refused with 400`(fields: [String: String]) async throws {
        try await SocketStand.run { stand in
            let client = try await WireClient.connect(to: stand.port)
            try await client.send(WireClient.handshake(fields: fields) + Array("abc".utf8))
            let answer = try await client.answer()
            #expect(answer.status == 400)
            #expect(answer.body.isEmpty || answer.body.contains("malformed_handshake"))
        }
    }

    @Test func `an old HTTP version is refused with 400`() async throws {
        try await SocketStand.run { stand in
            let client = try await WireClient.connect(to: stand.port)
            #expect(try await client.shakeHands(version: "HTTP/1.0").status == 400)
        }
    }

    @Test func `another version of the protocol is told which one is spoken`() async throws {
        try await SocketStand.run { stand in
            let client = try await WireClient.connect(to: stand.port)
            let answer = try await client.shakeHands(fields: ["Sec-WebSocket-Version": "8"])
            #expect(answer.status == 426)
            #expect(answer.headers["sec-websocket-version"] == "13")
        }
    }

    @Test(arguments: ["websocket", "h2c"]) func `elsewhere a wish to upgrade is passed over`(
        upgrade: String
    ) async throws {
        try await SocketStand.run { stand in
            let client = try await WireClient.connect(to: stand.port)
            let answer = try await client.shakeHands(path: "/elsewhere", fields: ["Upgrade": upgrade])
            #expect(answer.status == 200)
            #expect(answer.body == SocketStand.page)
            #expect(answer.headers["connection"] == "close")
            try await client.hasEnded()
        }
    }

    @Test func `a decision that takes too long is refused, and what it lets in later is let go of`() async throws {
        let quota = SocketQuota()
        let (decisions, decide) = AsyncStream.makeStream(of: Void.self)
        let (results, result) = AsyncStream.makeStream(of: Int.self)
        let door = ScriptedDoor { _, hub in
            let permit = quota.reserve([.member("m"): 1])
            // A task of its own is not cancelled with the decision.
            await Task { for await _ in decisions { break } }.value
            result.yield(quota.count(of: .member("m")))
            return .accept(SocketAcceptance(session: Echo(hub: hub), permit: permit))
        }
        var limits = SocketStand.limits
        limits.decision = .milliseconds(50)
        try await SocketStand.run(limits: limits, door: door) { stand in
            let client = try await WireClient.connect(to: stand.port)
            let answer = try await client.shakeHands()
            #expect(answer.status == 503)
            #expect(answer.headers["retry-after"] == "5")
            decide.yield()
            var counts = results.makeAsyncIterator()
            #expect(await counts.next() == 1)
            #expect(stand.hub.count == 0)
        }
        while quota.count(of: .member("m")) > 0 { await Task.yield() }
    }

    @Test func `only so many handshakes are decided on at once`() async throws {
        let (decisions, decide) = AsyncStream.makeStream(of: Void.self)
        let (begun, begins) = AsyncStream.makeStream(of: Void.self)
        let door = ScriptedDoor { _, hub in
            begins.yield()
            for await _ in decisions { break }
            return .accept(SocketAcceptance(session: Echo(hub: hub), permit: nil))
        }
        var limits = SocketStand.limits
        limits.undecided = 1
        try await SocketStand.run(limits: limits, door: door) { stand in
            let first = try await WireClient.connect(to: stand.port)
            try await first.send(WireClient.handshake())
            var waiting = begun.makeAsyncIterator()
            await waiting.next()
            let second = try await WireClient.connect(to: stand.port)
            #expect(try await second.shakeHands().status == 503)
            decide.yield()
            #expect(try await first.answer().status == 101)
        }
    }

    @Test func `nobody is let in while the server shuts down`() async throws {
        try await SocketStand.run { stand in
            stand.hub.drain()
            let client = try await WireClient.connect(to: stand.port)
            let answer = try await client.shakeHands()
            #expect(answer.status == 503)
            #expect(answer.body.contains("draining"))
        }
    }

    @Test func `thousands who connect and say nothing lose their places, and others are served`() async throws {
        var limits = SocketStand.limits
        limits.headless = 100
        try await SocketStand.run(limits: limits) { stand in
            let socket = try await stand.open()
            let half = Array(WireClient.handshake().dropLast(2))
            var silent: [WireClient] = []
            for _ in 1...3_000 {
                let client = try await WireClient.connect(to: stand.port)
                // The server may have closed it already.
                try? await client.send(half)
                silent.append(client)
                guard silent.count > 200 else { continue }
                let oldest = silent.removeFirst()
                try await oldest.hasEnded()
                try? await oldest.channel.close()
            }
            #expect(try await WireClient.connect(to: stand.port).shakeHands().status == 101)
            try await socket.send(text: "still here")
            #expect(try await socket.nextText() == "still here")
            for client in silent { try? await client.channel.close() }
        }
    }
}

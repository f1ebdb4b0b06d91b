import Foundation
import HTTPClient
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct LimitTests {
    @Test func `a request ends at its deadline and its connection is closed`() async throws {
        let isClosed = Latch()
        let server = try LoopbackServer { connection in
            _ = try connection.readRequest()
            try connection.waitForClose()
            isClosed.open()
        }
        let client = try HTTPClient()
        let clock = ContinuousClock()
        let start = clock.now
        let error = try await #require(throws: HTTPError.self) {
            try await client.send(HTTPRequest(method: .post, url: server.url(), deadline: .milliseconds(150)))
        }
        #expect(error == .deadlineExceeded(try #require(error.attempt)))
        #expect(error.requestMayHaveBeenSent)
        #expect(clock.now - start >= .milliseconds(150))
        await isClosed.wait()
    }

    @Test(arguments: [Duration.zero, .seconds(-1)])
    func `a deadline that has passed already sends nothing`(deadline: Duration) async throws {
        let server = try LoopbackServer.answering { _ in answer(200) }
        let client = try HTTPClient()
        let error = try await #require(throws: HTTPError.self) {
            try await client.send(HTTPRequest(url: server.url(), deadline: deadline))
        }
        #expect(error == .deadlineExceeded(try #require(error.attempt)))
        #expect(!error.requestMayHaveBeenSent)
        #expect(server.connections == 0)
    }

    @Test func `an answer that trickles does not outlive the deadline`() async throws {
        let isOver = Latch()
        let server = try LoopbackServer { connection in
            _ = try connection.readRequest()
            try connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
            while true {
                try connection.write("x")
                try? isOver.block(milliseconds: 10)
            }
        }
        let client = try HTTPClient()
        let error = try await #require(throws: HTTPError.self) {
            try await client.send(HTTPRequest(url: server.url(), deadline: .milliseconds(200)))
        }
        #expect(error == .deadlineExceeded(try #require(error.attempt)))
        isOver.open()
    }

    @Test func `a deadline counts while the request waits for its turn`() async throws {
        let isHeld = Latch()
        let isReleased = Latch()
        let server = try LoopbackServer { connection in
            _ = try connection.readRequest()
            isHeld.open()
            try isReleased.block()
            try connection.write(answer(200))
        }
        let client = try HTTPClient(.init(maximumTransfers: 1))
        let request = HTTPRequest(url: try server.url())
        async let first = client.send(request)
        await isHeld.wait()
        let error = try await #require(throws: HTTPError.self) {
            try await client.send(HTTPRequest(url: server.url(), deadline: .milliseconds(50)))
        }
        #expect(error == .deadlineExceeded(try #require(error.attempt)))
        #expect(!error.requestMayHaveBeenSent)
        isReleased.open()
        #expect(try await first.status == 200)
        #expect(server.requests.count == 1)
    }

    @Test func `200 requests at a limit of 8 are all answered and at most 8 are under way`() async throws {
        let load = Mutex((now: 0, most: 0))
        let isFull = Latch()
        let server = try LoopbackServer { connection in
            while true {
                let request = try connection.readRequest()
                let now = load.withLock { load in
                    load = (load.now + 1, max(load.most, load.now + 1))
                    return load.now
                }
                if now == 8 {
                    isFull.open()
                }
                // The first eight are held until they are eight.
                try isFull.block()
                load.withLock { $0.now -= 1 }
                try connection.write(answer(200, request.text))
            }
        }
        let client = try HTTPClient(.init(maximumTransfers: 8))
        let url = try server.url()
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 1...200 {
                group.addTask {
                    let body = HTTPBody.bytes(Data("\(number)".utf8), contentType: "text/plain")
                    let response = try await client.send(HTTPRequest(method: .post, url: url, body: body))
                    return String(decoding: response.body, as: UTF8.self)
                }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(answers == Set((1...200).map { "\($0)" }))
        #expect(server.connections == 8)
        #expect(load.withLock(\.most) == 8)
    }

    @Test func `waiting requests get their turn in order`() async throws {
        let isHeld = Latch()
        let isReleased = Latch()
        let server = try LoopbackServer { connection in
            while true {
                let request = try connection.readRequest()
                if request.line.contains("/first") {
                    isHeld.open()
                    try isReleased.block()
                }
                try connection.write(answer(200))
            }
        }
        let client = try HTTPClient(.init(maximumTransfers: 1))
        let first = HTTPRequest(url: try server.url("/first"))
        async let held = client.send(first)
        await isHeld.wait()
        let urls = try (1...20).map { try server.url("/\($0)") }
        let tasks = urls.map { url in Task.immediate { try await client.send(HTTPRequest(url: url)) } }
        isReleased.open()
        for task in tasks {
            _ = try await task.value
        }
        _ = try await held
        let expected = ["GET /first HTTP/1.1"] + (1...20).map { "GET /\($0) HTTP/1.1" }
        #expect(server.requests.map(\.line) == expected)
    }

    @Test func `one request more than may wait is refused at once`() async throws {
        let isHeld = Latch()
        let server = try LoopbackServer { connection in
            _ = try connection.readRequest()
            isHeld.open()
            try connection.waitForClose()
        }
        let client = try HTTPClient(.init(maximumTransfers: 1))
        let request = HTTPRequest(url: try server.url())
        let tasks = (1...4097).map { _ in Task.immediate { try await client.send(request) } }
        await isHeld.wait()
        let error = try await #require(throws: HTTPError.self) { try await client.send(request) }
        #expect(error == .overloaded(try #require(error.attempt)))
        #expect(!error.requestMayHaveBeenSent)
        await client.shutdown()
        for task in tasks {
            await #expect(throws: HTTPError.self) { try await task.value }
        }
    }

    @Test(arguments: ["Content-Length: 1001\r\n\r\n", "Connection: close\r\n\r\n"])
    func `an answer larger than allowed is an error`(head: String) async throws {
        let server = try LoopbackServer { connection in
            _ = try connection.readRequest()
            try connection.write("HTTP/1.1 200 OK\r\n" + head + String(repeating: "x", count: 1001))
        }
        let client = try HTTPClient()
        let error = try await #require(throws: HTTPError.self) {
            try await client.send(HTTPRequest(url: server.url(), maximumResponseBytes: 1000))
        }
        #expect(error == .responseTooLarge(try #require(error.attempt)))
        let response = try await client.send(HTTPRequest(url: server.url(), maximumResponseBytes: 1001))
        #expect(response.body.count == 1001)
    }

    @Test func `a head without end is an error`() async throws {
        let server = try LoopbackServer { connection in
            _ = try connection.readRequest()
            try connection.write("HTTP/1.1 200 OK\r\n")
            while true {
                try connection.write("X-Filler: \(String(repeating: "x", count: 1000))\r\n")
            }
        }
        let client = try HTTPClient()
        let error = try await #require(throws: HTTPError.self) {
            try await client.send(HTTPRequest(url: server.url()))
        }
        #expect(error == .responseTooLarge(try #require(error.attempt)))
    }
}

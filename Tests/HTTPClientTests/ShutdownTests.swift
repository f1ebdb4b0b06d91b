import Foundation
import HTTPClient
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ShutdownTests {
    @Test func `shutdown ends what is under way and what waits`() async throws {
        let isHeld = Latch()
        let isClosed = Latch()
        let server = try LoopbackServer { connection in
            _ = try connection.readRequest()
            isHeld.open()
            try connection.waitForClose()
            isClosed.open()
        }
        let client = try HTTPClient(.init(maximumTransfers: 1))
        let request = HTTPRequest(method: .post, url: try server.url())
        let first = Task.immediate { try await client.send(request) }
        await isHeld.wait()
        let second = Task.immediate { try await client.send(request) }
        await client.shutdown()
        await isClosed.wait()
        let ofFirst = try await #require(throws: HTTPError.self) { try await first.value }
        #expect(ofFirst == .shutDown(try #require(ofFirst.attempt)))
        #expect(ofFirst.requestMayHaveBeenSent)
        let ofSecond = try await #require(throws: HTTPError.self) { try await second.value }
        #expect(ofSecond == .shutDown(try #require(ofSecond.attempt)))
        #expect(!ofSecond.requestMayHaveBeenSent)
    }

    @Test func `after shutdown nothing is sent, and shutting down again is harmless`() async throws {
        let server = try LoopbackServer.answering { _ in answer(200) }
        let client = try HTTPClient()
        _ = try await client.send(HTTPRequest(url: server.url()))
        await client.shutdown()
        await client.shutdown()
        let error = try await #require(throws: HTTPError.self) {
            try await client.send(HTTPRequest(url: server.url()))
        }
        #expect(error == .shutDown(try #require(error.attempt)))
        #expect(server.requests.count == 1)
    }

    @Test func `a client that nobody holds any more closes its connections`() async throws {
        let isClosed = Latch()
        let server = try LoopbackServer { connection in
            _ = try connection.readRequest()
            try connection.write(answer(200))
            try connection.waitForClose()
            isClosed.open()
        }
        _ = try await HTTPClient().send(HTTPRequest(url: server.url()))
        await isClosed.wait()
    }
}

import Foundation
import HTTPClient
import Testing

@Suite(.timeLimit(.minutes(1)))
struct CancellationTests {
    /// Far more than a cancellation takes, far less than anything that it could be waiting for.
    private static let prompt: Duration = .seconds(10)

    @Test func `a cancelled long poll ends at once and closes its connection`() async throws {
        let isHeld = Latch()
        let isClosed = Latch()
        let server = try LoopbackServer { connection in
            _ = try connection.readRequest()
            isHeld.open()
            try connection.waitForClose()
            isClosed.open()
        }
        let client = try HTTPClient()
        let request = HTTPRequest(method: .post, url: try server.url("/getUpdates"), deadline: .seconds(50))
        let poll = Task { try await client.send(request) }
        await isHeld.wait()
        let clock = ContinuousClock()
        let cancelledAt = clock.now
        poll.cancel()
        let error = try await #require(throws: HTTPError.self) { try await poll.value }
        #expect(clock.now - cancelledAt < Self.prompt)
        #expect(error == .cancelled(try #require(error.attempt)))
        #expect(error.requestMayHaveBeenSent)
        await isClosed.wait()
    }

    @Test func `a task that is cancelled already sends nothing`() async throws {
        let server = try LoopbackServer.answering { _ in answer(200) }
        let client = try HTTPClient()
        let request = HTTPRequest(url: try server.url())
        let isCancelled = Latch()
        let task = Task {
            await isCancelled.wait()
            return try await client.send(request)
        }
        task.cancel()
        isCancelled.open()
        let error = try await #require(throws: HTTPError.self) { try await task.value }
        #expect(error == .cancelled(try #require(error.attempt)))
        #expect(!error.requestMayHaveBeenSent)
        #expect(server.requests.isEmpty)
    }

    @Test func `a request that waits for its turn can be cancelled`() async throws {
        let isHeld = Latch()
        let isReleased = Latch()
        let server = try LoopbackServer { connection in
            _ = try connection.readRequest()
            isHeld.open()
            try isReleased.block()
            try connection.write(answer(200, "first"))
        }
        let client = try HTTPClient(.init(maximumTransfers: 1))
        let request = HTTPRequest(url: try server.url())
        async let first = client.send(request)
        await isHeld.wait()
        let second = Task { try await client.send(request) }
        second.cancel()
        let error = try await #require(throws: HTTPError.self) { try await second.value }
        #expect(error == .cancelled(try #require(error.attempt)))
        #expect(!error.requestMayHaveBeenSent)
        isReleased.open()
        #expect(try await first.body == Data("first".utf8))
        #expect(server.requests.count == 1)
    }

    @Test func `cancelling one request leaves the others alone`() async throws {
        let isReleased = Latch()
        let server = try LoopbackServer { connection in
            let request = try connection.readRequest()
            guard request.line.contains("/kept") else { return try connection.waitForClose() }
            try isReleased.block()
            try connection.write(answer(200, "kept"))
        }
        let client = try HTTPClient()
        let kept = HTTPRequest(url: try server.url("/kept"))
        let dropped = HTTPRequest(url: try server.url("/dropped"))
        async let answers = withThrowingTaskGroup(of: Data.self) { group in
            for _ in 1...10 {
                group.addTask { try await client.send(kept).body }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let cancelled = (1...10).map { _ in Task { try await client.send(dropped) } }
        for task in cancelled {
            task.cancel()
            await #expect(throws: HTTPError.self) { try await task.value }
        }
        isReleased.open()
        #expect(try await answers == Array(repeating: Data("kept".utf8), count: 10))
    }

    @Test func `a cancelled upload ends at once`() async throws {
        let isReading = Latch()
        let isClosed = Latch()
        let server = try LoopbackServer { connection in
            _ = try connection.readHead()
            isReading.open()
            // Reads nothing more, so that the client cannot write on.
            try isClosed.block()
        }
        let file = try TemporaryFile(sparseBytes: 64 * 1024 * 1024)
        let client = try HTTPClient()
        let part = MultipartPart(
            name: "audio",
            content: .file(file.url, fileName: "a.ogg", contentType: "audio/ogg")
        )
        let request = HTTPRequest(method: .post, url: try server.url(), body: .multipart([part]))
        let upload = Task { try await client.send(request) }
        await isReading.wait()
        let clock = ContinuousClock()
        let cancelledAt = clock.now
        upload.cancel()
        let error = try await #require(throws: HTTPError.self) { try await upload.value }
        #expect(clock.now - cancelledAt < Self.prompt)
        #expect(error.requestMayHaveBeenSent)
        isClosed.open()
    }
}

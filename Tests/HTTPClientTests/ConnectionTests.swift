import Foundation
import HTTPClient
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ConnectionTests {
    @Test func `requests one after another share a connection`() async throws {
        let server = try LoopbackServer.answering { _ in answer(200, "x") }
        let client = try HTTPClient()
        for _ in 1...20 {
            _ = try await client.send(HTTPRequest(method: .post, url: server.url()))
        }
        #expect(server.requests.count == 20)
        #expect(server.connections == 1)
    }

    @Test func `two clients share no connection`() async throws {
        let server = try LoopbackServer.answering { _ in answer(200) }
        let clients = try [HTTPClient(), HTTPClient()]
        for client in clients + clients {
            _ = try await client.send(HTTPRequest(url: server.url()))
        }
        #expect(server.connections == 2)
    }

    @Test func `a connection on which a request failed is not used again`() async throws {
        let server = try LoopbackServer { connection in
            _ = try connection.readRequest()
            if connection.number == 1 {
                try connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly a part")
                return try connection.waitForClose()
            }
            try connection.write(answer(200, "whole"))
        }
        let client = try HTTPClient()
        let error = try await #require(throws: HTTPError.self) {
            try await client.send(HTTPRequest(url: server.url(), deadline: .milliseconds(100)))
        }
        #expect(error == .deadlineExceeded(try #require(error.attempt)))
        let response = try await client.send(HTTPRequest(url: server.url()))
        #expect(response.body == Data("whole".utf8))
        #expect(server.connections == 2)
    }

    @Test func `a POST is not repeated when a kept connection dies under it`() async throws {
        let server = try LoopbackServer { connection in
            _ = try connection.readRequest()
            try connection.write(answer(200))
            _ = try connection.readRequest()
        }
        let client = try HTTPClient()
        let request = HTTPRequest(
            method: .post,
            url: try server.url(),
            body: .bytes(Data("once".utf8), contentType: "x/y")
        )
        _ = try await client.send(request)
        let error = try await #require(throws: HTTPError.self) { try await client.send(request) }
        #expect(error == .connectionLost(try #require(error.attempt)))
        #expect(error.requestMayHaveBeenSent)
        #expect(server.requests.count == 2)
    }

    @Test func `a GET is repeated when a kept connection dies under it`() async throws {
        let server = try LoopbackServer { connection in
            _ = try connection.readRequest()
            try connection.write(answer(200, "\(connection.number)"))
            _ = try connection.readRequest()
        }
        let client = try HTTPClient()
        _ = try await client.send(HTTPRequest(url: server.url()))
        let response = try await client.send(HTTPRequest(url: server.url()))
        #expect(response.body == Data("2".utf8))
        #expect(server.requests.count == 3)
    }

    @Test func `TCP watches over a connection that is silent`() async throws {
        let isAsked = Latch()
        let isChecked = Latch()
        let server = try LoopbackServer { connection in
            _ = try connection.readRequest()
            // Carries the confirmation of the request, so that no timer for repeating it runs any more.
            try connection.write("HTTP/1.1 100 Continue\r\n\r\n")
            isAsked.open()
            try isChecked.block()
            try connection.write(answer(200))
        }
        let client = try HTTPClient()
        async let response = client.send(HTTPRequest(url: server.url()))
        await isAsked.wait()
        // The column after the addresses holds the state, 01 where the connection stands; that after the queues holds
        // the running timer, 02 where it is the one that asks a silent peer.
        let remote = "0100007F:" + String(format: "%04X", server.port)
        let table = try #require(try FileHandle(forReadingFrom: URL(filePath: "/proc/self/net/tcp")).readToEnd())
        let lines = String(decoding: table, as: UTF8.self).split(separator: "\n").map { $0.split(separator: " ") }
        let connections = lines.filter { $0.count > 5 && $0[2] == remote && $0[3] == "01" }
        // The kernel may list a connection twice where others come and go while the table is read.
        #expect(Set(connections.map { $0[5].prefix(2) }) == ["02"])
        isChecked.open()
        #expect(try await response.status == 200)
    }

    @Test func `something that is not HTTP is no answer`() async throws {
        let server = try LoopbackServer { connection in
            _ = try connection.readRequest()
            try connection.write("220 mail.example ESMTP ready for whatever you have\r\n")
        }
        let client = try HTTPClient()
        let error = try await #require(throws: HTTPError.self) {
            try await client.send(HTTPRequest(url: server.url()))
        }
        #expect(error == .malformedResponse(try #require(error.attempt)))
    }
}

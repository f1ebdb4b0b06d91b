import Foundation
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

/// A server on loopback that hands out the script for LiveKit, or another one.
final class ScriptOrigin: Sendable {
    private struct State {
        var script = SoundClub.script
        var asked = 0
        var port = 0
    }

    private let state = Mutex(State())

    var asked: Int { state.withLock(\.asked) }

    var address: URL {
        var parts = URLComponents()
        (parts.scheme, parts.host, parts.path) = ("http", "127.0.0.1", "/client.mjs")
        parts.port = state.withLock(\.port)
        return parts.url ?? URL(filePath: "/")
    }

    func change(to script: Data) { state.withLock { $0.script = script } }

    static func run(_ body: @escaping @Sendable (ScriptOrigin) async throws -> Void) async throws {
        let origin = ScriptOrigin()
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let channel = HTTP1Channel(responder: { request, writer, _ in
            let isThere = request.head.path == "/client.mjs"
            let script = origin.state.withLock { state in
                state.asked += 1
                return state.script
            }
            let bytes = isThere ? script : Data()
            let headers: HTTPFields = [.contentType: "text/javascript", .contentLength: "\(bytes.count)"]
            let head = HTTPResponse(status: isThere ? .ok : .notFound, headerFields: headers)
            try await writer.write(response: head, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        })
        let server = channel.server(
            configuration: ServerConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: Logger(label: "origin") { _ in SwiftLogNoOpLogHandler() }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            var listening = ports.makeAsyncIterator()
            let number = await listening.next() ?? 0
            origin.state.withLock { $0.port = number }
            try await body(origin)
            group.cancelAll()
        }
    }
}

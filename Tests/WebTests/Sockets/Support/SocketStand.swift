import Foundation
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

@testable import Web

/// A web port with sockets at `/ws` and one page everywhere else.
struct SocketStand: Sendable {
    static let page = "a page"

    /// The program's limits; but tests do not answer closing frames, and do not wait long for that.
    static var limits: SocketLimits {
        var limits = SocketLimits()
        limits.closing = .milliseconds(250)
        // However slow the machine, no ping comes where a test expects something else.
        limits.ping = .minutes(10)
        limits.silence = .minutes(20)
        return limits
    }

    let port: Int
    let hub: SocketHub
    let group: ServiceGroup

    /// Starts the server, runs `body`, and stops the server gracefully, which also waits for its sockets to close.
    static func run<Value: Sendable>(
        limits: SocketLimits = limits,
        door: ScriptedDoor = ScriptedDoor { _, hub in
            .accept(SocketAcceptance(session: Echo(hub: hub), permit: nil))
        },
        _ body: @escaping @Sendable (SocketStand) async throws -> Value
    ) async throws -> Value {
        let hub = SocketHub(limits: limits)
        door.serve(hub)
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let channel = SocketServerChannel(
            responder: { _, writer, _ in
                var headers = HTTPFields()
                headers[.contentLength] = "\(page.utf8.count)"
                let head = HTTPResponse(status: .ok, headerFields: headers)
                try await writer.write(response: head, body: ResponseBody(byteBuffer: ByteBuffer(string: page)))
            },
            configuration: HTTP1Channel.Configuration(idleTimeout: .seconds(60)),
            hub: hub,
            door: door
        )
        let logger = Logger(label: "socket-tests") { _ in SwiftLogNoOpLogHandler() }
        let server = channel.server(
            configuration: ServerConfiguration(address: .hostname("127.0.0.1", port: 0), backlog: 1024),
            onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: logger
        )
        let group = ServiceGroup(services: [server], logger: logger)
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var listening = ports.makeAsyncIterator()
            let stand = SocketStand(port: await listening.next() ?? 0, hub: hub, group: group)
            do {
                let value = try await body(stand)
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
                return value
            } catch {
                tasks.cancelAll()
                throw error
            }
        }
    }

    func open(path: String = "/ws", extensions: String? = nil) async throws -> WireClient {
        try await WireClient.open(to: port, path: path, extensions: extensions)
    }
}

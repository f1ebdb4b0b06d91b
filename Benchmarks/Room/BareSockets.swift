import Foundation
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Web

/// The sockets of the web port without the club: at `/crowd` everybody hears everything, at `/echo` everybody
/// themselves.
struct BareSockets {
    let ping: TimeAmount
    let threads: Int
    let logger: Logger

    /// The server. `onListening` is told its port.
    func server(onListening: @escaping @Sendable (_ port: Int) -> Void) -> any Service {
        var limits = SocketLimits()
        limits.ping = ping
        let hub = SocketHub(limits: limits)
        let channel = SocketServerChannel(
            responder: { _, writer, _ in
                let headers: HTTPFields = [.contentLength: "0"]
                let head = HTTPResponse(status: .notFound, headerFields: headers)
                try await writer.write(response: head, body: ResponseBody())
            },
            configuration: HTTP1Channel.Configuration(idleTimeout: .seconds(60)),
            hub: hub,
            door: OpenDoor(hub: hub)
        )
        return channel.server(
            configuration: ServerConfiguration(address: .hostname("127.0.0.1", port: 0), backlog: 4096),
            onServerRunning: { channel in onListening(channel.localAddress?.port ?? 0) },
            eventLoopGroup: MultiThreadedEventLoopGroup(numberOfThreads: threads),
            logger: logger
        )
    }
}

import ArgumentParser
import Foundation
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import UnixSignals
import Web

/// The sockets of the web port without the club: for measuring, and for foreign clients to judge.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serves sockets at /crowd and /echo, and writes the port to standard output."
    )

    @Option(help: "How many threads handle connections.")
    var threads = 1

    @Option(help: "Seconds between two pings of a client.")
    var ping = 20

    func run() async throws {
        var limits = SocketLimits()
        limits.ping = .seconds(Int64(ping))
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
        let logger = Logger(label: "room-bench")
        let server = channel.server(
            configuration: ServerConfiguration(address: .hostname("127.0.0.1", port: 0), backlog: 4096),
            onServerRunning: { channel in
                FileHandle.standardOutput.write(Data("\(channel.localAddress?.port ?? 0)\n".utf8))
            },
            eventLoopGroup: MultiThreadedEventLoopGroup(numberOfThreads: threads),
            logger: logger
        )
        let configuration = ServiceGroupConfiguration(
            services: [server],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        try await ServiceGroup(configuration: configuration).run()
    }
}

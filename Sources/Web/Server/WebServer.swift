import Crypto
import Domain
import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// The club's web server: pages, API, media and the rooms' sockets on one port.
///
/// It stops when its service group shuts down: no new connections, answers under way get `drain` to finish.
public struct WebServer: Service {
    /// How long answers that are under way may take when the server stops. Players hold theirs open for hours.
    static let drain: Duration = .seconds(5)
    /// Connections on which nothing comes for so long are closed, also those whose request never ends.
    static let idle: TimeAmount = .seconds(60)
    /// Most bytes of a request's head.
    static let longestHead = 16 * 1024
    /// Fewest bytes of the key that signs sessions. Source: RFC 7518, section 3.2.
    static let shortestKey = 32

    private let application: Application<RouterResponder<WebContext>>
    private let hub: SocketHub
    /// Every address that the server answers.
    let routes: RouteTable

    /// Reads and checks templates and assets; listens only when it is run. `onListening` is told the port as soon as
    /// connections are accepted.
    /// - Throws: What the operator has to put right, see `WebServerFault`.
    public init(
        _ configuration: WebConfiguration,
        services: WebServices,
        logger: Logger,
        onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) throws(WebServerFault) {
        let floor = try WebFloor(configuration, services: services, logger: logger)
        routes = floor.routes
        hub = services.sockets.hub
        let middlewares: [any MiddlewareProtocol<Request, Response, WebContext>] = [
            SecurityHeaders(isSecure: configuration.isSecure),
            Arrival(
                addresses: ClientAddress(trustedProxies: configuration.trustedProxies),
                language: configuration.language
            ),
            FailureAnswers(routes: routes, visitors: floor.visitors, pages: floor.pages, services: services),
            OriginCheck(publicURL: configuration.publicURL),
        ]
        application = Application(
            router: routes.router(behind: middlewares),
            server: Self.server(hub: hub, door: floor.door),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                serverName: nil
            ),
            onServerRunning: { channel in
                await onListening(channel.localAddress?.port ?? configuration.port)
            },
            logger: logger
        )
    }

    public func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            group.addTask {
                try await gracefulShutdown()
                hub.drain()
                try await Task.sleep(for: Self.drain)
            }
            try await group.next()
            group.cancelAll()
        }
    }

    /// How a connection is handled.
    private static func server(hub: SocketHub, door: RoomDoor) -> HTTPServerBuilder {
        let configuration = HTTP1Channel.Configuration(
            idleTimeout: idle,
            httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                maxHeaderFieldSize: longestHead,
                maxHeaderListSize: longestHead,
                maxHeaderFieldCount: 100
            )
        )
        return HTTPServerBuilder { responder in
            SocketServerChannel(responder: responder, configuration: configuration, hub: hub, door: door)
        }
    }
}

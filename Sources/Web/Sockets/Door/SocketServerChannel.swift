import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// A connection of the web port: HTTP/1.1 for pages and API, and WebSockets where the door leads.
///
/// The pipeline is that of `HTTP1Channel`, with a `SocketGate` in it and a decoder that hands on, rather than drops, what
/// follows a handshake.
package struct SocketServerChannel: HTTPChannelHandler {
    package typealias Value = HTTP1Channel.Value

    package let responder: HTTPChannelHandler.Responder
    private let configuration: HTTP1Channel.Configuration
    private let hub: SocketHub
    private let door: any SocketDoor
    private let headless: HeadlessConnections

    package init(
        responder: @escaping HTTPChannelHandler.Responder,
        configuration: HTTP1Channel.Configuration,
        hub: SocketHub,
        door: any SocketDoor
    ) {
        self.responder = responder
        self.configuration = configuration
        self.hub = hub
        self.door = door
        headless = HeadlessConnections(limits: hub.limits)
    }

    package func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            var limits = NIOHTTPDecoderLimitConfiguration()
            limits.maxHeaderFieldSize = configuration.httpDecoder.maxHeaderFieldSize
            limits.maxHeaderListSize = configuration.httpDecoder.maxHeaderListSize
            limits.maxHeaderFieldCount = configuration.httpDecoder.maxHeaderFieldCount
            let encoder = HTTPResponseEncoder()
            let decoder = ByteToMessageHandler(
                HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes, limitConfiguration: limits)
            )
            let codec = HTTP1ToHTTPServerCodec(secure: false)
            let gate = SocketGate(
                hub: hub,
                door: door,
                headless: headless,
                pipeline: SocketGate.Pipeline(encoder: encoder, decoder: decoder, codec: codec)
            )
            let idle = configuration.idleTimeout.map { Duration($0) }
            let handlers = channel.pipeline.syncOperations
            try handlers.addHandlers([encoder, decoder, gate, codec])
            try handlers.addHandler(HTTPConnectionStateHandler(idleTimeout: idle, logger: logger))
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel,
                configuration: NIOAsyncChannel.Configuration(isOutboundHalfClosureEnabled: true)
            )
        }
    }

    package func handle(value: Value, logger: Logger) async {
        await handleHTTP(asyncChannel: value, logger: logger)
    }
}

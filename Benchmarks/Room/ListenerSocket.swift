import NIOCore
import NIOPosix

/// One listener: shakes hands, waits for the room's state where there is one, then reads the numbers of messages.
final class ListenerSocket: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// The server did not open the socket.
    struct Refused: Error {}

    private let crowd: ListenerCrowd
    private let isOpen: EventLoopPromise<Void>
    private let entrance: Entrance
    private let number: Int
    private let isDeflating: Bool
    private var unread = ByteBuffer()
    private var isListening = false
    /// Nobody counts as being in who does not know the room yet.
    private var knowsRoom: Bool

    private init(
        _ number: Int,
        _ entrance: Entrance,
        crowd: ListenerCrowd,
        isDeflating: Bool,
        isOpen: EventLoopPromise<Void>
    ) {
        self.number = number
        self.entrance = entrance
        self.crowd = crowd
        self.isDeflating = isDeflating
        self.isOpen = isOpen
        knowsRoom = !entrance.isRoom
    }

    /// Opens the socket of one listener.
    /// - Returns: when they are in.
    static func open(
        _ number: Int,
        _ entrance: Entrance,
        crowd: ListenerCrowd,
        isDeflating: Bool,
        group: MultiThreadedEventLoopGroup
    ) async throws -> any Channel {
        let isOpen = group.next().makePromise(of: Void.self)
        do {
            let channel = try await ClientBootstrap(group: group)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let socket = ListenerSocket(
                            number,
                            entrance,
                            crowd: crowd,
                            isDeflating: isDeflating,
                            isOpen: isOpen
                        )
                        try channel.pipeline.syncOperations.addHandler(socket)
                    }
                }
                .connect(host: "127.0.0.1", port: entrance.port)
                .get()
            try await isOpen.futureResult.get()
            return channel
        } catch {
            isOpen.fail(error)
            throw error
        }
    }

    func channelActive(context: ChannelHandlerContext) {
        // Source of this key: RFC 6455, section 1.3.
        var head = [
            "GET \(entrance.path) HTTP/1.1",
            "Host: 127.0.0.1",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        ]
        if isDeflating { head.append("Sec-WebSocket-Extensions: permessage-deflate") }
        if entrance.isRoom { head.append("Authorization: Bearer \(entrance.tokens[number])") }
        let bytes = ByteBuffer(string: head.joined(separator: "\r\n") + "\r\n\r\n")
        context.writeAndFlush(Self.wrapOutboundOut(bytes), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = Self.unwrapInboundIn(data)
        if unread.readableBytes == 0 { unread = bytes } else { unread.writeBuffer(&bytes) }
        if !isListening { readHead() }
        guard isListening else { return }
        var numbers: [Int] = []
        while let frame = ServerFrame(readFrom: &unread) { take(frame, &numbers, context) }
        if unread.readableBytes == 0 { unread = ByteBuffer() } else { unread.discardReadBytes() }
        if !numbers.isEmpty { crowd.hears(numbers) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        isOpen.fail(Refused())
        crowd.loses()
    }

    private func readHead() {
        guard let end = unread.readableBytesView.firstRange(of: Array("\r\n\r\n".utf8)) else { return }
        let isSwitched = unread.readableBytesView.starts(with: Array("HTTP/1.1 101".utf8))
        unread.moveReaderIndex(to: end.upperBound)
        guard isSwitched else { return isOpen.fail(Refused()) }
        isListening = true
        if knowsRoom { isOpen.succeed(()) }
    }

    private func take(_ frame: ServerFrame, _ numbers: inout [Int], _ context: ChannelHandlerContext) {
        switch frame.kind {
        case .ping:
            context.writeAndFlush(Self.wrapOutboundOut(ClientFrame.pong(frame.payload)), promise: nil)
        case .text where !knowsRoom:
            // The first frame of a room is its state.
            knowsRoom = true
            isOpen.succeed(())
        case .text:
            switch crowd.meaning(of: frame, inRoom: entrance.isRoom) {
            case .message(let number): numbers.append(number)
            case .refusal: crowd.isRefused()
            case .other: break
            }
        case .other:
            break
        }
    }
}

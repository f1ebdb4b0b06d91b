import NIOCore
import NIOPosix

/// One listener: shakes hands, then reads the numbers with which messages begin.
final class ListenerSocket: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// The server did not open the socket.
    struct Refused: Error {}

    private let crowd: ListenerCrowd
    private let isOpen: EventLoopPromise<Void>
    private let path: String
    private var unread = ByteBuffer()
    private var isListening = false

    private init(path: String, crowd: ListenerCrowd, isOpen: EventLoopPromise<Void>) {
        self.path = path
        self.crowd = crowd
        self.isOpen = isOpen
    }

    static func open(
        port: Int,
        path: String,
        crowd: ListenerCrowd,
        group: MultiThreadedEventLoopGroup
    ) async throws -> any Channel {
        let isOpen = group.next().makePromise(of: Void.self)
        do {
            let channel = try await ClientBootstrap(group: group)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let socket = ListenerSocket(path: path, crowd: crowd, isOpen: isOpen)
                        try channel.pipeline.syncOperations.addHandler(socket)
                    }
                }
                .connect(host: "127.0.0.1", port: port)
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
        let head = """
            GET \(path) HTTP/1.1\r
            Host: 127.0.0.1\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \r

            """
        context.writeAndFlush(Self.wrapOutboundOut(ByteBuffer(string: head)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = Self.unwrapInboundIn(data)
        unread.writeBuffer(&bytes)
        if !isListening { readHead() }
        guard isListening else { return }
        var numbers: [Int] = []
        while let number = nextMessage(context) {
            if let number { numbers.append(number) }
        }
        unread.discardReadBytes()
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
        isOpen.succeed(())
    }

    /// - Returns: The message's number; nil within where a frame is none of the sender's; nil where no whole frame is
    ///   there.
    private func nextMessage(_ context: ChannelHandlerContext) -> Int?? {
        var rest = unread
        guard let first = rest.readInteger(as: UInt8.self), let second = rest.readInteger(as: UInt8.self) else {
            return nil
        }
        var length = Int(second)
        if second == 126 {
            guard let word = rest.readInteger(as: UInt16.self) else { return nil }
            length = Int(word)
        } else if second == 127 {
            guard let word = rest.readInteger(as: UInt64.self) else { return nil }
            length = Int(word)
        }
        guard let payload = rest.readSlice(length: length) else { return nil }
        unread = rest
        switch first & 0x0F {
        case 1:
            return Int(String(decoding: payload.readableBytesView.prefix { $0 != 0x20 }, as: UTF8.self))
        case 9:
            context.writeAndFlush(Self.wrapOutboundOut(ClientFrame.pong(payload)), promise: nil)
            return .some(nil)
        default:
            return .some(nil)
        }
    }
}

/// Frames of a client. The mask is zero: measuring does not need one that hides anything.
enum ClientFrame {
    /// Answers a ping with what it said.
    static func pong(_ payload: ByteBuffer) -> ByteBuffer {
        var frame = ByteBuffer(bytes: [0x8A, 0x80 | UInt8(payload.readableBytes), 0, 0, 0, 0])
        frame.writeImmutableBuffer(payload)
        return frame
    }

    static func text(_ text: String) -> ByteBuffer {
        var frame = ByteBuffer()
        frame.writeInteger(UInt8(0x81))
        if text.utf8.count <= 125 {
            frame.writeInteger(UInt8(0x80 | text.utf8.count))
        } else {
            frame.writeInteger(UInt8(0x80 | 126))
            frame.writeInteger(UInt16(text.utf8.count))
        }
        frame.writeInteger(UInt32(0))
        frame.writeString(text)
        return frame
    }
}

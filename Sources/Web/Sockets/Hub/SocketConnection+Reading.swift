import NIOCore

// What comes in: bytes of the client, and events of the channel.
extension SocketConnection {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        lastHeard = context.eventLoop.now
        var bytes = Self.unwrapInboundIn(data)
        switch phase {
        case .open, .closing:
            if unread.readableBytes == 0 { unread = bytes } else { unread.writeBuffer(&bytes) }
            takeUp()
        case .lingering, .gone:
            break
        }
    }

    /// The loop of reading is the socket's own: what is behind it in the pipeline asks in vain.
    func channelReadComplete(context: ChannelHandlerContext) {
        goOnReading()
    }

    func read(context: ChannelHandlerContext) {}

    func goOnReading() {
        if phase != .open || !isPaused { context?.read() }
    }

    /// The session has handled one message.
    func handled() {
        unhandled -= 1
        guard isPaused, unhandled <= limits.unhandledMessages / 2 else { return }
        isPaused = false
        takeUp()
        goOnReading()
    }

    /// Takes up whole frames, as long as the session keeps up. Of several pings the last one is answered.
    /// Source: RFC 6455, section 5.5.3.
    private func takeUp() {
        var ping: ByteBuffer?
        do {
            while let event = try nextEvent() {
                switch event {
                case .text(let text): if phase == .open { post(text) }
                case .ping(let payload): ping = payload
                case .pong: break
                case .close(let code): return closeByClient(code)
                }
            }
        } catch {
            return fail(error)
        }
        if unread.readableBytes == 0 { unread = ByteBuffer() } else { unread.discardReadBytes() }
        if let ping, phase == .open {
            write(FrameBytes.control(.pong, ping))
            flushOrClose()
        }
    }

    private func nextEvent() throws(SocketFault) -> MessageAssembler.Event? {
        while phase == .open || phase == .closing {
            guard phase == .closing || unhandled < limits.unhandledMessages else {
                isPaused = true
                return nil
            }
            guard let frame = try reader.next(&unread) else { return nil }
            if let event = try assembler.take(frame, inflater: sockets.inflater) { return event }
        }
        return nil
    }

    // MARK: Events

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent: close(.shutdown)
        case ChannelEvent.inputClosed: hangUp()
        default: break
        }
    }

    /// The connection broke.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        hangUp()
    }

    // MARK: What is left of the HTTP pipeline

    /// Nothing of HTTP goes out any more.
    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        promise?.fail(ChannelError.outputClosed)
    }

    /// The server gives up on the connection, whichever half it names.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        context.close(promise: promise)
    }
}

import NIOCore

/// One open socket in its pipeline: reads frames, hands messages to the session, and writes what the hub has for it.
/// Confined to its event loop.
///
/// It stands between the connection and what is left of its HTTP pipeline. Nothing passes through it but the end.
final class SocketConnection: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = NIOAny
    typealias OutboundOut = ByteBuffer

    /// Its place in a room.
    struct Seat {
        let room: LoopRoom
        var index: Int
        /// Up to where it got what waits in the room.
        var served: OutputBatch.Mark?
    }

    enum Phase: Equatable {
        case open
        /// A closing frame was sent; the client's is awaited.
        case closing
        /// Nothing more is sent. What still comes is thrown away, so that the closing frame is not lost in a reset.
        case lingering
        case gone
    }

    private static let pingBytes = FrameBytes.control(.ping)

    let id: UInt64
    /// Whether permessage-deflate was agreed on.
    let isCompressing: Bool
    let reader: FrameReader
    let sockets: LoopSockets
    private(set) var context: ChannelHandlerContext?
    private let answer: ByteBuffer
    private let mailbox: SocketMailbox
    /// Counts this socket for its member and address until the connection is gone.
    private var permit: SocketPermit?
    private var deadline: Scheduled<Void>?
    private var needsFlush = false
    /// Nil where everything has to go through the pipeline.
    private var system: SystemOutput?
    /// The pipeline may still have something that the system did not take.
    private var isBehind = false

    var seat: Seat?
    private(set) var phase = Phase.open
    /// What came and is not taken up yet: less than a frame, except while the session is behind.
    var unread = ByteBuffer()
    var assembler: MessageAssembler
    var lastHeard: NIODeadline
    /// Messages that the session has not handled yet.
    var unhandled = 0
    /// Nothing is read while the session is behind.
    var isPaused = false

    var limits: SocketLimits { sockets.limits }

    /// Only on `loop`.
    init(_ handshake: SocketHandshake, _ acceptance: SocketAcceptance, hub: SocketHub, loop: any EventLoop) {
        let inbox = hub.inbox(of: loop)
        let id = hub.nextID()
        self.id = id
        sockets = inbox.sockets
        let deflate = sockets.inflater == nil ? nil : handshake.deflate
        isCompressing = deflate != nil
        answer = handshake.answer(deflate: deflate)
        reader = FrameReader(longestPayload: hub.limits.longestMessage, mayBeCompressed: deflate != nil)
        assembler = MessageAssembler(longestMessage: hub.limits.longestMessage)
        permit = acceptance.permit
        lastHeard = loop.now
        mailbox = SocketMailbox(session: acceptance.session, socket: Socket(id: id, loop: inbox)) {
            loop.execute { inbox.sockets.connection(id)?.handled() }
        }
    }

    // MARK: Opening

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        let options = context.channel.syncOptions
        let mark = ChannelOptions.Types.WriteBufferWaterMark(low: limits.output / 2, high: limits.output)
        try? options?.setOption(.writeBufferWaterMark, value: mark)
        try? options?.setOption(.socketOption(.so_sndbuf), value: numericCast(limits.systemOutput))
        try? options?.setOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 2048))
        write(answer)
        _ = flush()
        system = SystemOutput(context)
        sockets.add(self)
        mailbox.post(.opened)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    // MARK: Writing

    /// Writes without flushing.
    func write(_ bytes: ByteBuffer) {
        needsFlush = true
        context?.write(Self.wrapOutboundOut(bytes), promise: nil)
    }

    /// - Returns: false where more waits for the client than may.
    func flush() -> Bool {
        guard needsFlush, let context else { return true }
        needsFlush = false
        context.flush()
        isBehind = true
        return phase != .open || context.channel.isWritable
    }

    /// Writes and flushes, on the shortest way where nothing waits to be written before.
    /// - Returns: false where more waits for the client than may.
    func send(_ bytes: ByteBuffer) -> Bool {
        var bytes = bytes
        if let system, phase == .open, !needsFlush, hasCaughtUp() {
            bytes.moveReaderIndex(forwardBy: system.send(bytes))
            if bytes.readableBytes == 0 { return true }
        }
        write(bytes)
        return flush()
    }

    private func hasCaughtUp() -> Bool {
        guard isBehind, let options = context?.channel.syncOptions else { return !isBehind }
        isBehind = (try? options.getOption(.bufferedWritableBytes)) != 0
        return !isBehind
    }

    func flushOrClose() {
        if !flush() { close(.tooSlow) }
    }

    /// Pings the client, or gives it up when it has been silent for too long. What it says while the session is behind
    /// cannot be known.
    func showLife(now: NIODeadline) {
        guard isPaused || now - lastHeard < limits.silence else { return close(.policy) }
        write(Self.pingBytes)
        flushOrClose()
    }

    // MARK: Reading

    func post(_ text: String) {
        unhandled += 1
        mailbox.post(.received(text))
    }

    // MARK: Closing

    /// Closes the socket from the server's side, after what was written before.
    func close(_ code: SocketCloseCode) {
        guard end(.byServer(code)) else { return }
        phase = .closing
        finish(with: code.rawValue)
        goOnReading()
    }

    /// Closes the socket because of what the client sent.
    func fail(_ fault: SocketFault) {
        guard end(.byServer(fault.closeCode)) else { return hangUp() }
        phase = .lingering
        unread = ByteBuffer()
        finish(with: fault.closeCode.rawValue)
        context?.close(mode: .output, promise: nil)
        goOnReading()
    }

    /// The client closes, or answers the server's closing frame.
    func closeByClient(_ code: UInt16?) {
        guard end(.byClient(code: code)), let context else { return hangUp() }
        phase = .lingering
        finish(with: code)
        context.close(mode: .output, promise: nil)
    }

    /// Ends the connection at once.
    func hangUp() {
        if !end(.lost), phase == .gone { return }
        phase = .gone
        context?.close(promise: nil)
    }

    /// Takes the socket out of the hub, once.
    /// - Returns: Whether it was open.
    private func end(_ end: SocketEnd) -> Bool {
        guard phase == .open else { return false }
        sockets.remove(self)
        mailbox.post(.closed(end))
        return true
    }

    private func finish(with code: UInt16?) {
        write(FrameBytes.close(code))
        _ = flush()
        deadline = context?.eventLoop.assumeIsolated().scheduleTask(in: limits.closing) { self.hangUp() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        _ = end(.lost)
        phase = .gone
        deadline?.cancel()
        deadline = nil
        permit = nil
        context.fireChannelInactive()
    }
}

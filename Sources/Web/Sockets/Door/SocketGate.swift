import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOHTTP1

/// Stands in the HTTP pipeline of a connection and lets everything through, until a request asks to go on as a
/// WebSocket where the door leads. Then it has the door decide, and either answers with the refusal or puts a
/// `SocketConnection` in the place of HTTP.
///
/// Any request of a connection may do so, not only the first one. Answers to requests before it go out first.
final class SocketGate: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// The handlers of HTTP that give way to a socket.
    struct Pipeline {
        let encoder: any RemovableChannelHandler
        let decoder: any RemovableChannelHandler
        let codec: any RemovableChannelHandler
    }

    private enum Phase {
        /// Plain HTTP.
        case passing
        /// A handshake has begun; its end is awaited.
        case gathering(SocketRequest, isHTTP11: Bool, hasBody: Bool)
        case deciding
        /// Waits for the answers before it.
        case decided(SocketDecision, SocketHandshake?)
        case done
    }

    private let hub: SocketHub
    private let door: any SocketDoor
    private let headless: HeadlessConnections
    private let pipeline: Pipeline
    private var phase = Phase.passing
    private var number: UInt64?
    /// Requests that were let through and are not answered yet.
    private var unanswered = 0
    /// The connection cannot go on after this answer: the decoder stops at whatever asks for another protocol.
    private var isLast = false
    private var isQuiescing = false
    private var decision: Task<Void, Never>?
    private var timeout: Scheduled<Void>?

    init(hub: SocketHub, door: any SocketDoor, headless: HeadlessConnections, pipeline: Pipeline) {
        self.hub = hub
        self.door = door
        self.headless = headless
        self.pipeline = pipeline
    }

    func handlerAdded(context: ChannelHandlerContext) {
        number = headless.enter(context.channel, now: context.eventLoop.now)
    }

    // MARK: Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch (Self.unwrapInboundIn(data), phase) {
        case (.head(let head), .passing):
            noteHead()
            begin(head, data, context)
        case (_, .passing):
            context.fireChannelRead(data)
        case (.body, .gathering(let request, let isHTTP11, _)):
            phase = .gathering(request, isHTTP11: isHTTP11, hasBody: true)
        case (.end, .gathering(let request, let isHTTP11, let hasBody)):
            decide(request, isHTTP11: isHTTP11, hasBody: hasBody, context)
        case (_, .gathering), (_, .deciding), (_, .decided), (_, .done):
            break
        }
    }

    private func begin(_ head: HTTPRequestHead, _ data: NIOAny, _ context: ChannelHandlerContext) {
        let request = HTTPRequest(readAs: head)
        if let request, SocketHandshake.isAskedFor(by: request), door.leadsTo(request.socketPath) {
            let asking = SocketRequest(head: request, peer: context.channel.remoteAddress)
            phase = .gathering(asking, isHTTP11: head.version == .http1_1, hasBody: false)
            return
        }
        unanswered += 1
        guard let request, SocketHandshake.isUpgrade(request) || request.method == .connect else {
            return context.fireChannelRead(data)
        }
        isLast = true
        var head = head
        head.headers.remove(name: "Upgrade")
        head.headers.replaceOrAdd(name: "Connection", value: "close")
        context.fireChannelRead(Self.wrapInboundOut(.head(head)))
    }

    private func noteHead() {
        number.map(headless.leave)
        number = nil
    }

    // MARK: Deciding

    private func decide(_ request: SocketRequest, isHTTP11: Bool, hasBody: Bool, _ context: ChannelHandlerContext) {
        do throws(HandshakeFault) {
            guard !hasBody else { throw .malformed }
            let handshake = try SocketHandshake(request.head, isHTTP11: isHTTP11)
            guard !isQuiescing, !hub.isDraining else { throw .draining }
            guard hub.beginsDecision() else { throw .busy }
            phase = .deciding
            ask(request, handshake, context)
        } catch {
            decided(.refuse(door.refusal(of: error, request)), nil, context)
        }
    }

    private func ask(_ request: SocketRequest, _ handshake: SocketHandshake, _ context: ChannelHandlerContext) {
        let (hub, door) = (hub, door)
        let promise = context.eventLoop.makePromise(of: SocketDecision.self)
        decision = Task {
            let decision = await door.decide(request)
            hub.endsDecision()
            promise.succeed(decision)
        }
        promise.futureResult.assumeIsolated().whenSuccess { decision in
            guard case .deciding = self.phase else { return }
            self.decided(self.isStillOpen(decision, request), handshake, context)
        }
        timeout = context.eventLoop.assumeIsolated().scheduleTask(in: hub.limits.decision) {
            guard case .deciding = self.phase else { return }
            self.decision?.cancel()
            self.decided(.refuse(self.door.refusal(of: .undecided, request)), nil, context)
        }
    }

    /// A server that began to shut down meanwhile lets nobody in.
    private func isStillOpen(_ decision: SocketDecision, _ request: SocketRequest) -> SocketDecision {
        guard case .accept = decision, isQuiescing || hub.isDraining else { return decision }
        return .refuse(door.refusal(of: .draining, request))
    }

    private func decided(
        _ decision: SocketDecision,
        _ handshake: SocketHandshake?,
        _ context: ChannelHandlerContext
    ) {
        timeout?.cancel()
        timeout = nil
        self.decision = nil
        phase = .decided(decision, handshake)
        settle(context)
    }

    /// Does what was decided, as soon as it is its turn.
    private func settle(_ context: ChannelHandlerContext) {
        guard case .decided(let decision, let handshake) = phase, unanswered == 0 else { return }
        phase = .done
        switch decision {
        case .accept(let acceptance):
            guard let handshake else { return context.close(promise: nil) }
            open(handshake, acceptance, context)
        case .refuse(let refusal):
            refuse(refusal, context)
        }
    }

    // MARK: Answering

    private func open(_ handshake: SocketHandshake, _ acceptance: SocketAcceptance, _ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        let connection = SocketConnection(handshake, acceptance, hub: hub, loop: context.eventLoop)
        let handlers = context.pipeline.syncOperations
        do {
            _ = handlers.removeHandler(pipeline.encoder)
            try handlers.addHandler(connection, position: .after(pipeline.decoder))
            if let state = try? handlers.handler(type: HTTPConnectionStateHandler.self) {
                _ = handlers.removeHandler(state)
            }
            _ = handlers.removeHandler(pipeline.codec)
            _ = handlers.removeHandler(self)
            // The last one: it hands on what the client has sent already.
            _ = handlers.removeHandler(pipeline.decoder)
            connection.goOnReading()
        } catch {
            context.close(promise: nil)
        }
    }

    private func refuse(_ refusal: SocketRefusal, _ context: ChannelHandlerContext) {
        var headers = HTTPHeaders(refusal.headers.map { ($0.name.rawName, $0.value) })
        headers.replaceOrAdd(name: "Content-Length", value: "\(refusal.body.count)")
        headers.replaceOrAdd(name: "Connection", value: "close")
        let status = HTTPResponseStatus(statusCode: refusal.status.code, reasonPhrase: refusal.status.reasonPhrase)
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
        context.write(Self.wrapOutboundOut(.head(head)), promise: nil)
        context.write(Self.wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: refusal.body)))), promise: nil)
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
        context.writeAndFlush(Self.wrapOutboundOut(.end(nil)), promise: written)
    }

    /// Answers to requests that were let through.
    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch Self.unwrapOutboundIn(data) {
        case .head(var head) where isLast && unanswered == 1:
            head.headers.replaceOrAdd(name: "Connection", value: "close")
            context.write(Self.wrapOutboundOut(.head(head)), promise: promise)
        case .head, .body:
            context.write(data, promise: promise)
        case .end:
            unanswered -= 1
            context.write(data, promise: promise)
            settle(context)
        }
    }

    // MARK: Events

    /// While a decision is made, nothing more is read.
    func read(context: ChannelHandlerContext) {
        switch phase {
        case .passing, .gathering: context.read()
        case .deciding, .decided, .done: break
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch (event, phase) {
        case (_, .passing):
            context.fireUserInboundEventTriggered(event)
        case (is ChannelShouldQuiesceEvent, _):
            isQuiescing = true
        case (ChannelEvent.inputClosed, _):
            context.close(promise: nil)
        default:
            break
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        noteHead()
        phase = .done
        decision?.cancel()
        timeout?.cancel()
        context.fireChannelInactive()
    }
}

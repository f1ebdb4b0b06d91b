import NIOCore
import Synchronization

/// What a connection has brought and the test has not taken yet.
final class WireInbox: Sendable {
    private struct State {
        var buffer = ByteBuffer()
        var isNew = false
        var end: WireClient.Broken?
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func take<Value>(_ parse: (inout ByteBuffer) throws -> Value?) rethrows -> Value? {
        try state.withLock { state in
            state.isNew = false
            return try parse(&state.buffer)
        }
    }

    /// Waits for something new.
    func more() async throws {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                if state.isNew || state.end != nil { return true }
                state.waiter = continuation
                return false
            }
            if isReady { continuation.resume() }
        }
        let end = state.withLock { $0.isNew ? nil : $0.end }
        if let end { throw end }
    }

    func append(_ bytes: ByteBuffer) {
        note { state in
            state.buffer.writeImmutableBuffer(bytes)
            state.isNew = true
        }
    }

    func close() { note { $0.end = .closed } }

    func giveUp() { note { $0.end = $0.end ?? .silent } }

    private func note(_ change: (inout State) -> Void) {
        let waiter = state.withLock { state in
            change(&state)
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }
}

final class WireHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let inbox: WireInbox

    init(inbox: WireInbox) {
        self.inbox = inbox
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { inbox.append(Self.unwrapInboundIn(data)) }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event { inbox.close() }
    }

    func channelInactive(context: ChannelHandlerContext) { inbox.close() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

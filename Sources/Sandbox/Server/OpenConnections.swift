import NIOCore
import Synchronization

/// Knows which requests wait on which connection, so that they end at once when the other side goes away.
final class OpenConnections: Sendable {
    private let waiting = Mutex<[ObjectIdentifier: [Int: @Sendable () -> Void]]>([:])
    private let tickets = Atomic<Int>(0)

    /// Does work that may wait; it is cancelled when the other side of `channel` closes, or with the caller's task.
    func cancellingWhenClosed<Value: Sendable>(
        _ channel: any Channel,
        _ work: @escaping @Sendable () async -> Value
    ) async -> Value {
        let task = Task { await work() }
        let ticket = tickets.add(1, ordering: .relaxed).newValue
        let name = ObjectIdentifier(channel)
        waiting.withLock { $0[name, default: [:]][ticket] = { task.cancel() } }
        if !channel.isActive { task.cancel() }
        let value = await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        waiting.withLock { all in
            all[name]?[ticket] = nil
            if all[name]?.isEmpty == true { all[name] = nil }
        }
        return value
    }

    fileprivate func closed(_ channel: any Channel) {
        let actions = waiting.withLock { $0[ObjectIdentifier(channel)]?.values.map { $0 } ?? [] }
        for cancel in actions { cancel() }
    }
}

/// Notices that the other side has closed its end of a connection.
final class ClosingWatch: ChannelInboundHandler, RemovableChannelHandler, Sendable {
    typealias InboundIn = NIOAny

    private let connections: OpenConnections

    init(_ connections: OpenConnections) {
        self.connections = connections
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { connections.closed(context.channel) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        connections.closed(context.channel)
        context.fireChannelInactive()
    }
}

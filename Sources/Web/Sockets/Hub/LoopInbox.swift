import NIOCore
import Synchronization

/// What an event loop is asked to do with its sockets, from any thread. All that waits is done in one turn of the loop,
/// so that each socket is written to at most once in it.
///
/// At most `SocketLimits.commands` commands wait. When more come, the loop has fallen behind by far; all its sockets
/// are then closed with 4008, and come back with what they missed.
final class LoopInbox: Sendable {
    enum Command: Sendable {
        case join(UInt64, SocketRoom)
        case send(SharedFrame, UInt64)
        case broadcast(SharedFrame, SocketRoom, at: NIODeadline)
        case close(UInt64, SocketCloseCode)
        case closeRoom(SocketRoom, SocketCloseCode)
        case closeAll(SocketCloseCode)
    }

    private struct Queue {
        var commands: [Command] = []
        var isScheduled = false
        var isOverflowing = false
    }

    let loop: any EventLoop
    private let limits: SocketLimits
    private let queue = Mutex(Queue())
    private let box: NIOLoopBoundBox<LoopSockets?>
    private let census: SocketCensus

    init(loop: any EventLoop, limits: SocketLimits, census: SocketCensus) {
        self.loop = loop
        self.limits = limits
        self.census = census
        box = .makeEmptyBox(valueType: LoopSockets.self, eventLoop: loop)
    }

    func post(_ command: Command) {
        let isFirst = queue.withLock { queue in
            if queue.commands.count < limits.commands {
                queue.commands.append(command)
            } else {
                queue.isOverflowing = true
            }
            defer { queue.isScheduled = true }
            return !queue.isScheduled
        }
        if isFirst { loop.execute { self.work() } }
    }

    /// The sockets themselves. Only on the loop.
    var sockets: LoopSockets {
        if let sockets = box.value { return sockets }
        let sockets = LoopSockets(loop: loop, limits: limits, census: census)
        box.value = sockets
        return sockets
    }

    private func work() {
        let (commands, isOverflowing) = queue.withLock { queue in
            defer { queue = Queue() }
            return (queue.commands, queue.isOverflowing)
        }
        sockets.perform(commands)
        if isOverflowing { sockets.perform([.closeAll(.tooSlow)]) }
    }
}

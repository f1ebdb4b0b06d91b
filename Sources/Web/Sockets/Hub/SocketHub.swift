import NIOCore
import Synchronization

/// All open sockets, and the rooms in which they hear the same messages.
///
/// Everything may be called from any thread, and returns at once; the work is done by the event loops of the sockets.
/// What one caller asks for, one call after another, happens in that order at each socket. A message is encoded once,
/// and nobody waits for a recipient: whoever reads too slowly is closed with 4008.
package final class SocketHub: Sendable {
    private struct State {
        var loops: [ObjectIdentifier: LoopInbox] = [:]
        var isDraining = false
    }

    package let limits: SocketLimits
    let census = SocketCensus()
    private let ids = Atomic<UInt64>(0)
    /// Handshakes that are being decided on.
    private let undecided = Atomic<Int>(0)
    private let state = Mutex(State())
    private let compressor: FrameCompressor

    package init(limits: SocketLimits = SocketLimits()) {
        self.limits = limits
        compressor = FrameCompressor(from: limits.compressFrom)
    }

    // MARK: What rooms do

    /// Encodes a message, and compresses it where somebody agreed on that.
    package func frame(_ text: String) -> SharedFrame {
        census.compressing > 0 ? compressor.frame(text) : SharedFrame(text)
    }

    /// From now on the socket hears what is broadcast in `room`, and no longer in the room before.
    package func join(_ socket: Socket, _ room: SocketRoom) {
        socket.loop.post(.join(socket.id, room))
    }

    /// Sends to one socket; nothing where it is closed.
    package func send(_ frame: SharedFrame, to socket: Socket) {
        socket.loop.post(.send(frame, socket.id))
    }

    /// Sends to all sockets of a room.
    package func broadcast(_ frame: SharedFrame, in room: SocketRoom) {
        let now = NIODeadline.now()
        for loop in loops { loop.post(.broadcast(frame, room, at: now)) }
    }

    /// Closes one socket, after what was sent to it before.
    package func close(_ socket: Socket, _ code: SocketCloseCode) {
        socket.loop.post(.close(socket.id, code))
    }

    /// Closes all sockets of a room, after what was broadcast in it before.
    package func close(_ room: SocketRoom, _ code: SocketCloseCode) {
        for loop in loops { loop.post(.closeRoom(room, code)) }
    }

    /// How many sockets are open.
    package var count: Int { census.sockets }

    /// How many open sockets are in a room.
    package func count(in room: SocketRoom) -> Int { census.count(in: room) }

    // MARK: The end

    /// Refuses new sockets, and closes all that are open with 1001.
    package func drain() {
        state.withLock { $0.isDraining = true }
        for loop in loops { loop.post(.closeAll(.shutdown)) }
    }

    /// Whether new sockets are refused, because the server shuts down.
    package var isDraining: Bool { state.withLock(\.isDraining) }

    // MARK: For connections

    func nextID() -> UInt64 {
        ids.wrappingAdd(1, ordering: .relaxed).newValue
    }

    /// A decision on a handshake begins.
    /// - Returns: Whether it may. If so, `endsDecision` has to follow.
    func beginsDecision() -> Bool {
        if undecided.wrappingAdd(1, ordering: .relaxed).newValue <= limits.undecided { return true }
        endsDecision()
        return false
    }

    func endsDecision() {
        undecided.wrappingSubtract(1, ordering: .relaxed)
    }

    /// The sockets of an event loop.
    func inbox(of loop: any EventLoop) -> LoopInbox {
        state.withLock { state in
            if let inbox = state.loops[ObjectIdentifier(loop)] { return inbox }
            let inbox = LoopInbox(loop: loop, limits: limits, census: census)
            state.loops[ObjectIdentifier(loop)] = inbox
            return inbox
        }
    }

    private var loops: [LoopInbox] {
        state.withLock { Array($0.loops.values) }
    }
}

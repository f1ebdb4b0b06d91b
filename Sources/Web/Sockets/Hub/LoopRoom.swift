import NIOCore

/// The sockets of one room on one event loop, and what waits to be written to them. Confined to the loop.
final class LoopRoom {
    let name: SocketRoom
    private(set) var members: [SocketConnection] = []
    private var batch = OutputBatch()
    /// How many messages the last write had, and when it was done.
    private var written = 0
    private var writtenAt: NIODeadline?
    /// How many of those that wait were sent since then.
    private var fresh = 0
    /// Set while the batch waits for its time.
    var timer: Scheduled<Void>?

    init(name: SocketRoom) {
        self.name = name
    }

    func add(_ connection: SocketConnection) {
        connection.seat = SocketConnection.Seat(room: self, index: members.count, served: batch.mark)
        members.append(connection)
    }

    /// Takes a socket out, without what waits for it.
    func remove(_ connection: SocketConnection) {
        guard let index = connection.seat?.index, index < members.count else { return }
        connection.seat = nil
        members.swapAt(index, members.count - 1)
        members.removeLast()
        if index < members.count { members[index].seat?.index = index }
    }

    /// - `time`: When it was sent.
    func append(_ frame: SharedFrame, at time: NIODeadline) {
        batch.append(frame)
        if let writtenAt, time > writtenAt { fresh += 1 }
    }

    /// Writes what waits for one socket to it, ahead of the others, so that what is written to it next comes after.
    func serve(_ connection: SocketConnection) {
        guard batch.messages > 0, let seat = connection.seat else { return }
        if let rest = batch.rest(after: seat.served, deflated: connection.isCompressing) { connection.write(rest) }
        connection.seat?.served = batch.mark
    }

    /// How long what waits still has to wait.
    func wait(_ policy: JoiningPolicy, now: NIODeadline) -> TimeAmount {
        policy.wait(
            for: (batch.messages, fresh, batch.bytes),
            listeners: members.count,
            last: written,
            elapsed: writtenAt.map { now - $0 }
        )
    }

    /// Writes what waits to all, one write and flush each.
    /// - Returns: Those that read too slowly.
    func write() -> [SocketConnection] {
        timer?.cancel()
        timer = nil
        guard batch.messages > 0 else { return [] }
        var slow: [SocketConnection] = []
        for member in members {
            guard let bytes = batch.rest(after: member.seat?.served, deflated: member.isCompressing) else { continue }
            if !member.send(bytes) { slow.append(member) }
        }
        written = batch.messages
        fresh = 0
        batch.clear()
        return slow
    }

    /// Notes when a write was done: what follows waits from then on.
    func isWritten(at time: NIODeadline) {
        writtenAt = time
    }
}

import NIOCore

/// The sockets of one event loop and their rooms. Confined to the loop.
///
/// Commands of one turn of the loop only gather what is to be written; at the end of the turn each socket is written to
/// once and flushed once.
final class LoopSockets {
    /// The loop looks after its sockets so often between two pings of one of them.
    private static let pulses: UInt64 = 20

    let limits: SocketLimits
    /// Decompresses what clients send; nil where zlib has no memory.
    private(set) lazy var inflater = Inflater()
    private let loop: any EventLoop
    private let census: SocketCensus
    private var connections: [UInt64: SocketConnection] = [:]
    private var rooms: [SocketRoom: LoopRoom] = [:]
    /// Rooms with something to write.
    private var talking: [SocketRoom: LoopRoom] = [:]
    /// Sockets that were written to by themselves in this turn.
    private var unflushed: [SocketConnection] = []
    private var pulse: UInt64 = 0
    private var isPulsing = false

    init(loop: any EventLoop, limits: SocketLimits, census: SocketCensus) {
        self.loop = loop
        self.limits = limits
        self.census = census
    }

    func connection(_ id: UInt64) -> SocketConnection? { connections[id] }

    func perform(_ commands: [LoopInbox.Command]) {
        for command in commands { perform(command) }
        for room in talking.values { settle(room) }
        talking.removeAll(keepingCapacity: true)
        let written = unflushed
        unflushed.removeAll(keepingCapacity: true)
        for connection in written { connection.flushOrClose() }
    }

    private func perform(_ command: LoopInbox.Command) {
        switch command {
        case .join(let id, let room):
            guard let connection = connections[id], connection.seat?.room.name != room else { return }
            leaveRoom(connection)
            join(connection, room)
        case .send(let frame, let id):
            guard let connection = connections[id] else { return }
            connection.seat?.room.serve(connection)
            connection.write(frame.bytes(deflated: connection.isCompressing))
            unflushed.append(connection)
        case .broadcast(let frame, let name, let time):
            guard let room = rooms[name] else { return }
            room.append(frame, at: time)
            talking[name] = room
        case .close(let id, let code):
            connections[id]?.close(code)
        case .closeRoom(let name, let code):
            for connection in rooms[name]?.members ?? [] { connection.close(code) }
        case .closeAll(let code):
            for connection in connections.values { connection.close(code) }
        }
    }

    // MARK: Rooms

    private func join(_ connection: SocketConnection, _ name: SocketRoom) {
        let room = rooms[name] ?? LoopRoom(name: name)
        rooms[name] = room
        room.add(connection)
        census.joined(name)
    }

    /// What was broadcast before still reaches the socket.
    private func leaveRoom(_ connection: SocketConnection) {
        guard let room = connection.seat?.room else { return }
        room.serve(connection)
        room.remove(connection)
        census.left(room.name)
        if room.members.isEmpty {
            room.timer?.cancel()
            rooms[room.name] = nil
        }
    }

    /// Writes what waits in a room, or has it wait for its time.
    private func settle(_ room: LoopRoom) {
        let wait = room.wait(limits.joining, now: loop.now)
        guard wait > .zero else { return write(room) }
        guard room.timer == nil else { return }
        room.timer = loop.assumeIsolated().scheduleTask(in: wait) { self.write(room) }
    }

    private func write(_ room: LoopRoom) {
        for connection in room.write() { connection.close(.tooSlow) }
        room.isWritten(at: loop.now)
    }

    // MARK: Connections

    /// A handshake is done.
    func add(_ connection: SocketConnection) {
        connections[connection.id] = connection
        census.opened(compressing: connection.isCompressing)
        startPulse()
    }

    /// A socket is no longer open; nothing is sent to it any more.
    func remove(_ connection: SocketConnection) {
        guard connections.removeValue(forKey: connection.id) != nil else { return }
        leaveRoom(connection)
        census.closed(compressing: connection.isCompressing)
    }

    // MARK: Signs of life

    private func startPulse() {
        guard !isPulsing else { return }
        isPulsing = true
        schedulePulse()
    }

    private func schedulePulse() {
        let interval = TimeAmount.nanoseconds(limits.ping.nanoseconds / Int64(Self.pulses))
        loop.assumeIsolated().scheduleTask(in: interval) { self.beat() }
    }

    /// Each socket has its turn once in `pulses` times.
    private func beat() {
        guard !connections.isEmpty else {
            isPulsing = false
            return
        }
        pulse = (pulse + 1) % Self.pulses
        for connection in connections.values where connection.id % Self.pulses == pulse {
            connection.showLife(now: loop.now)
        }
        schedulePulse()
    }
}

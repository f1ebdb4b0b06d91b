import Synchronization

/// How many sockets there are. Event loops write it, everybody reads it.
final class SocketCensus: Sendable {
    private struct State {
        var sockets = 0
        var compressing = 0
        var rooms: [SocketRoom: Int] = [:]
    }

    private let state = Mutex(State())

    var sockets: Int { state.withLock(\.sockets) }
    /// How many of them agreed on compression.
    var compressing: Int { state.withLock(\.compressing) }

    func count(in room: SocketRoom) -> Int { state.withLock { $0.rooms[room, default: 0] } }

    func opened(compressing: Bool) {
        state.withLock { state in
            state.sockets += 1
            if compressing { state.compressing += 1 }
        }
    }

    func closed(compressing: Bool) {
        state.withLock { state in
            state.sockets -= 1
            if compressing { state.compressing -= 1 }
        }
    }

    func joined(_ room: SocketRoom) {
        state.withLock { $0.rooms[room, default: 0] += 1 }
    }

    func left(_ room: SocketRoom) {
        state.withLock { state in
            let rest = state.rooms[room, default: 0] - 1
            state.rooms[room] = rest > 0 ? rest : nil
        }
    }
}

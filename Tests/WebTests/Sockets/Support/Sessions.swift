import Synchronization

@testable import Web

/// Says everything back.
struct Echo: SocketSession {
    let hub: SocketHub

    func opened(_ socket: Socket) async {}

    func received(_ text: String, on socket: Socket) async {
        hub.send(hub.frame(text), to: socket)
    }

    func closed(_ socket: Socket, _ end: SocketEnd) async {}
}

/// Has everybody in one room hear what anybody says.
struct Crowd: SocketSession {
    static let room = SocketRoom(rawValue: "crowd")

    let hub: SocketHub

    func opened(_ socket: Socket) async {
        hub.send(hub.frame("welcome"), to: socket)
        hub.join(socket, Self.room)
    }

    func received(_ text: String, on socket: Socket) async {
        hub.broadcast(hub.frame(text), in: Self.room)
    }

    func closed(_ socket: Socket, _ end: SocketEnd) async {}
}

/// Hands on all that it hears, and handles a message only when the test lets it.
final class Listener: SocketSession {
    enum Heard: Equatable, Sendable {
        case opened
        case text(String)
        case closed(SocketEnd)
    }

    private struct State {
        var permits: Int
        var waiting: CheckedContinuation<Void, Never>?
    }

    let heard: AsyncStream<Heard>
    private let hears: AsyncStream<Heard>.Continuation
    private let sockets = Mutex<[Socket]>([])
    private let state: Mutex<State>

    /// A listener that handles so many messages before it waits for `handle`.
    init(handles permits: Int = .max) {
        (heard, hears) = AsyncStream.makeStream()
        state = Mutex(State(permits: permits))
    }

    /// The sockets that were opened.
    var opened: [Socket] { sockets.withLock { $0 } }

    /// Lets it handle so many more.
    func handle(_ count: Int) {
        let waiting = state.withLock { state in
            state.permits += count
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume()
    }

    func opened(_ socket: Socket) async {
        sockets.withLock { $0.append(socket) }
        hears.yield(.opened)
    }

    func received(_ text: String, on socket: Socket) async {
        hears.yield(.text(text))
        while !takePermit() {
            await withCheckedContinuation { continuation in
                let isFree = state.withLock { state in
                    guard state.permits == 0 else { return true }
                    state.waiting = continuation
                    return false
                }
                if isFree { continuation.resume() }
            }
        }
    }

    func closed(_ socket: Socket, _ end: SocketEnd) async {
        hears.yield(.closed(end))
    }

    private func takePermit() -> Bool {
        state.withLock { state in
            guard state.permits > 0 else { return false }
            state.permits -= 1
            return true
        }
    }
}

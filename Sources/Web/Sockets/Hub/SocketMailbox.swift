import NIOCore
import Synchronization

/// What a session still has to hear, in order. Runs a task only while there is something.
///
/// The connection puts in at most `SocketLimits.unhandledMessages` messages, one opening and one end.
final class SocketMailbox: Sendable {
    enum Letter: Sendable {
        case opened
        case received(String)
        case closed(SocketEnd)
    }

    private struct State {
        var letters = CircularBuffer<Letter>(initialCapacity: 2)
        var isRunning = false
    }

    private let session: any SocketSession
    private let socket: Socket
    private let onHandled: @Sendable () -> Void
    private let state = Mutex(State())

    /// A mailbox that calls `onHandled` after each message that was handled.
    init(session: any SocketSession, socket: Socket, onHandled: @escaping @Sendable () -> Void) {
        self.session = session
        self.socket = socket
        self.onHandled = onHandled
    }

    func post(_ letter: Letter) {
        let starts = state.withLock { state in
            state.letters.append(letter)
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if starts { Task { await run() } }
    }

    private func run() async {
        while let letter = next() {
            switch letter {
            case .opened:
                await session.opened(socket)
            case .received(let text):
                await session.received(text, on: socket)
                onHandled()
            case .closed(let end):
                await session.closed(socket, end)
            }
        }
    }

    private func next() -> Letter? {
        state.withLock { state in
            let letter = state.letters.popFirst()
            state.isRunning = letter != nil
            return letter
        }
    }
}

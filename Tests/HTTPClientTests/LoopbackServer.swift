import Foundation
import Synchronization

/// A TCP server on 127.0.0.1. Each connection is played by the same script, on a thread of its own.
final class LoopbackServer: Sendable {
    /// What happens on one connection. It is closed when the script returns or throws.
    typealias Script = @Sendable (LoopbackConnection) throws -> Void

    /// How long a connection waits for the other side, in seconds.
    static let patience = 30

    private struct State {
        var connections = 0
        var requests: [ReceivedRequest] = []
    }

    private let listener: BoundPort
    private let state = Mutex(State())

    /// How many connections were accepted.
    var connections: Int { state.withLock(\.connections) }

    /// The requests that were read with `readRequest`, in order.
    var requests: [ReceivedRequest] { state.withLock(\.requests) }

    /// The port on which it listens.
    var port: Int { listener.number }

    init(_ script: @escaping Script) throws {
        let listener = try BoundPort()
        self.listener = listener
        try listener.listen()
        Thread.detachNewThread { [weak self] in
            while true {
                let socket = accept(listener.socket, nil, nil)
                guard socket >= 0, let connection = self?.connection(on: socket) else { break }
                Thread.detachNewThread {
                    connection.play(script)
                }
            }
        }
    }

    /// A server that reads requests one after another on each connection and answers all of them alike.
    static func answering(_ answer: @escaping @Sendable (ReceivedRequest) -> String) throws -> LoopbackServer {
        try LoopbackServer { connection in
            while true {
                try connection.write(answer(connection.readRequest()))
            }
        }
    }

    deinit {
        // Wakes the thread that accepts; the socket is closed with its last holder.
        shutdown(listener.socket, Int32(SHUT_RDWR))
    }

    /// An address on this server.
    func url(_ path: String = "/", host: String = "127.0.0.1") throws -> URL {
        guard let url = URL(string: "http://\(host):\(port)\(path)") else { throw URLError(.badURL) }
        return url
    }

    private func connection(on socket: Int32) -> LoopbackConnection {
        let number = state.withLock { state in
            state.connections += 1
            return state.connections
        }
        return LoopbackConnection(socket: socket, number: number) { [weak self] request in
            self?.state.withLock { $0.requests.append(request) }
        }
    }
}

/// One open socket, as everybody outside of its event loop knows it.
package struct Socket: Hashable, Sendable {
    /// Unique as long as the program runs.
    package let id: UInt64
    let loop: LoopInbox

    package static func == (left: Socket, right: Socket) -> Bool { left.id == right.id }

    package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

/// The name of sockets that hear the same messages.
package struct SocketRoom: Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// How a socket ended.
package enum SocketEnd: Equatable, Sendable {
    /// The client closed it, with this code.
    case byClient(code: UInt16?)
    /// The server closed it.
    case byServer(SocketCloseCode)
    /// The connection broke without a word.
    case lost
}

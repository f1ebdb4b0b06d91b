import Web

/// Has everybody in one room hear what anybody says: what a live room does with its sockets, without its rules.
struct CrowdSession: SocketSession {
    static let room = SocketRoom(rawValue: "crowd")

    let hub: SocketHub

    func opened(_ socket: Socket) async {
        hub.join(socket, Self.room)
    }

    func received(_ text: String, on socket: Socket) async {
        hub.broadcast(hub.frame(text), in: Self.room)
    }

    func closed(_ socket: Socket, _ end: SocketEnd) async {}
}

/// Says everything back to who said it.
struct EchoSession: SocketSession {
    let hub: SocketHub

    func opened(_ socket: Socket) async {}

    func received(_ text: String, on socket: Socket) async {
        hub.send(hub.frame(text), to: socket)
    }

    func closed(_ socket: Socket, _ end: SocketEnd) async {}
}

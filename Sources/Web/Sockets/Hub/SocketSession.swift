/// Who hears what one client says. Made by the decision that lets the client in.
///
/// The calls for one socket come one after another, in this order: `opened`, any number of `received`, `closed`. While
/// one takes long, at most `SocketLimits.unhandledMessages` messages wait for it, and no more is read from the client.
package protocol SocketSession: Sendable {
    /// The handshake is done.
    func opened(_ socket: Socket) async

    /// A whole message came, valid UTF-8 of at most `SocketLimits.longestMessage` bytes.
    func received(_ text: String, on socket: Socket) async

    /// The last call. Nothing reaches the client any more.
    func closed(_ socket: Socket, _ end: SocketEnd) async
}

/// Why a socket is closed, as the closing frame tells the other end.
///
/// Source: RFC 6455, section 7.4.1; those from 4000 on are the club's own.
package enum SocketCloseCode: UInt16, Sendable, CaseIterable {
    /// Both ends are done.
    case normal = 1000
    /// The server shuts down; come back with `since`.
    case shutdown = 1001
    /// The client broke the protocol.
    case protocolError = 1002
    /// The client sent something other than text.
    case notText = 1003
    /// The client sent text that is not UTF-8, or compressed data that cannot be decoded.
    case invalidText = 1007
    /// The client is silent, or does something that is not allowed here.
    case policy = 1008
    /// A message of the client is longer than allowed.
    case tooBig = 1009
    /// The store does not answer; come back after a while.
    case tryAgainLater = 1013
    /// The live session has ended; do not come back.
    case sessionEnded = 4001
    /// The member was removed from the room; do not come back.
    case removed = 4003
    /// The client reads too slowly, so that its queue overflowed; come back with `since`.
    case tooSlow = 4008
}

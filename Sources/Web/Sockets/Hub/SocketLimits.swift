import NIOCore

/// What sockets may take of the server. The values of `init` are the program's; tests and benches set others.
package struct SocketLimits: Sendable {
    /// Most bytes of a client's message, as it comes and when it is decompressed.
    package var longestMessage = 8 * 1024
    /// So many messages of one client may wait to be handled. Beyond it the client is not read from.
    package var unhandledMessages = 16
    /// Most bytes that wait for one client to read them. Beyond it the socket is closed with 4008.
    package var output = 1024 * 1024
    /// How many bytes the system is asked to buffer for one client, in addition.
    package var systemOutput = 128 * 1024
    /// So often a client is pinged.
    package var ping: TimeAmount = .seconds(20)
    /// A client from which nothing comes for so long is gone: two pings were not answered.
    package var silence: TimeAmount = .seconds(50)
    /// How long a client may take to answer a closing frame.
    package var closing: TimeAmount = .seconds(3)
    /// So many handshakes may be decided on at once. Beyond it they are refused with 503.
    package var undecided = 256
    /// How long a decision may take before the handshake is refused with 503.
    package var decision: TimeAmount = .seconds(5)
    /// So many connections may be open that have not sent one whole head. Beyond it the oldest is closed.
    package var headless = 2_000
    /// A connection that sends no whole head for so long is closed when others come.
    package var head: TimeAmount = .seconds(10)
    /// So many commands may wait for one event loop. Beyond it all its sockets are closed with 4008.
    package var commands = 65_536
    /// Messages of fewer bytes are not compressed.
    package var compressFrom = 256
    package var joining = JoiningPolicy()

    package init() {}
}

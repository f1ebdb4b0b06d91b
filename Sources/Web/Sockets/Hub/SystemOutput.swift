import Glibc
import NIOCore

/// Hands bytes to the system without the way through the pipeline, which costs a fan-out to thousands of sockets a
/// fifth of its time.
///
/// Only for what is to go out at this moment, on the channel's event loop, while the channel is open and has nothing
/// else to write: neither order nor back pressure is looked after here.
struct SystemOutput {
    private let descriptor: NIOBSDSocket.Handle

    /// - Returns: nil where the channel is no socket of the system.
    init?(_ context: ChannelHandlerContext) {
        let found = try? context.pipeline.syncOperations.withUnsafeTransportIfAvailable(
            of: NIOBSDSocket.Handle.self
        ) { $0 }
        guard let found else { return nil }
        descriptor = found
    }

    /// - Returns: How many bytes the system took. None where it has no room, or the connection is broken: whoever
    ///   writes the rest the usual way learns which.
    func send(_ bytes: ByteBuffer) -> Int {
        bytes.withUnsafeReadableBytes { bytes in
            max(0, Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL)))
        }
    }
}

import Foundation

/// A free TCP port of 127.0.0.1 that is taken, but refuses connections until somebody listens on it.
final class BoundPort: Sendable {
    let socket: Int32
    let number: Int

    init() throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = LoopbackConnection.address(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let (socket, size) = (socket, length)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, size) == 0 && getsockname(socket, $0, &length) == 0
            }
        }
        number = Int(UInt16(bigEndian: address.sin_port))
        guard isBound else { throw LoopbackConnection.Failure.system(errno) }
    }

    deinit {
        close(socket)
    }

    /// Accepts connections from now on.
    func listen() throws {
        guard Glibc.listen(socket, 256) == 0 else { throw LoopbackConnection.Failure.system(errno) }
    }
}

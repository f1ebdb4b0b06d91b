import Foundation
import HTTPClient

/// One accepted connection, in the hands of a script.
final class LoopbackConnection: Sendable {
    /// Why a script cannot go on.
    enum Failure: Error {
        case closedByPeer
        case timedOut
        case unreadable
        case system(Int32)
    }

    /// The connection's number on its server, from 1.
    let number: Int
    let socket: Int32
    private let record: @Sendable (ReceivedRequest) -> Void

    init(socket: Int32, number: Int, record: @escaping @Sendable (ReceivedRequest) -> Void) {
        self.socket = socket
        self.number = number
        self.record = record
        var patience = timeval(tv_sec: LoopbackServer.patience, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    /// Runs `script` and closes the connection. A script that throws has nothing more to say.
    func play(_ script: LoopbackServer.Script) {
        try? script(self)
        close(socket)
    }

    /// Reads and records one request with its body.
    func readRequest() throws -> ReceivedRequest {
        var request = try readHead()
        if let length = request.headers["content-length"].flatMap({ Int($0) }) {
            request.body = try read(length)
        }
        record(request)
        return request
    }

    /// Reads the head of a request, and nothing of what follows it.
    func readHead() throws -> ReceivedRequest {
        var bytes: [UInt8] = []
        while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            bytes += try read(1)
        }
        return try ReceivedRequest(head: String(decoding: bytes, as: UTF8.self))
    }

    /// Reads exactly `count` bytes.
    func read(_ count: Int) throws -> Data {
        var data = Data()
        try consume(count) { data.append(contentsOf: $0) }
        return data
    }

    /// Reads exactly `count` bytes piece by piece, without keeping them.
    func consume(_ count: Int, _ piece: (UnsafeRawBufferPointer) -> Void) throws {
        var left = count
        try withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 1) { buffer in
            while left > 0 {
                let received = recv(socket, buffer.baseAddress, min(left, buffer.count), 0)
                guard received > 0 else {
                    throw received == 0 ? Failure.closedByPeer : Failure.system(errno)
                }
                piece(UnsafeRawBufferPointer(rebasing: buffer[..<received]))
                left -= received
            }
        }
    }

    func write(_ text: String) throws {
        try write(Data(text.utf8))
    }

    func write(_ data: Data) throws {
        try data.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) in
            var rest = bytes
            while !rest.isEmpty {
                let sent = send(socket, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
                guard sent > 0 else { throw Failure.system(errno) }
                rest = UnsafeRawBufferPointer(rebasing: rest[sent...])
            }
        }
    }

    /// Waits until the other side has closed the connection; whatever it sends before is dropped.
    func waitForClose() throws {
        do {
            while true {
                _ = try read(1)
            }
        } catch Failure.closedByPeer, Failure.system(ECONNRESET) {
            return
        }
    }

    static func address(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}

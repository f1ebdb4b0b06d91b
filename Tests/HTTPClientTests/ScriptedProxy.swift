import Foundation
import HTTPClient
import Synchronization

/// A proxy on 127.0.0.1 that asks for one user and password and connects every name to this machine.
final class ScriptedProxy: Sendable {
    /// The user and password that it accepts.
    static let user = "fomo"
    static let password = "p@ss:w/rd"

    /// What it does with a client that it has let in.
    enum Conduct: Sendable {
        case connects
        case refuses
        case hangsUp
    }

    private final class Log: Sendable {
        let targets = Mutex<[String]>([])
    }

    private let log: Log
    private let server: LoopbackServer

    /// The hosts and ports to which it was asked to connect, in order.
    var targets: [String] { log.targets.withLock { $0 } }

    /// Where it listens.
    var port: Int { server.port }

    private init(_ serve: @escaping @Sendable (LoopbackConnection, (String) -> Void) throws -> Void) throws {
        let log = Log()
        self.log = log
        server = try LoopbackServer { connection in
            try serve(connection) { target in log.targets.withLock { $0.append(target) } }
        }
    }

    /// An HTTP proxy, which is asked by `CONNECT`.
    static func http(_ conduct: Conduct = .connects) throws -> ScriptedProxy {
        let expected = "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
        return try ScriptedProxy { connection, note in
            while true {
                let request = try connection.readHead()
                let words = request.line.split(separator: " ").map(String.init)
                guard words.count == 3, words[0] == "CONNECT" else {
                    return try connection.write(answer(405))
                }
                guard request.headers["proxy-authorization"] == expected else {
                    try connection.write(answer(407, "who?", headers: ["Proxy-Authenticate: Basic realm=\"x\""]))
                    continue
                }
                note(words[1])
                switch conduct {
                case .connects:
                    let target = try LoopbackConnection(connectingTo: words[1])
                    try connection.write("HTTP/1.1 200 Connected\r\nX-Proxy: 1\r\n\r\n")
                    return connection.relay(with: target)
                case .refuses: return try connection.write(answer(502, "no way"))
                case .hangsUp: return
                }
            }
        }
    }

    /// A SOCKS5 proxy. Source: RFC 1928 and RFC 1929.
    static func socks5(_ conduct: Conduct = .connects) throws -> ScriptedProxy {
        try ScriptedProxy { connection, note in
            let methods = try connection.read(Int(connection.read(2)[1]))
            guard methods.contains(2) else { return try connection.write(Data([5, 255])) }
            try connection.write(Data([5, 2]))
            _ = try connection.read(1)
            let user = try connection.read(Int(connection.read(1)[0]))
            let password = try connection.read(Int(connection.read(1)[0]))
            let isKnown = user == Data(Self.user.utf8) && password == Data(Self.password.utf8)
            try connection.write(Data([1, isKnown ? 0 : 1]))
            guard isKnown else { return }
            let kind = try connection.read(4)[3]
            let host =
                switch kind {
                case 1: try connection.read(4).map(String.init).joined(separator: ".")
                default: String(decoding: try connection.read(Int(connection.read(1)[0])), as: UTF8.self)
                }
            let port = try connection.read(2).reduce(0) { $0 * 256 + Int($1) }
            note("\(host):\(port)")
            switch conduct {
            case .connects:
                let target = try LoopbackConnection(connectingTo: "\(host):\(port)")
                try connection.write(Data([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]))
                connection.relay(with: target)
            case .refuses: try connection.write(Data([5, 2, 0, 1, 0, 0, 0, 0, 0, 0]))
            case .hangsUp: return
            }
        }
    }
}

extension LoopbackConnection {
    /// A connection to this machine at the port of `target`, whatever its name is.
    convenience init(connectingTo target: String) throws {
        guard let port = target.split(separator: ":").last.flatMap({ Int($0) }) else { throw Failure.unreadable }
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.init(socket: socket, number: 0) { _ in }
        var address = Self.address(port: port)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure.system(errno) }
    }

    /// Passes bytes in both directions until both sides have closed, then closes `other`.
    func relay(with other: LoopbackConnection) {
        let isBack = DispatchGroup()
        isBack.enter()
        Thread.detachNewThread {
            other.pass(to: self)
            isBack.leave()
        }
        pass(to: other)
        isBack.wait()
        close(other.socket)
    }

    private func pass(to other: LoopbackConnection) {
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0, (try? other.write(Data(buffer[..<count]))) != nil else { break }
        }
        shutdown(other.socket, Int32(SHUT_WR))
    }
}

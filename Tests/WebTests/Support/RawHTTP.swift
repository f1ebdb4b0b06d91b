import Foundation

/// One HTTP/1.1 exchange on a connection of its own, with exactly the bytes that a test wants to send: no cookies, no
/// redirects, no headers that nobody asked for.
struct RawHTTP: Sendable {
    struct Answer: Sendable {
        var status: Int
        /// Names in lower case, in their order.
        var headers: [(name: String, value: String)]
        var body: Data

        subscript(_ name: String) -> String? { headers.first { $0.name == name }?.value }

        func all(_ name: String) -> [String] { headers.filter { $0.name == name }.map(\.value) }

        var text: String { String(decoding: body, as: UTF8.self) }

        /// The JSON object of the body; empty where it is none.
        var json: [String: Any] {
            (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:]
        }

        /// The `code` of the error envelope.
        var errorCode: String? { (json["error"] as? [String: Any])?["code"] as? String }

        /// The `field` of the error envelope.
        var errorField: String? { (json["error"] as? [String: Any])?["field"] as? String }
    }

    /// The other end did not speak HTTP, or not within the time limit.
    struct Broken: Error {
        var received: Int
    }

    /// How long one read may take, in seconds.
    private static let limit = 20

    let port: Int

    /// Sends one request and reads until the server closes the connection.
    func send(
        _ method: String = "GET",
        _ path: String,
        headers: [String: String] = [:],
        body: Data? = nil
    ) async throws -> Answer {
        var lines = ["\(method) \(path) HTTP/1.1", "Connection: close"]
        if headers["Host"] == nil { lines.append("Host: 127.0.0.1:\(port)") }
        lines += headers.map { "\($0.key): \($0.value)" }
        if let body { lines.append("Content-Length: \(body.count)") }
        let bytes = Data((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + (body ?? Data())
        return try await exchange(bytes)
    }

    /// Sends `bytes` as they are.
    func exchange(_ bytes: Data) async throws -> Answer {
        let port = port
        let received = try await withCheckedThrowingContinuation { continuation in
            // A queue of its own: a global one lends its few threads to the server's tasks as well.
            DispatchQueue(label: "raw-http").async {
                continuation.resume(with: Result { try Self.exchange(bytes, port: port) })
            }
        }
        return try Self.parse(received)
    }

    private static func exchange(_ bytes: Data, port: Int) throws -> Data {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { throw Broken(received: 0) }
        defer { close(socket) }
        var timeout = timeval(tv_sec: limit, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                connect(socket, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw Broken(received: 0) }
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                let rest = buffer.baseAddress?.advanced(by: sent)
                return Foundation.send(socket, rest, buffer.count - sent, Int32(MSG_NOSIGNAL))
            }
            // The server may answer and close before it has read everything.
            guard count > 0 else { break }
            sent += count
        }
        var received = Data()
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            received.append(contentsOf: buffer[..<count])
        }
        return received
    }

    private static func parse(_ data: Data) throws -> Answer {
        guard let end = data.range(of: Data("\r\n\r\n".utf8)) else { throw Broken(received: data.count) }
        let head = String(decoding: data[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        guard let status = head.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw Broken(received: data.count)
        }
        let headers = head.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (
                name: parts[0].lowercased(),
                value: parts.count == 2 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
            )
        }
        return Answer(status: status, headers: headers, body: data[end.upperBound...])
    }
}

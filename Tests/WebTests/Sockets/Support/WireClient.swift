import Foundation
import NIOCore
import NIOPosix

/// A WebSocket client that speaks the protocol byte by byte, rightly or wrongly, as a test wants it to.
final class WireClient: Sendable {
    /// The other end closed the connection, or said nothing within the time limit.
    enum Broken: Error, Equatable {
        case closed
        case silent
    }

    struct Answer: Sendable {
        var status: Int
        /// Names in lower case.
        var headers: [String: String]
        var body: String
    }

    struct ServerFrame: Equatable, Sendable {
        var first: UInt8
        var payload: ByteBuffer

        var opcode: UInt8 { first & 0x0F }
        var isCompressed: Bool { first & 0x40 != 0 }
        var text: String { String(buffer: payload) }
        /// The code of a closing frame.
        var closeCode: UInt16? { opcode == 8 ? payload.getInteger(at: payload.readerIndex) : nil }
    }

    /// Source of this key: RFC 6455, section 1.3.
    static let key = "dGhlIHNhbXBsZSBub25jZQ=="
    /// How long one wait may take.
    private static let limit: TimeAmount = .seconds(20)

    let channel: any Channel
    private let inbox: WireInbox

    private init(channel: any Channel, inbox: WireInbox) {
        self.channel = channel
        self.inbox = inbox
    }

    /// A connection without a handshake. Without `reads`, nothing is read from it until `read` is called.
    static func connect(to port: Int, reads: Bool = true) async throws -> WireClient {
        let inbox = WireInbox()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: reads)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelOption(.socketOption(.so_rcvbuf), value: reads ? 256 * 1024 : 4096)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(WireHandler(inbox: inbox))
                }
            }
            .connect(host: "127.0.0.1", port: port)
            .get()
        return WireClient(channel: channel, inbox: inbox)
    }

    /// A client whose handshake is done.
    static func open(to port: Int, path: String = "/ws", extensions: String? = nil) async throws -> WireClient {
        let client = try await connect(to: port)
        let answer = try await client.shakeHands(path: path, extensions: extensions)
        guard answer.status == 101 else { throw Broken.closed }
        return client
    }

    // MARK: Handshake

    /// Asks for a socket. Of `fields`, which are other than usual, those with an empty value are left out.
    func shakeHands(
        path: String = "/ws",
        version: String = "HTTP/1.1",
        extensions: String? = nil,
        fields: [String: String] = [:]
    ) async throws -> Answer {
        try await send(Self.handshake(path: path, version: version, extensions: extensions, fields: fields))
        return try await answer()
    }

    static func handshake(
        path: String = "/ws",
        version: String = "HTTP/1.1",
        extensions: String? = nil,
        fields: [String: String] = [:]
    ) -> [UInt8] {
        var head = [
            "Host": "127.0.0.1", "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": key,
        ]
        head["Sec-WebSocket-Extensions"] = extensions
        head.merge(fields) { _, new in new }
        let lines = head.filter { !$0.value.isEmpty }.map { "\($0.key): \($0.value)" }
        return Array((["GET \(path) \(version)"] + lines + ["", ""]).joined(separator: "\r\n").utf8)
    }

    /// The next HTTP answer.
    func answer() async throws -> Answer {
        try await take { buffer in
            let bytes = buffer.readableBytesView
            guard let end = Data(bytes).range(of: Data("\r\n\r\n".utf8)) else { return nil }
            let lines = String(decoding: bytes.prefix(end.lowerBound), as: UTF8.self).components(separatedBy: "\r\n")
            var headers: [String: String] = [:]
            for line in lines.dropFirst() {
                let parts = line.split(separator: ":", maxSplits: 1)
                headers[parts[0].lowercased()] = parts.last?.trimmingCharacters(in: .whitespaces)
            }
            let length = headers["content-length"].flatMap { Int($0) } ?? 0
            guard bytes.count >= end.upperBound + length else { return nil }
            let status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) }
            buffer.moveReaderIndex(forwardBy: end.upperBound)
            let body = buffer.readString(length: length) ?? ""
            return Answer(status: status ?? 0, headers: headers, body: body)
        }
    }

    // MARK: Sending

    func send(_ bytes: [UInt8]) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
    }

    func send(text: String) async throws {
        try await send(Self.frame(0x81, Array(text.utf8)))
    }

    /// A frame with a mask that changes every byte.
    static func frame(_ first: UInt8, _ payload: [UInt8] = []) -> [UInt8] {
        let mask: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
        var frame = [first]
        switch payload.count {
        case ...125: frame += [0x80 | UInt8(payload.count)]
        case ...0xFFFF: frame += [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
        default: frame += [0x80 | 127] + (0..<8).map { UInt8(truncatingIfNeeded: payload.count >> (56 - 8 * $0)) }
        }
        return frame + mask + payload.enumerated().map { $1 ^ mask[$0 % 4] }
    }

    static func close(_ code: UInt16) -> [UInt8] {
        frame(0x88, [UInt8(code >> 8), UInt8(code & 0xFF)])
    }

    // MARK: Receiving

    func nextFrame() async throws -> ServerFrame {
        try await take { buffer in
            var rest = buffer
            guard let first = rest.readInteger(as: UInt8.self), let second = rest.readInteger(as: UInt8.self) else {
                return nil
            }
            var length = Int(second)
            if second == 126 {
                guard let word = rest.readInteger(as: UInt16.self) else { return nil }
                length = Int(word)
            } else if second == 127 {
                guard let word = rest.readInteger(as: UInt64.self) else { return nil }
                length = Int(word)
            }
            guard let payload = rest.readSlice(length: length) else { return nil }
            buffer = rest
            return ServerFrame(first: first, payload: payload)
        }
    }

    /// The next message; pings in between are passed over.
    func nextText() async throws -> String {
        while true {
            let frame = try await nextFrame()
            if frame.opcode == 1 { return frame.text }
            if frame.opcode == 8 { throw Broken.closed }
        }
    }

    /// The code with which the server closes; what comes before is passed over.
    func nextCloseCode() async throws -> UInt16? {
        while true {
            let frame = try await nextFrame()
            if frame.opcode == 8 { return frame.closeCode }
        }
    }

    /// Waits until the server has closed its side.
    func hasEnded() async throws {
        do {
            _ = try await take { buffer -> Bool? in
                buffer.clear()
                return nil
            }
        } catch Broken.closed {}
    }

    func read() async throws {
        try await channel.setOption(.autoRead, value: true).get()
        channel.read()
    }

    /// Waits until `parse` finds something in what came.
    func take<Value: Sendable>(_ parse: @Sendable (inout ByteBuffer) throws -> Value?) async throws -> Value {
        let timeout = channel.eventLoop.scheduleTask(in: Self.limit) { self.inbox.giveUp() }
        defer { timeout.cancel() }
        while true {
            if let value = try inbox.take(parse) { return value }
            try await inbox.more()
        }
    }
}

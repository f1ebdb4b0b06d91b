import Foundation
import HTTPClient
import Synchronization

/// A file server with ranges, whose file can change and whose answers can break off.
final class DownloadServer: Sendable {
    /// The file and how it is served.
    struct Content: Sendable {
        var bytes: Data
        var entityTag: String? = "\"1\""
        /// How many bytes of the body are sent before the connection is dropped.
        var breaksOffAfter: Int?
        /// How many bytes of the body are sent before nothing more comes, with the connection open.
        var stallsAfter: Int?
        /// Whether `If-Range` is taken into account.
        var checksVersion = true
        /// Whether the answer says how long it is.
        var announcesLength = true
    }

    private final class Shelf: Sendable {
        let content: Mutex<Content>

        init(_ content: Content) {
            self.content = Mutex(content)
        }
    }

    private let shelf: Shelf
    private let server: LoopbackServer

    init(_ content: Content) throws {
        let shelf = Shelf(content)
        self.shelf = shelf
        server = try LoopbackServer { connection in
            while true {
                let request = try connection.readRequest()
                try Self.serve(shelf.content.withLock { $0 }, to: request, on: connection)
            }
        }
    }

    /// The requests so far.
    var requests: [ReceivedRequest] { server.requests }

    /// The file's address.
    var url: URL {
        get throws { try server.url("/file/bot1:SECRET/voice.oga") }
    }

    /// Changes the file or how it is served from the next request on.
    func change(_ change: (inout Content) -> Void) {
        shelf.content.withLock { change(&$0) }
    }

    private static func serve(
        _ content: Content,
        to request: ReceivedRequest,
        on connection: LoopbackConnection
    ) throws {
        let total = content.bytes.count
        var lines = content.entityTag.map { ["ETag: \($0)"] } ?? []
        let range = request.headers["range"].flatMap { Int($0.dropFirst("bytes=".count).dropLast()) }
        let isOtherVersion = request.headers["if-range"].map { $0 != content.entityTag } ?? false
        let start = content.checksVersion && isOtherVersion ? nil : range
        if let start, start >= total {
            lines.append("Content-Range: bytes */\(total)")
            return try connection.write(answer(416, "out of range", headers: lines))
        }
        if let start {
            lines.append("Content-Range: bytes \(start)-\(total - 1)/\(total)")
        }
        let body = content.bytes[(start ?? 0)...]
        lines.append(content.announcesLength ? "Content-Length: \(body.count)" : "Connection: close")
        try connection.write("HTTP/1.1 \(start == nil ? 200 : 206) File\r\n\(lines.joined(separator: "\r\n"))\r\n\r\n")
        try connection.write(body.prefix(content.stallsAfter ?? content.breaksOffAfter ?? body.count))
        if content.stallsAfter != nil { _ = try connection.readRequest() }
        if content.breaksOffAfter != nil || !content.announcesLength {
            throw LoopbackConnection.Failure.closedByPeer
        }
    }
}

import Crypto
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Synchronization

/// Counts what of a recording is really sent, and to how many.
///
/// The address of whoever fetches it is kept nowhere: only a keyed hash of it and of what the program calls itself.
struct DownloadMeter: Sendable {
    /// What a program calls itself is looked at as far as this, in characters.
    private static let longestAgent = 512

    let services: WebServices
    let key: SymmetricKey
    let robots: KnownRobots

    /// The same body, of which it is written down how much was taken. What only asks about a file never writes it.
    /// `fileBytes`: of the whole file, of which the body may be a part.
    func metered(
        _ body: ResponseBody,
        of recording: Recording,
        _ podcast: Podcast,
        fileBytes: Int64,
        _ request: Request,
        _ context: WebContext
    ) -> ResponseBody {
        let agent = request.headers[.userAgent].map { String($0.prefix(Self.longestAgent)) }
        guard let client = context.client, !robots.include(agent) else { return body }
        let audience = audience(client, agent ?? "")
        let (cause, logger) = (services.cause(), context.logger)
        return ResponseBody(contentLength: body.contentLength) { writer in
            let sent = SentBytes()
            let outcome: (any Error)?
            do {
                try await body.write(MeteredWriter(writer: writer, sent: sent))
                outcome = nil
            } catch {
                outcome = error
            }
            // Not cancelled with the request, which ends here when the player has gone away.
            await Task {
                do {
                    try await services.downloads.sent(
                        sent.count,
                        of: fileBytes,
                        lasting: recording.duration,
                        podcast.id,
                        to: audience,
                        cause: cause
                    )
                } catch {
                    logger.warning("A download was not counted", metadata: ["error": "\(error)"])
                }
            }.value
            if let outcome { throw outcome }
        }
    }

    private func audience(_ client: IPAddress, _ agent: String) -> DownloadAudience {
        let code = HMAC<SHA256>.authenticationCode(for: Data(client.household) + Data(agent.utf8), using: key)
        return DownloadAudience(rawValue: Base64URL.encode(Data(code).prefix(16)))
    }
}

/// How much was handed to a connection.
private final class SentBytes: Sendable {
    private let total = Mutex<Int64>(0)

    var count: Int64 { total.withLock { $0 } }

    func add(_ bytes: Int) { total.withLock { $0 += Int64(bytes) } }
}

/// Counts what the connection has taken.
private struct MeteredWriter: ResponseBodyWriter {
    var writer: any ResponseBodyWriter
    let sent: SentBytes

    mutating func write(_ buffer: ByteBuffer) async throws {
        try await writer.write(buffer)
        sent.add(buffer.readableBytes)
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
        try await writer.finish(trailingHeaders)
    }
}

import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Logging

/// `/api/podcasts/{id}/audio` and `/api/recordings/{id}/audio`: the files, whole or in parts, streamed from the disk.
struct AudioRoutes: Sendable {
    /// How much is read from the disk at a time, in bytes. Several such pieces wait in memory for each player that
    /// does not take them, so they are small.
    private static let chunk = 32 * 1024

    let services: WebServices
    private let files = FileIO()

    init(services: WebServices) {
        self.services = services
    }

    func add(to routes: inout RouteTable) {
        routes.signedAddresses("/api/podcasts/{id}/audio") { request, context, member in
            let id = PodcastID(rawValue: try context.parameters.require("id"))
            let podcast = try await services.library.podcast(.id(id), for: member)
            guard let recording = podcast.recordingToHear else { throw Refusal.recordingOnItsWay }
            return try await answer(recording, of: podcast, request, context)
        }
        routes.signedAddresses("/api/recordings/{id}/audio") { request, context, member in
            let id = RecordingID(rawValue: try context.parameters.require("id"))
            let podcast = try await services.library.podcast(.recording(id), for: member)
            guard let recording = podcast.recordings.first(where: { $0.id == id }) else { throw Refusal.notFound }
            return try await answer(recording, of: podcast, request, context)
        }
    }

    private func answer(
        _ recording: Recording,
        of podcast: Podcast,
        _ request: Request,
        _ context: WebContext
    ) async throws -> Response {
        switch recording.media {
        case .awaited: throw Refusal.recordingOnItsWay
        case .messengerOnly: throw Refusal.heardInMessengerOnly
        case .stored(let key, let bytes): return try await file(key, bytes, recording, podcast, request, context)
        }
    }

    private func file(
        _ key: MediaKey,
        _ length: Int64,
        _ recording: Recording,
        _ podcast: Podcast,
        _ request: Request,
        _ context: WebContext
    ) async throws -> Response {
        let tag = EntityTag(digest: key.rawValue)
        var headers: HTTPFields = [
            .eTag: tag.text,
            .acceptRanges: "bytes",
            .cacheControl: "private, no-cache",
        ]
        if tag.isKnown(to: request.headers) { return Response(status: .notModified, headers: headers) }
        headers[.contentType] = recording.mediaType
        headers[.contentDisposition] = ContentDisposition.inline(recording.fileName ?? podcast.fileName(of: recording))
        let wanted = tag.allowsRange(request.headers) ? request.headers[.range] : nil
        switch ByteRange(wanted, length: length) {
        case .unsatisfiable:
            throw RequestFault.rangeNotSatisfiable(length: length)
        case .whole:
            let body = try await content(of: key, 0..<length, context)
            return Response(status: .ok, headers: headers, body: body)
        case .part(let range):
            headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound)/\(length)"
            let body = try await content(of: key, Range(range), context)
            return Response(status: .partialContent, headers: headers, body: body)
        }
    }

    /// The bytes of a file, read from the disk while the client takes them; a client that goes away ends that.
    /// - Throws: `.unavailable` where the file is not on the disk as the store describes it.
    private func content(
        of key: MediaKey,
        _ range: Range<Int64>,
        _ context: WebContext
    ) async throws -> ResponseBody {
        guard !range.isEmpty else { return ResponseBody() }
        if let file = services.media.file(key),
            let body = try? await files.loadFile(
                path: file.path,
                range: Int(range.lowerBound)...Int(range.upperBound - 1),
                context: context,
                chunkLength: Self.chunk
            ),
            body.contentLength == range.count
        {
            return body
        }
        context.logger.error("A media file is missing or has another length", metadata: ["key": "\(key)"])
        throw RequestFault.unavailable
    }
}

extension Podcast {
    /// The first recording that is ready; without one, the first that is on its way.
    fileprivate var recordingToHear: Recording? {
        recordings.first(where: \.isReady) ?? recordings.first { $0.media == .awaited } ?? recordings.first
    }

    /// Under which name a recording without one is kept: the title and the usual ending of its type.
    fileprivate func fileName(of recording: Recording) -> String {
        let plain = title.map { $0 == "/" || $0 == "\\" ? "-" : $0 }
        return String(plain) + "." + Self.ending(of: recording.mediaType)
    }

    private static func ending(of mediaType: String) -> String {
        switch mediaType {
        case "audio/ogg", "audio/opus": "ogg"
        case "audio/mpeg", "audio/mp3": "mp3"
        case "audio/mp4", "audio/x-m4a", "audio/aac": "m4a"
        case "audio/flac", "audio/x-flac": "flac"
        case "audio/wav", "audio/x-wav": "wav"
        case "audio/webm": "weba"
        case "video/mp4": "mp4"
        case "video/quicktime": "mov"
        case "video/webm": "webm"
        default: mediaType.hasPrefix("video/") ? "video" : "audio"
        }
    }
}

import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Logging

/// `/api/podcasts/{id}/audio` and `/api/recordings/{id}/audio`: the files, whole or in parts, streamed from the disk.
///
/// That is the copy for browsers where there is one, with `?format=original` what was posted.
struct AudioRoutes: Sendable {
    /// How much is read from the disk at a time, in bytes. Several such pieces wait in memory for each player that
    /// does not take them, so they are small.
    private static let chunk = 32 * 1024

    let services: WebServices
    let meter: DownloadMeter
    private let files = FileIO()

    init(services: WebServices, meter: DownloadMeter) {
        self.services = services
        self.meter = meter
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
        let format = try request.fields()["format"] ?? ""
        guard format.isEmpty || format == AudioFile.originalFormat else { throw RequestFault.invalidField("format") }
        let file = try AudioFile(recording, of: podcast, isOriginal: !format.isEmpty)
        var response = try await answer(file, request, context)
        guard response.status == .ok || response.status == .partialContent else { return response }
        response.body = meter.metered(response.body, of: recording, podcast, fileBytes: file.bytes, request, context)
        return response
    }

    private func answer(_ file: AudioFile, _ request: Request, _ context: WebContext) async throws -> Response {
        let (key, length) = (file.key, file.bytes)
        let tag = EntityTag(digest: key.rawValue)
        var headers: HTTPFields = [
            .eTag: tag.text,
            .acceptRanges: "bytes",
            .cacheControl: "private, no-cache",
        ]
        if tag.isKnown(to: request.headers) { return Response(status: .notModified, headers: headers) }
        headers[.contentType] = file.mediaType
        headers[.contentDisposition] = ContentDisposition.inline(file.name)
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
}

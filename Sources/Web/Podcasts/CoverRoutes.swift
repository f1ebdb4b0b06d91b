import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Logging

/// `/api/podcasts/{id}/cover`: the picture that an episode was given.
struct CoverRoutes: Sendable {
    let services: WebServices
    private let files = FileIO()

    init(services: WebServices) {
        self.services = services
    }

    func add(to routes: inout RouteTable) {
        routes.signedAddresses("/api/podcasts/{id}/cover") { request, context, member in
            let id = PodcastID(rawValue: try context.parameters.require("id"))
            let podcast = try await services.library.podcast(.id(id), for: member)
            guard case .stored(let key, let bytes) = podcast.cover?.media else { throw Refusal.notFound }
            return try await picture(key, bytes, request, context)
        }
    }

    private func picture(
        _ key: MediaKey,
        _ length: Int64,
        _ request: Request,
        _ context: WebContext
    ) async throws -> Response {
        let tag = EntityTag(digest: key.rawValue)
        var headers: HTTPFields = [.eTag: tag.text, .cacheControl: "private, no-cache"]
        if tag.isKnown(to: request.headers) { return Response(status: .notModified, headers: headers) }
        guard let file = services.media.file(key), length > 0,
            let body = try? await files.loadFile(path: file.path, context: context), body.contentLength == Int(length)
        else {
            context.logger.error("A cover is missing or has another length", metadata: ["key": "\(key)"])
            throw RequestFault.unavailable
        }
        // The only type that is kept; see `Cover`.
        headers[.contentType] = "image/jpeg"
        return Response(status: .ok, headers: headers, body: body)
    }
}

extension Podcast {
    /// Where its cover is fetched; nil where it has none that is ready.
    var coverPath: String? {
        if case .stored = cover?.media { "/api/podcasts/\(id)/cover" } else { nil }
    }
}

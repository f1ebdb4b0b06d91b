import Crypto
import Foundation
import HTTPTypes
import Hummingbird

/// The files of `Public`: styles, scripts, icons. Read once at start and answered from memory; each has a route of
/// its own, so that no address can name anything else.
struct StaticAssets: Sendable {
    struct Asset: Sendable {
        let bytes: ByteBuffer
        let mediaType: String
        let tag: EntityTag
        /// In the address of those who want exactly this content.
        let version: String

        init(_ data: Data, mediaType: String) {
            let digest = SHA256.hash(data: data).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            bytes = ByteBuffer(bytes: data)
            self.mediaType = mediaType
            tag = EntityTag(digest: String(digest.prefix(32)))
            version = String(digest.prefix(10))
        }
    }

    private static let mediaTypes = [
        "css": "text/css; charset=utf-8", "ico": "image/x-icon", "js": "text/javascript; charset=utf-8",
        "json": "application/json", "png": "image/png", "svg": "image/svg+xml",
        "txt": "text/plain; charset=utf-8", "webmanifest": "application/manifest+json", "yaml": "application/yaml",
    ]

    private var assets: [String: Asset] = [:]

    /// - Parameter resources: Has `Public` and `openapi.yaml`.
    /// - Throws: `.resourceUnreadable`.
    init(resources: URL) throws(WebServerFault) {
        let folder = resources.appending(path: "Public", directoryHint: .isDirectory)
        guard let names = FileManager.default.enumerator(atPath: folder.path) else {
            throw .resourceUnreadable(path: folder.path)
        }
        for case let name as String in names {
            let file = folder.appending(path: name)
            let ending = file.pathExtension
            guard let mediaType = Self.mediaTypes[ending] else { continue }
            assets["/\(name)"] = try Self.read(file, mediaType)
        }
        let description = resources.appending(path: "openapi.yaml")
        assets["/openapi.yaml"] = try Self.read(description, Self.mediaTypes["yaml"] ?? "application/yaml")
    }

    /// The versioned address of each file by a name that templates can use: `css/app.css` is `css_app_css`.
    var links: [String: String] {
        var links: [String: String] = [:]
        for (path, asset) in assets {
            let name = path.dropFirst().map { $0.isLetter || $0.isNumber ? $0 : "_" }
            links[String(name)] = "\(path)?v=\(asset.version)"
        }
        return links
    }

    func add(to routes: inout RouteTable) {
        for (path, asset) in assets.sorted(by: { $0.key < $1.key }) {
            routes.everyone(.get, path) { request, _ in
                Self.answer(asset, to: request)
            }
        }
    }

    /// With its version in the address, the content never changes and may be kept for a year.
    static func answer(_ asset: Asset, to request: Request) -> Response {
        let isVersioned = request.uri.query == "v=\(asset.version)"
        var headers: HTTPFields = [
            .eTag: asset.tag.text,
            .cacheControl: isVersioned ? "public, max-age=31536000, immutable" : "public, no-cache",
        ]
        if asset.tag.isKnown(to: request.headers) { return Response(status: .notModified, headers: headers) }
        headers[.contentType] = asset.mediaType
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: asset.bytes))
    }

    private static func read(_ file: URL, _ mediaType: String) throws(WebServerFault) -> Asset {
        guard let data = try? Data(contentsOf: file) else { throw .resourceUnreadable(path: file.path) }
        return Asset(data, mediaType: mediaType)
    }
}

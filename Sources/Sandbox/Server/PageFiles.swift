import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Serves the page: `/` and the files beside it. Nothing outside of its one folder can be named.
struct PageFiles: RouterMiddleware {
    let folder: URL

    private static let types = [
        "html": "text/html; charset=utf-8",
        "css": "text/css; charset=utf-8",
        "js": "text/javascript; charset=utf-8",
        "svg": "image/svg+xml",
    ]

    func handle(
        _ request: Request,
        context: SandboxRequestContext,
        next: (Request, SandboxRequestContext) async throws -> Response
    ) async throws -> Response {
        let name = request.uri.path == "/" ? "index.html" : String(request.uri.path.dropFirst())
        guard request.method == .get || request.method == .head,
            name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") }),
            let type = name.split(separator: ".").last.flatMap({ PageFiles.types[String($0)] }),
            let content = try? Data(contentsOf: folder.appendingPathComponent(name, isDirectory: false))
        else { return try await next(request, context) }
        var headers = HTTPFields()
        headers[.contentType] = type
        headers[.cacheControl] = "no-cache"
        headers[.contentSecurityPolicy] =
            "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        headers[.xContentTypeOptions] = "nosniff"
        let response = Response(
            status: .ok,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: content))
        )
        return request.method == .head ? response.createHeadResponse() : response
    }
}

import Foundation
import HTTPTypes
import Hummingbird

/// Refuses changes that a page of another site asks a member's browser for.
///
/// Browsers name the asking page in `Origin`, or at least whether it is ours in `Sec-Fetch-Site`. A client that does
/// neither is no browser; it is let through where it sends no cookies, which only browsers add by themselves.
struct OriginCheck: RouterMiddleware {
    typealias Context = WebContext

    private static let fetchSite = HTTPField.Name("Sec-Fetch-Site")

    /// Scheme, host and port of the public address, as `Origin` has them.
    private let publicOrigin: String?

    init(publicURL: URL) {
        publicOrigin = publicURL.scheme.flatMap { scheme in
            publicURL.host().map { host in "\(scheme)://\(host)" + (publicURL.port.map { ":\($0)" } ?? "") }
        }
    }

    func handle(
        _ request: Request,
        context: WebContext,
        next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let isReading = [.get, .head, .options].contains(request.method)
        guard isReading || isOurs(request.head) else { throw RequestFault.foreignOrigin }
        return try await next(request, context)
    }

    /// Whether it comes from a page of this site, or from no browser.
    func isOurs(_ head: HTTPRequest) -> Bool {
        if let origin = head.headerFields[.origin] {
            guard let authority = head.authority else { return origin == publicOrigin }
            return [publicOrigin, "https://\(authority)", "http://\(authority)"].contains(origin)
        }
        if let name = Self.fetchSite, let site = head.headerFields[name] {
            return site == "same-origin" || site == "none"
        }
        return !head.headerFields.contains(.cookie)
    }
}

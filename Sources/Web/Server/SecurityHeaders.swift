import HTTPTypes
import Hummingbird

/// Tells browsers how little an answer may do: no foreign or inline scripts, no frames but Telegram's, no guessing of
/// types, no traces in search engines.
struct SecurityHeaders: RouterMiddleware {
    typealias Context = WebContext

    private let headers: [(name: HTTPField.Name, value: String)]

    init(isSecure: Bool) {
        let policy = [
            "default-src 'self'", "img-src 'self' data:", "object-src 'none'", "base-uri 'none'", "form-action 'self'",
            "frame-ancestors https://web.telegram.org https://*.telegram.org",
        ]
        var pairs = [
            ("Content-Security-Policy", policy.joined(separator: "; ")),
            ("X-Content-Type-Options", "nosniff"),
            // Not `no-referrer`: with it, browsers send forms with `Origin: null`.
            ("Referrer-Policy", "same-origin"),
            ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
            ("Cross-Origin-Opener-Policy", "same-origin-allow-popups"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("X-Robots-Tag", "noindex, nofollow"),
        ]
        if isSecure { pairs.append(("Strict-Transport-Security", "max-age=31536000")) }
        headers = pairs.compactMap { name, value in HTTPField.Name(name).map { ($0, value) } }
    }

    func handle(
        _ request: Request,
        context: WebContext,
        next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        add(to: &response.headers)
        return response
    }

    /// For answers that go out by another way.
    func add(to fields: inout HTTPFields) {
        for (name, value) in headers { fields[name] = value }
    }
}

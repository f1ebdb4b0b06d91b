import Foundation

/// Scheme, host and port of an address: all of it that may be shown.
struct Origin: Sendable, Hashable, CustomStringConvertible {
    /// The two schemes that the client speaks.
    enum Scheme: String {
        case http, https

        /// Source: RFC 9110, section 4.2.
        var defaultPort: Int {
            switch self {
            case .http: 80
            case .https: 443
            }
        }
    }

    let scheme: Scheme
    /// `scheme://host:port`, the port always written, an IPv6 address in brackets.
    let description: String

    /// Nothing where `url` is not an absolute http or https address, or where it carries a user or a password.
    init?(_ url: URL) {
        guard let parts = URLComponents(url: url, resolvingAgainstBaseURL: true),
            let scheme = parts.scheme.flatMap({ Scheme(rawValue: $0.lowercased()) }),
            let host = parts.host, !host.isEmpty,
            parts.user == nil, parts.password == nil
        else { return nil }
        let shownHost = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
        self.scheme = scheme
        description = "\(scheme.rawValue)://\(shownHost):\(parts.port ?? scheme.defaultPort)"
    }
}

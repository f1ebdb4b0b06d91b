/// An HTTP or SOCKS5 proxy, through which every connection of a client goes. Prints no user and password.
///
/// With an HTTP proxy each server is reached through a `CONNECT` tunnel, plain `http` addresses too: the proxy sees
/// host and port but never a path, and its own answers cannot be mistaken for the server's.
public struct Proxy: Sendable, Hashable {
    /// How the client talks to the proxy.
    public enum Scheme: String, Sendable, Hashable {
        /// HTTP without encryption between client and proxy.
        case http
        /// HTTP over TLS; the proxy's certificate is checked as a server's is.
        case https
        /// SOCKS5; the client resolves names itself.
        case socks5
        /// SOCKS5; the proxy resolves names, which is what helps where the name service is censored.
        case socks5h
    }

    /// User and password as the proxy gets them, after percent-decoding.
    struct Credentials: Sendable, Hashable {
        let user: String
        let password: String
    }

    /// How the client talks to the proxy.
    public let scheme: Scheme
    /// The proxy's name or address.
    public let host: String
    /// The proxy's port.
    public let port: Int
    let credentials: Credentials?
}

extension Proxy: Discreet {
    /// Scheme, host and port, an IPv6 address in brackets.
    public var description: String {
        "\(scheme.rawValue)://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }
}

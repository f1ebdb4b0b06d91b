import CCurl
import Foundation

extension EasyHandle {
    /// Most redirects that are followed in a row.
    private static let maximumRedirects = 5

    /// How long a connection may be silent before TCP asks whether the peer is still there, and how often it asks.
    private static let keepAliveIdle: Duration = .seconds(30)
    private static let keepAliveInterval: Duration = .seconds(10)

    /// What holds for every request of a client.
    func configure(_ configuration: HTTPClient.Configuration) throws(TransferFault) {
        // Signals belong to the program. Without this, libcurl's time limits would use SIGALRM.
        try set(CURLOPT_NOSIGNAL, true)
        // A transfer that is abandoned while its name is being resolved must not hold up the loop until the name
        // service has answered.
        try set(CURLOPT_QUICK_EXIT, true)
        try set(CURLOPT_CONNECTTIMEOUT_MS, configuration.connectTimeout.wholeMilliseconds)
        try set(CURLOPT_USERAGENT, configuration.userAgent)
        try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        try set(CURLOPT_TCP_KEEPALIVE, true)
        try set(CURLOPT_TCP_KEEPIDLE, Int(Self.keepAliveIdle.components.seconds))
        try set(CURLOPT_TCP_KEEPINTVL, Int(Self.keepAliveInterval.components.seconds))
        try configure(configuration.proxy)
    }

    /// Address, method and redirects of one request.
    func configure(_ request: HTTPRequest, origin: Origin) throws(TransferFault) {
        try set(CURLOPT_URL, request.url.absoluteURL.absoluteString)
        try set(CURLOPT_PROTOCOLS_STR, origin.scheme.rawValue)
        try set(CURLOPT_FOLLOWLOCATION, request.followsRedirects)
        try set(CURLOPT_MAXREDIRS, Self.maximumRedirects)
        try set(CURLOPT_REDIR_PROTOCOLS_STR, origin.scheme == .https ? "https" : "http,https")
        switch request.method {
        case .get: try set(CURLOPT_HTTPGET, true)
        case .head: try set(CURLOPT_NOBODY, true)
        case .post, .put, .patch, .delete: try set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        }
    }

    /// Ends a download that brings nothing for so long.
    func limitStall(_ timeout: Duration) throws(TransferFault) {
        try set(CURLOPT_LOW_SPEED_LIMIT, 1)
        try set(CURLOPT_LOW_SPEED_TIME, timeout.wholeMilliseconds / 1_000)
    }

    private func configure(_ proxy: Proxy?) throws(TransferFault) {
        guard let proxy else {
            // An empty name, so that the environment's proxy variables are not used behind the program's back.
            return try set(CURLOPT_PROXY, "")
        }
        try set(CURLOPT_PROXY, proxy.description)
        try set(CURLOPT_NOPROXY, "")
        try set(CURLOPT_HTTPPROXYTUNNEL, true)
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, true)
        // The same bit means "user and password" for both kinds of proxy.
        try set(CURLOPT_PROXYAUTH, Int(Self.userAndPassword))
        try set(CURLOPT_SOCKS5_AUTH, Int(Self.userAndPassword))
        if let credentials = proxy.credentials {
            try set(CURLOPT_PROXYUSERNAME, credentials.user)
            try set(CURLOPT_PROXYPASSWORD, credentials.password)
        }
    }

    /// `CURLAUTH_BASIC`, a macro that Swift does not import.
    private static let userAndPassword = 1 << 0
}

extension Duration {
    /// Milliseconds, rounded up, so that a wait is never shorter than asked for; at most what libcurl accepts.
    var wholeMilliseconds: Int {
        let limit = Int(Int32.max)
        guard self < .milliseconds(limit) else { return limit }
        let (seconds, attoseconds) = components
        return max(0, Int(seconds) * 1_000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
    }
}

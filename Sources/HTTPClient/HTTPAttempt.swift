/// What is known about a request that failed, as far as it may be shown: no path, query, header value or password.
public struct HTTPAttempt: Sendable, Hashable {
    /// The request's method.
    public let method: HTTPRequest.Method
    /// Scheme, host and port of the server.
    public let origin: String
    /// Scheme, host and port of the proxy, where one is set.
    public let proxy: String?
    /// Whether the server may have received the request, so that its outcome is unknown.
    ///
    /// False as long as the client was waiting, resolving, connecting or negotiating with a proxy or over TLS;
    /// true from the moment at which it began to write the request.
    public let requestMayHaveBeenSent: Bool
    /// libcurl's result code, where libcurl ended the transfer.
    public private(set) var curlCode: Int?
    /// The version that the bytes in a download's file belong to, where it is known: with it the download can be
    /// continued. Never printed.
    public let entityTag: String?
}

extension HTTPAttempt: Discreet {
    /// One line: method, addresses, libcurl's code with its fixed text, and whether the request may have been sent.
    public var description: String {
        var parts = ["\(method.rawValue) \(origin)"]
        if let proxy {
            parts.append("through \(proxy)")
        }
        if let curlCode {
            parts.append("curl \(curlCode): \(CurlCode(curlCode).text)")
        }
        parts.append(requestMayHaveBeenSent ? "the request may have been sent" : "the request was not sent")
        return parts.joined(separator: ", ")
    }
}

extension HTTPAttempt {
    /// The same attempt, ended by libcurl with `code`.
    func ended(by code: CurlCode) -> HTTPAttempt {
        var ended = self
        ended.curlCode = code.rawValue
        return ended
    }
}

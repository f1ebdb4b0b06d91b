extension HTTPError: Discreet {
    /// One line: what happened in fixed words, then what may be shown of the request.
    public var description: String {
        guard let attempt else { return summary }
        return "\(summary) (\(attempt))"
    }

    private var summary: String {
        switch self {
        case .invalidProxy(let fault): "the proxy setting is wrong: \(fault.rawValue)"
        case .invalidConfiguration(let fault): "a setting of the HTTP client is wrong: \(fault.rawValue)"
        case .invalidRequest(let fault): "the request cannot be sent: \(fault.rawValue)"
        case .unavailable: "libcurl could not be started"
        case .overloaded: "too many requests are waiting"
        case .unresolved: "the server's name has no address"
        case .unreachable: "no connection could be made"
        case .untrusted: "the TLS handshake failed or the certificate is not trusted"
        case .proxyCredentialsRefused: "the proxy did not accept user and password"
        case .proxyFailed: "the proxy did not connect to the server"
        case .connectionLost: "the connection was lost"
        case .deadlineExceeded: "the deadline passed"
        case .cancelled: "the request was cancelled"
        case .shutDown: "the HTTP client was shut down"
        case .responseTooLarge: "the answer is too large"
        case .malformedResponse: "the answer is not valid HTTP"
        case .downloadRefused(let response, _): "the download was answered with status \(response.status)"
        case .unreadableFile: "a file to be sent cannot be read"
        case .unwritableFile(let errno, _): "the downloaded file cannot be written, errno \(errno)"
        case .failed: "the request failed"
        }
    }
}

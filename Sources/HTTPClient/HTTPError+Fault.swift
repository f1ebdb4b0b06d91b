import CCurl

extension HTTPError {
    /// The caller's view of a fault.
    /// - Parameters:
    ///   - fault: Why the transfer ended.
    ///   - attempt: The request, as far as it got.
    ///   - refusedByProxy: Whether the proxy wants a user and password, or others than those it got.
    init(_ fault: TransferFault, _ attempt: HTTPAttempt, refusedByProxy: Bool = false) {
        switch fault {
        case .curl(let code): self.init(code, attempt.ended(by: code), refusedByProxy: refusedByProxy)
        case .tooLarge: self = .responseTooLarge(attempt)
        case .malformed: self = .malformedResponse(attempt)
        case .incomplete, .repetition: self = .connectionLost(attempt)
        case .unwritable(let errno): self = .unwritableFile(errno: errno, attempt)
        }
    }

    private init(_ code: CurlCode, _ attempt: HTTPAttempt, refusedByProxy: Bool) {
        let isBeforeRequest = !attempt.requestMayHaveBeenSent
        if isBeforeRequest && refusedByProxy {
            self = .proxyCredentialsRefused(attempt)
            return
        }
        self =
            switch CURLcode(UInt32(code.rawValue)) {
            case CURLE_COULDNT_RESOLVE_HOST: .unresolved(attempt)
            case CURLE_COULDNT_CONNECT: .unreachable(attempt)
            case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: .proxyFailed(attempt)
            case CURLE_OPERATION_TIMEDOUT where isBeforeRequest: .unreachable(attempt)
            case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
                CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CRL_BADFILE:
                .untrusted(attempt)
            case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_HTTP2,
                CURLE_HTTP2_STREAM, CURLE_OPERATION_TIMEDOUT:
                isBeforeRequest && attempt.proxy != nil ? .proxyFailed(attempt) : .connectionLost(attempt)
            case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING,
                CURLE_TOO_MANY_REDIRECTS:
                .malformedResponse(attempt)
            case CURLE_READ_ERROR: .unreadableFile(attempt)
            default: .failed(attempt)
            }
    }
}

/// Why a request has no answer. Prints one line without path, query, header values and passwords.
public enum HTTPError: Error, Sendable, Hashable {
    /// The proxy setting is wrong; whoever wrote it corrects it.
    case invalidProxy(ProxyFault)
    /// Another setting of the client is wrong; whoever wrote it corrects it.
    case invalidConfiguration(ConfigurationFault)
    /// The request cannot be sent as it is: a defect of the caller. Repeating it changes nothing.
    case invalidRequest(RequestFault)
    /// libcurl could not be started: out of memory, or built without what is needed.
    case unavailable
    /// Too many requests wait already; the caller slows down and tries again.
    case overloaded(HTTPAttempt)
    /// The server's name has no address: a wrong name, or no name service. Trying again later may help.
    case unresolved(HTTPAttempt)
    /// No connection to the server, or to the proxy where one is set: refused, no route, or too slow.
    case unreachable(HTTPAttempt)
    /// The server could not prove who it is, or the TLS handshake failed. Nothing was sent.
    case untrusted(HTTPAttempt)
    /// The proxy did not accept user and password, or asks for some where none are set.
    case proxyCredentialsRefused(HTTPAttempt)
    /// The proxy has no address, breaks off, or does not connect to the server.
    case proxyFailed(HTTPAttempt)
    /// The connection broke, or the answer ended before its announced end. A download can be continued.
    case connectionLost(HTTPAttempt)
    /// The request's own deadline passed.
    case deadlineExceeded(HTTPAttempt)
    /// The task that waited for the answer was cancelled.
    case cancelled(HTTPAttempt)
    /// The client was shut down before or during the request.
    case shutDown(HTTPAttempt)
    /// The answer's head or body is larger than the caller allows. What a download has written so far stays.
    case responseTooLarge(HTTPAttempt)
    /// What the server sent is not an HTTP answer to this request.
    case malformedResponse(HTTPAttempt)
    /// The server answered a download with a status other than 200, 206 or 416. The answer, which may be as large as
    /// `maximumResponseBytes`, is here; nothing of it is in the file, and what was there stays.
    case downloadRefused(HTTPResponse, HTTPAttempt)
    /// A file of the form is missing, is not a regular file, or cannot be read.
    case unreadableFile(HTTPAttempt)
    /// The download's file cannot be opened or written, with the system's `errno`: no space, no right, no folder.
    case unwritableFile(errno: Int32, HTTPAttempt)
    /// Anything else that libcurl reports; its code is in the attempt.
    case failed(HTTPAttempt)

    /// What is wrong with a proxy setting. The text is fixed: it never quotes the setting.
    public enum ProxyFault: String, Sendable, Hashable {
        /// It names no kind of proxy, or one that is not supported.
        case scheme = "it does not begin with http://, https://, socks5:// or socks5h://"
        /// It cannot be read.
        case address = "it is not an address; special characters of user and password are written as %XX"
        /// The port is missing or out of range. There is no default: libcurl's would surprise.
        case port = "it has no port from 1 to 65535"
        /// It has a path, a query or a fragment; often a password that is not encoded.
        case path = "something follows the port"
        /// User or password cannot be carried by every kind of proxy.
        case credentials = "user and password: UTF-8, at most 255 bytes each, no control characters, no password alone"
    }

    /// What is wrong with a setting of the client. The text is fixed.
    public enum ConfigurationFault: String, Sendable, Hashable {
        /// Nothing could ever be connected.
        case connectTimeout = "the connect timeout is not above zero"
        case stallTimeout = "the stall timeout is under a second"
        /// Nothing could be in flight, or more than a process has descriptors for.
        case maximumTransfers = "the number of transfers is not from 1 to 10000"
        /// It cannot stand in a header.
        case userAgent = "the user agent is empty or has control characters"
    }

    /// What is wrong with a request. The text is fixed: it never quotes the request.
    public enum RequestFault: String, Sendable, Hashable {
        /// The address is of another kind, or would put a password in a place where it is logged.
        case address = "the address is not an absolute http or https address without user and password"
        /// A header field cannot be sent.
        case header = "a header has a forbidden character, or is one that the client writes itself"
        /// The method has no body.
        case body = "GET and HEAD carry no body"
        /// A part of the form cannot be sent.
        case form = "a name or content type in the form has a forbidden character"
        /// A request that changes something must not end at another place than the one that was meant.
        case redirects = "only GET and HEAD follow redirects"
        /// The client could not continue the file.
        case download = "a download is a GET that leaves Range, If-Range and Accept-Encoding to the client"
    }
}

extension HTTPError {
    /// What is known about the request, where it got as far as the client's queue.
    public var attempt: HTTPAttempt? {
        switch self {
        case .invalidProxy, .invalidConfiguration, .invalidRequest, .unavailable: nil
        case .overloaded(let attempt), .unresolved(let attempt), .unreachable(let attempt), .untrusted(let attempt),
            .proxyCredentialsRefused(let attempt), .proxyFailed(let attempt), .connectionLost(let attempt),
            .deadlineExceeded(let attempt), .cancelled(let attempt), .shutDown(let attempt),
            .responseTooLarge(let attempt), .malformedResponse(let attempt), .downloadRefused(_, let attempt),
            .unreadableFile(let attempt), .unwritableFile(_, let attempt), .failed(let attempt):
            attempt
        }
    }

    /// Whether the server may have received the request. Where it is true for a request that changes something,
    /// the outcome is unknown.
    public var requestMayHaveBeenSent: Bool { attempt?.requestMayHaveBeenSent ?? false }
}

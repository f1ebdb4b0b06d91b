import Foundation

/// One request. Prints its method and the scheme, host and port of its address, nothing else.
public struct HTTPRequest: Sendable {
    /// What is asked of the resource.
    public enum Method: String, Sendable, Hashable, CaseIterable {
        /// Fetches it.
        case get = "GET"
        /// Fetches the head of what GET would fetch.
        case head = "HEAD"
        /// Hands something to it.
        case post = "POST"
        /// Creates or replaces it.
        case put = "PUT"
        case patch = "PATCH"
        /// Removes it.
        case delete = "DELETE"
    }

    /// What is asked of the resource.
    public var method: Method
    /// An absolute `http` or `https` address without user and password.
    public var url: URL
    /// Fields beside those that the client writes itself: `Content-Type` and `Content-Length` belong to the body.
    public var headers: HTTPHeaders
    /// What the request carries. GET and HEAD carry nothing.
    public var body: HTTPBody
    /// The longest time from the call to the end of the answer, waiting for a free transfer included.
    public var deadline: Duration
    /// The largest answer that is kept in memory, in bytes after decompression. Beyond it the request fails.
    public var maximumResponseBytes: Int
    /// Whether up to 5 redirects are followed, for GET and HEAD only and never from https to http.
    public var followsRedirects: Bool

    /// A request with the defaults of this program: 30 seconds, 8 MiB, no redirects.
    public init(
        method: Method = .get,
        url: URL,
        headers: HTTPHeaders = [:],
        body: HTTPBody = .none,
        deadline: Duration = .seconds(30),
        maximumResponseBytes: Int = 8 * 1024 * 1024,
        followsRedirects: Bool = false
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.deadline = deadline
        self.maximumResponseBytes = maximumResponseBytes
        self.followsRedirects = followsRedirects
    }
}

extension HTTPRequest: Discreet {
    /// Method, scheme, host and port.
    public var description: String { "\(method.rawValue) \(Origin(url)?.description ?? "an unusable address")" }
}

import Foundation

/// The protocol in which an answer came.
public enum HTTPVersion: String, Sendable, Hashable {
    /// One request a connection.
    case http1_0 = "HTTP/1.0"
    /// One request after another on a connection.
    case http1_1 = "HTTP/1.1"
    /// Many requests at once on a connection; only over TLS, where the server offers it.
    case http2 = "HTTP/2"
    /// A version that libcurl knows and this program does not.
    case other = "another version"
}

/// A complete answer, whatever its status. Prints status, version and size only.
public struct HTTPResponse: Sendable, Hashable {
    /// The status code.
    public let status: Int
    /// The header fields of the last answer, without those of redirects and proxies before it.
    public let headers: HTTPHeaders
    /// The body after decompression; empty after HEAD.
    public let body: Data
    /// The protocol in which the answer came.
    public let version: HTTPVersion
}

/// A file that was fetched completely. Prints status and sizes only.
public struct HTTPDownload: Sendable, Hashable {
    /// 200 when the file was fetched from its start, 206 when it was continued, 416 when it was complete before.
    public let status: Int
    /// The header fields of the last answer.
    public let headers: HTTPHeaders
    /// The size of the file now, in bytes.
    public let bytes: Int64
    /// How many of them were there before and were kept.
    public let resumedFrom: Int64
}

extension HTTPResponse: Discreet {
    /// Status, version and size in bytes.
    public var description: String { "\(status) in \(version.rawValue), \(body.count) bytes" }
}

extension HTTPDownload: Discreet {
    /// Status and sizes in bytes.
    public var description: String { "\(status), \(bytes) bytes, \(resumedFrom) of them from before" }
}

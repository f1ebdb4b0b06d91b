import Foundation

/// One request on its way through the client, with the task that waits for its outcome.
struct Order: Sendable {
    /// Where the answer's body goes.
    enum Destination: Sendable {
        /// Into memory, up to the request's `maximumResponseBytes`.
        case memory
        /// Into a file.
        case file(DownloadTarget)
    }

    /// The file of a download and what is known about it.
    struct DownloadTarget: Sendable {
        let file: URL
        /// The largest size that the file may reach, in bytes.
        let maximumBytes: Int64?
        /// The version that the bytes in the file belong to.
        let entityTag: String?
        /// Whether the bytes in the file are dropped rather than continued.
        let startsAnew: Bool
    }

    /// A complete answer of a server.
    struct Answer: Sendable {
        /// The answer; of a download, with a body only where that is a message and not the file.
        let response: HTTPResponse
        /// The complete file, where the order was a download and the server gave it.
        let download: HTTPDownload?
        /// Whether the server has another version than the one that the bytes in the file belong to.
        let isStale: Bool
        /// The request, as far as it got.
        let attempt: HTTPAttempt
    }

    let id: UInt64
    let request: HTTPRequest
    let origin: Origin
    let destination: Destination
    /// When the request's time is over.
    let deadline: ContinuousClock.Instant
    /// Resumed exactly once, by whoever holds the order at its end.
    let reply: CheckedContinuation<Result<Answer, HTTPError>, Never>
}

extension Order {
    /// The order, as far as it got; without more, one of which nothing has been sent.
    func attempt(
        through proxy: Proxy?,
        mayHaveBeenSent: Bool = false,
        entityTag: String? = nil
    ) -> HTTPAttempt {
        HTTPAttempt(
            method: request.method,
            origin: origin.description,
            proxy: proxy?.description,
            requestMayHaveBeenSent: mayHaveBeenSent,
            curlCode: nil,
            entityTag: entityTag
        )
    }
}

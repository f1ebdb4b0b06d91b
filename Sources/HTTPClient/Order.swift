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

    /// What a transfer ended with.
    struct Outcome: Sendable {
        let response: HTTPResponse
        /// What became of the file; nothing where the body went into memory.
        let file: FileOutcome?
    }

    /// What a download did with its file.
    enum FileOutcome: Sendable {
        case written(bytes: Int64, resumedFrom: Int64)
        case stale
        case refused
    }

    let id: UInt64
    let request: HTTPRequest
    let origin: Origin
    let destination: Destination
    /// When the request's time is over.
    let deadline: ContinuousClock.Instant
    /// Resumed exactly once, by whoever holds the order at its end.
    let reply: CheckedContinuation<Result<Outcome, HTTPError>, Never>
}

extension HTTPAttempt {
    /// An attempt of which nothing has been sent, or whose fate libcurl did not decide.
    init(
        _ order: Order,
        proxy: Proxy?,
        requestMayHaveBeenSent: Bool = false,
        curlCode: CurlCode? = nil,
        entityTag: String? = nil
    ) {
        method = order.request.method
        origin = order.origin.description
        self.proxy = proxy?.description
        self.requestMayHaveBeenSent = requestMayHaveBeenSent
        self.curlCode = curlCode?.rawValue
        self.entityTag = entityTag
    }
}

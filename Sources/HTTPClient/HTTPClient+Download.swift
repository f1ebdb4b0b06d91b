import Foundation

extension HTTPClient {
    /// Fetches `request` into `file`, going on from the bytes that are there.
    ///
    /// The file is created where it is missing. What is there is kept where the server still has the same version,
    /// and replaced where it has another one or does not send ranges. After an error the file keeps what has come,
    /// so that a second call goes on from it: give it the `entityTag` of the error's `attempt`. Only one download may
    /// write to a file at a time, and the caller gives it its final name.
    /// - Parameters:
    ///   - request: A GET. Its deadline is that of the whole download.
    ///   - file: The partial file.
    ///   - maximumBytes: The largest size that the file may reach; no limit where it is nil.
    ///   - entityTag: The `ETag` that came with the bytes that are there. Without it, or with one from which the server
    ///     cannot tell bytes apart, a change of the file on the server can go unnoticed or costs a new start.
    /// - Returns: The size of the complete file, and how much of it was kept.
    /// - Throws: `.downloadRefused` with the answer for a status other than 200, 206 and 416; `.responseTooLarge`
    ///   beyond `maximumBytes`; `.connectionLost` and others where it can be continued.
    public func download(
        _ request: HTTPRequest,
        to file: URL,
        maximumBytes: Int64?,
        entityTag: String?
    ) async throws(HTTPError) -> HTTPDownload {
        let origin = try request.checkedOrigin(download: true)
        let deadline = ContinuousClock.now + request.deadline
        func fetch(startsAnew: Bool) async throws(HTTPError) -> Order.Answer {
            let target = Order.DownloadTarget(
                file: file,
                maximumBytes: maximumBytes,
                entityTag: entityTag,
                startsAnew: startsAnew
            )
            return try await answer(to: request, at: origin, into: .file(target), before: deadline)
        }
        var last = try await fetch(startsAnew: false)
        if last.isStale {
            last = try await fetch(startsAnew: true)
        }
        guard let download = last.download else { throw .downloadRefused(last.response, last.attempt) }
        return download
    }
}

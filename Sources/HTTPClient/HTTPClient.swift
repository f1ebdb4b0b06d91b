import CCurl
import Foundation

/// The program's HTTP client: requests, forms streamed from disk, downloads to disk, over HTTP/1.1 and HTTP/2.
///
/// Each client has one thread and its own connections, which it keeps and uses again; a part of the program that must
/// not share connections with another makes a second client. TLS certificates are checked against the system's
/// authorities. Requests are answered exactly once, whatever happens: by the server, at their deadline, on
/// cancellation of the task that waits, or at shutdown.
///
/// At most `maximumTransfers` requests are in flight. As many as `maximumWaiting` more wait in order, and their deadline
/// counts meanwhile; beyond that a request fails with `.overloaded` at once.
public final class HTTPClient: Sendable {
    private let configuration: Configuration
    private let mailbox: Mailbox

    /// Starts the client's thread. Nothing is connected before the first request.
    /// - Throws: `.invalidConfiguration`, or `.unavailable` where libcurl cannot be started.
    public init(_ configuration: Configuration = Configuration()) throws(HTTPError) {
        try configuration.check()
        guard CurlLibrary.isReady, let multi = curl_multi_init() else { throw .unavailable }
        // By default libcurl keeps fewer connections the fewer requests are under way. The first wake-up shows that
        // the handle can be woken at all, for which it needs file descriptors.
        guard ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, configuration.maximumTransfers) == CURLM_OK,
            curl_multi_wakeup(multi) == CURLM_OK
        else {
            curl_multi_cleanup(multi)
            throw .unavailable
        }
        self.configuration = configuration
        let wakeable = Mailbox.Wakeable(multi: multi)
        let mailbox = Mailbox(
            capacity: configuration.maximumTransfers + Configuration.maximumWaiting,
            proxy: configuration.proxy,
            wakeable: wakeable
        )
        self.mailbox = mailbox
        let thread = Thread {
            TransferLoop(mailbox: mailbox, multi: wakeable.multi, configuration: configuration).run()
        }
        thread.name = "http-client"
        thread.start()
    }

    deinit {
        // No request is under way, because each of them keeps the client. The thread frees everything by itself.
        mailbox.close()
    }

    /// Sends `request` and waits for the whole answer.
    ///
    /// Any status is an answer. Nothing is ever sent twice, except that GET and HEAD are repeated where a kept
    /// connection turns out to be dead.
    /// - Throws: An error that tells with `requestMayHaveBeenSent` whether the server may have acted.
    public func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let origin = try request.checkedOrigin(download: false)
        let deadline = ContinuousClock.now + request.deadline
        return try await answer(to: request, at: origin, into: .memory, before: deadline).response
    }

    /// Ends every request with `.shutDown`, closes all connections and waits until the thread has freed everything.
    public func shutdown() async {
        mailbox.close()
        await mailbox.waitForEnd()
    }

    /// Hands an order to the loop and waits for its answer; cancelling the task cancels the order.
    func answer(
        to request: HTTPRequest,
        at origin: Origin,
        into destination: Order.Destination,
        before deadline: ContinuousClock.Instant
    ) async throws(HTTPError) -> Order.Answer {
        // A client that is freed closes its mailbox, so it must outlive the request.
        defer { withExtendedLifetime(self) {} }
        let id = mailbox.reserveID()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { reply in
                let order = Order(
                    id: id,
                    request: request,
                    origin: origin,
                    destination: destination,
                    deadline: deadline,
                    reply: reply
                )
                guard !Task.isCancelled else {
                    return reply.resume(returning: .failure(.cancelled(order.attempt(through: configuration.proxy))))
                }
                mailbox.submit(order)
                // The handler below may have run just before the order was in the mailbox.
                if Task.isCancelled {
                    mailbox.cancel(id)
                }
            }
        } onCancel: {
            mailbox.cancel(id)
        }
        return try result.get()
    }
}

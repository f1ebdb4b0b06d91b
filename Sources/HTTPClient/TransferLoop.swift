import CCurl
import Foundation

/// The thread that owns libcurl's multi handle and everything in it. Nothing here is used by any other thread.
///
/// At most `maximumTransfers` orders are in flight; further ones wait in order, bounded by the mailbox. Deadlines are
/// kept here, for those that wait too, and not by libcurl, because only an abandoned transfer closes its connection
/// for certain, an HTTP/2 connection included.
final class TransferLoop {
    /// The longest sleep when nothing has a deadline.
    private static let longestSleep: Duration = .seconds(60)

    private let mailbox: Mailbox
    private let multi: UnsafeMutableRawPointer
    private let configuration: HTTPClient.Configuration
    private var active: [UInt64: Transfer] = [:]
    private var waiting: ArraySlice<Order> = []
    private var spare: [EasyHandle] = []
    /// No later than the first deadline of all orders; recomputed only when it has passed.
    private var nextDeadline: ContinuousClock.Instant?

    init(mailbox: Mailbox, multi: UnsafeMutableRawPointer, configuration: HTTPClient.Configuration) {
        self.mailbox = mailbox
        self.multi = multi
        self.configuration = configuration
    }

    /// Works until the mailbox is closed, then frees everything.
    func run() {
        blockBrokenPipeSignal()
        var isBroken = false
        var running: Int32 = 0
        while !isBroken {
            let delivery = mailbox.take()
            accept(delivery.orders)
            cancel(delivery.cancelled)
            if delivery.isLast { break }
            expire()
            fill()
            isBroken = curl_multi_perform(multi, &running) != CURLM_OK
            let hasRoom = collect()
            let pause = hasRoom && !waiting.isEmpty ? .zero : idleTime()
            isBroken = curl_multi_poll(multi, nil, 0, Int32(pause.wholeMilliseconds), nil) != CURLM_OK || isBroken
        }
        end()
    }

    private func accept(_ orders: [Order]) {
        for order in orders {
            waiting.append(order)
            nextDeadline = min(nextDeadline ?? order.deadline, order.deadline)
        }
    }

    private func cancel(_ ids: [UInt64]) {
        for id in ids {
            if let transfer = active[id] {
                abandon(transfer, .cancelled(transfer.attempt))
            } else if let index = waiting.firstIndex(where: { $0.id == id }) {
                let order = waiting.remove(at: index)
                answer(order, .failure(.cancelled(order.attempt(through: configuration.proxy))))
            }
        }
    }

    /// Ends what is over its deadline.
    private func expire() {
        let now = ContinuousClock.now
        guard let nextDeadline, nextDeadline <= now else { return }
        for transfer in active.values where transfer.order.deadline <= now {
            abandon(transfer, .deadlineExceeded(transfer.attempt))
        }
        for order in waiting where order.deadline <= now {
            answer(order, .failure(.deadlineExceeded(order.attempt(through: configuration.proxy))))
        }
        waiting.removeAll { $0.deadline <= now }
        self.nextDeadline = (active.values.map(\.order.deadline) + waiting.map(\.deadline)).min()
    }

    /// How long there is nothing to do for certain.
    private func idleTime() -> Duration {
        guard let nextDeadline else { return Self.longestSleep }
        return min(Self.longestSleep, nextDeadline - .now)
    }

    /// Starts those that wait, as far as there is room.
    private func fill() {
        while active.count < configuration.maximumTransfers, let order = waiting.popFirst() {
            start(order)
        }
    }

    private func start(_ order: Order) {
        guard let easy = spare.popLast() ?? EasyHandle() else {
            return answer(order, .failure(.unavailable))
        }
        do throws(TransferFault) {
            let transfer = try Transfer(order, on: easy, of: configuration)
            guard curl_multi_add_handle(multi, easy.pointer) == CURLM_OK else {
                throw .curl(CurlCode(CURLE_FAILED_INIT))
            }
            active[order.id] = transfer
        } catch {
            recycle(easy)
            answer(order, .failure(HTTPError(error, order.attempt(through: configuration.proxy))))
        }
    }

    /// Answers what libcurl has finished.
    /// - Returns: Whether there was anything.
    private func collect() -> Bool {
        var hasCollected = false
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            var owner: UnsafeMutableRawPointer?
            guard message.pointee.msg == CURLMSG_DONE,
                ccurl_get_private(message.pointee.easy_handle, &owner) == CURLE_OK,
                let transfer = Transfer.from(owner)
            else { continue }
            hasCollected = true
            // Read before the handle is removed: removing frees the message.
            let code = message.pointee.data.result
            release(transfer, as: transfer.outcome(code))
        }
        return hasCollected
    }

    /// Ends a transfer in the middle, and its connection with it where no other transfer shares it.
    private func abandon(_ transfer: Transfer, _ error: HTTPError) {
        // libcurl keeps the connection of a cancelled HTTP/2 stream, though it may be why the deadline passed.
        _ = ccurl_set_long(transfer.easy.pointer, CURLOPT_FORBID_REUSE, 1)
        release(transfer, as: .failure(error))
    }

    private func release(_ transfer: Transfer, as outcome: Result<Order.Answer, HTTPError>) {
        curl_multi_remove_handle(multi, transfer.easy.pointer)
        recycle(transfer.easy)
        active[transfer.order.id] = nil
        answer(transfer.order, outcome)
    }

    private func recycle(_ easy: EasyHandle) {
        easy.reset()
        spare.append(easy)
    }

    private func answer(_ order: Order, _ outcome: Result<Order.Answer, HTTPError>) {
        mailbox.settle(1)
        order.reply.resume(returning: outcome)
    }

    private func end() {
        mailbox.detach()
        accept(mailbox.take().orders)
        for transfer in active.values {
            abandon(transfer, .shutDown(transfer.attempt))
        }
        for order in waiting {
            answer(order, .failure(.shutDown(order.attempt(through: configuration.proxy))))
        }
        for easy in spare {
            easy.free()
        }
        curl_multi_cleanup(multi)
        mailbox.announceEnd()
    }

    /// OpenSSL writes to sockets without `MSG_NOSIGNAL`; a peer that has gone must be an error, not a signal.
    private func blockBrokenPipeSignal() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}

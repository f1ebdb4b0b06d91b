import Foundation
import Synchronization

/// One task that owns a room: it takes what is asked meanwhile together, and lets happen what is due.
final class RoomOwner: Sendable {
    /// So much may wait to be handled. Further requests are refused as unavailable.
    static let capacity = 8_192
    /// So much is handled in one commit.
    static let together = 512
    /// How often it is looked whether other processes have logged something.
    static let lookPace: Duration = .seconds(1)
    /// How long a room is kept in which nobody is, that is not live, and that nobody asks anything.
    static let idle: Duration = .seconds(600)

    private struct Request {
        let work: RoomDesk.Work
        let answer: CheckedContinuation<Result<RoomAnswer, ChangeFailure>, Never>
    }

    private struct State {
        var requests: [Request] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let wakeup = Wakeup()
    private let clock: any ClubClock
    private let ids: IDSource

    init(clock: any ClubClock, ids: IDSource) {
        self.clock = clock
        self.ids = ids
    }

    /// - Returns: The answer, after what happened is in the log; nil where the owner has ended.
    func ask(_ work: RoomDesk.Work) async throws(ChangeFailure) -> RoomAnswer? {
        let result = await withCheckedContinuation { continuation in
            let refusal = state.withLock { state -> Result<RoomAnswer, ChangeFailure>? in
                guard !state.isClosed else { return .failure(.store(.missing(collection: Self.closed))) }
                guard state.requests.count < Self.capacity else {
                    return .failure(.store(.unavailable(source: "room", code: 0)))
                }
                state.requests.append(Request(work: work, answer: continuation))
                return nil
            }
            if let refusal { continuation.resume(returning: refusal) } else { wakeup.notify() }
        }
        if result == .failure(.store(.missing(collection: Self.closed))) { return nil }
        return try result.get()
    }

    private static let closed = "rooms"

    /// Works until the task is cancelled or the room is not needed any more.
    func run(_ open: () async throws(ChangeFailure) -> RoomDesk) async {
        do throws(ChangeFailure) {
            var desk = try await open()
            try await follow(by: nil, &desk)
            await work(&desk)
            close(.store(.missing(collection: Self.closed)))
        } catch {
            close(error)
        }
    }

    private func work(_ desk: inout RoomDesk) async {
        var usedAt = clock.now
        var lookedAt = clock.now
        while !Task.isCancelled {
            let requests = take()
            if !requests.isEmpty {
                usedAt = clock.now
                await handle(requests, &desk)
            } else {
                _ = await desk.handle([])
            }
            await desk.keepAttendance()
            await desk.payEnd()
            let now = clock.now
            if lookedAt.later(by: Self.lookPace) <= now {
                lookedAt = now
                do throws(StoreError) { try await desk.catchUp() } catch { desk.isUncertain = true }
            }
            if desk.isIdle, usedAt.later(by: Self.idle) <= now, close(ifEmpty: true) { return }
            await wait(for: desk, now: now)
        }
    }

    private func handle(_ requests: [Request], _ desk: inout RoomDesk) async {
        var results = await desk.handle(requests.map(\.work))
        for (index, request) in requests.enumerated() {
            guard case .follow(let actor) = request.work, case .success = results[index] else { continue }
            do throws(ChangeFailure) {
                try await follow(by: actor, &desk)
            } catch {
                results[index] = .failure(error)
            }
        }
        for (request, result) in zip(requests, results) { request.answer.resume(returning: result) }
    }

    private func follow(by actor: RoomActor?, _ desk: inout RoomDesk) async throws(ChangeFailure) {
        let epoch = ids.next(LiveSessionID.self).rawValue
        let orders = try await desk.orders(by: actor, epoch: epoch)
        for result in await desk.handle(orders.map(RoomDesk.Work.order)) {
            if case .failure(.store(let error)) = result { throw .store(error) }
        }
    }

    private func wait(for desk: RoomDesk, now: Date) async {
        let deadline = desk.room.nextDeadline.map { $0.timeIntervalSince(now) } ?? Self.lookPace.seconds
        // Not at once again, whatever the rules say; and a store that is away is not asked all the time.
        let seconds = desk.isUncertain ? Self.lookPace.seconds : min(max(deadline, 0.005), Self.lookPace.seconds)
        await wakeup.wait(atMost: .milliseconds(Int64((seconds * 1_000).rounded(.up))), clock: clock)
    }

    private func take() -> [Request] {
        state.withLock { state in
            let taken = Array(state.requests.prefix(Self.together))
            state.requests.removeFirst(taken.count)
            if !state.requests.isEmpty { wakeup.notify() }
            return taken
        }
    }

    private func close(_ failure: ChangeFailure) {
        let left = state.withLock { state -> [Request] in
            state.isClosed = true
            defer { state.requests = [] }
            return state.requests
        }
        for request in left { request.answer.resume(returning: .failure(failure)) }
    }

    private func close(ifEmpty: Bool) -> Bool {
        state.withLock { state in
            if ifEmpty, !state.requests.isEmpty { return false }
            state.isClosed = true
            return true
        }
    }
}

extension RoomDesk {
    /// Whether nothing would be lost by reading it anew.
    var isIdle: Bool {
        room.isEmpty && !room.state.isLive && book.due.isEmpty && !owesEnd && !isUncertain
    }
}

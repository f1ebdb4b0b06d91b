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
    /// How long a room is kept in which nobody is, that is not live, and in which nobody does anything. A look at it
    /// is not counted: there are those who look all the time.
    static let idle: Duration = .seconds(600)

    private struct Request {
        let work: RoomDesk.Work
        let answer: CheckedContinuation<Result<RoomAnswer, ChangeFailure>, Never>
    }

    private struct State {
        var requests: [Request] = []
        /// What needs the log while it cannot be written: it waits for the next look.
        var putOff: [Request] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let wakeup: Wakeup
    private let errands: RoomErrands
    private let clock: any ClubClock
    private let ids: IDSource

    init(clock: any ClubClock, ids: IDSource, news: AttendanceNews) {
        self.clock = clock
        self.ids = ids
        wakeup = Wakeup()
        errands = RoomErrands(wakeup: wakeup, news: news)
    }

    /// - Returns: The answer, after what happened is in the log; nil where the owner has ended.
    func ask(_ work: RoomDesk.Work) async throws(ChangeFailure) -> RoomAnswer? {
        let result = await withCheckedContinuation { continuation in
            let refusal = state.withLock { state -> Result<RoomAnswer, ChangeFailure>? in
                guard !state.isClosed else { return .failure(.store(.missing(collection: Self.closed))) }
                guard state.requests.count + state.putOff.count < Self.capacity else {
                    return .failure(Self.isAway)
                }
                state.requests.append(Request(work: work, answer: continuation))
                return nil
            }
            if let refusal { continuation.resume(returning: refusal) } else { wakeup.notify() }
        }
        if result == .failure(.store(.missing(collection: Self.closed))) { return nil }
        return try result.get()
    }

    /// Returns when the attendance is stored that is being stored at this moment.
    func settleKeeping() async { await errands.settleKeeping() }

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
        var keepsAt = clock.now
        while !Task.isCancelled {
            for outcome in errands.take() { note(outcome, &desk, &lookedAt, &keepsAt) }
            let requests = take(withPutOff: !desk.isUncertain)
            if requests.contains(where: { !$0.work.isLook }) { usedAt = clock.now }
            await handle(requests, &desk)
            await desk.payEnd()
            let now = clock.now
            if keepsAt <= now, !errands.isKeeping { keepAttendance(of: desk) }
            if lookedAt.later(by: Self.lookPace) <= now || (desk.isUncertain && isPuttingOff) {
                lookedAt = now
                errands.look(desk.reader, after: desk.number, isUncertain: desk.isUncertain)
            }
            if desk.isIdle, usedAt.later(by: Self.idle) <= now, close(ifEmpty: true) { return }
            await wait(for: desk, now: now)
        }
        // What was begun is ended, then the rest is stored; where that could not be stored, the time is too short.
        await errands.settle()
        for outcome in errands.take() { note(outcome, &desk, &lookedAt, &keepsAt) }
        if keepsAt <= clock.now { keepAttendance(of: desk) }
        await errands.settle()
    }

    private func note(
        _ outcome: RoomErrands.Outcome,
        _ desk: inout RoomDesk,
        _ lookedAt: inout Date,
        _ keepsAt: inout Date
    ) {
        switch outcome {
        case .looked(.success(let batches), let wasUncertain):
            desk.take(batches)
            if wasUncertain { desk.isUncertain = false }
            // There is more.
            if batches.count == RoomLogReader.page { lookedAt = .distantPast }
        case .looked(.failure(let error), _):
            desk.isUncertain = true
            answerPutOff(.failure(.store(error)))
        case .kept(let intervals): desk.book.stored(intervals)
        case .notKept: keepsAt = clock.now.later(by: Self.lookPace)
        }
    }

    private func keepAttendance(of desk: RoomDesk) {
        let due = desk.book.due
        if !due.isEmpty { errands.keep(due, in: desk.store.attendance) }
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
        var putOff: [Request] = []
        for (request, result) in zip(requests, results) {
            if let result { request.answer.resume(returning: result) } else { putOff.append(request) }
        }
        state.withLock { $0.putOff += putOff }
    }

    private func follow(by actor: RoomActor?, _ desk: inout RoomDesk) async throws(ChangeFailure) {
        guard !desk.isUncertain else { throw Self.isAway }
        let epoch = ids.next(LiveSessionID.self).rawValue
        let orders: [RoomOrder]
        do throws(ChangeFailure) {
            orders = try await desk.orders(by: actor, epoch: epoch)
        } catch {
            if case .store(.unavailable) = error { desk.isUncertain = true }
            throw error
        }
        for result in await desk.handle(orders.map(RoomDesk.Work.order)) {
            switch result {
            case .success, .failure(.refused): continue
            case .failure(let error): throw error
            case nil: throw Self.isAway
            }
        }
    }

    private static let isAway = ChangeFailure.store(.unavailable(source: "room", code: 0))

    private func wait(for desk: RoomDesk, now: Date) async {
        let deadline = desk.room.nextDeadline.map { $0.timeIntervalSince(now) } ?? Self.lookPace.seconds
        // Not at once again, whatever the rules say; what is due and needs the log waits as long as it is uncertain.
        let seconds = desk.isUncertain ? Self.lookPace.seconds : min(max(deadline, 0.005), Self.lookPace.seconds)
        await wakeup.wait(atMost: .milliseconds(Int64((seconds * 1_000).rounded(.up))), clock: clock)
    }

    /// - `withPutOff`: What was put off is asked again, before everything else.
    private func take(withPutOff: Bool) -> [Request] {
        state.withLock { state in
            if withPutOff, !state.putOff.isEmpty {
                state.requests = state.putOff + state.requests
                state.putOff = []
            }
            let taken = Array(state.requests.prefix(Self.together))
            state.requests.removeFirst(taken.count)
            if !state.requests.isEmpty { wakeup.notify() }
            return taken
        }
    }

    private var isPuttingOff: Bool { state.withLock { !$0.putOff.isEmpty } }

    private func answerPutOff(_ result: Result<RoomAnswer, ChangeFailure>) {
        let putOff = state.withLock { state in
            defer { state.putOff = [] }
            return state.putOff
        }
        for request in putOff { request.answer.resume(returning: result) }
    }

    private func close(_ failure: ChangeFailure) {
        let left = state.withLock { state -> [Request] in
            state.isClosed = true
            defer { (state.putOff, state.requests) = ([], []) }
            return state.putOff + state.requests
        }
        for request in left { request.answer.resume(returning: .failure(failure)) }
    }

    private func close(ifEmpty: Bool) -> Bool {
        state.withLock { state in
            if ifEmpty, !state.requests.isEmpty || !state.putOff.isEmpty { return false }
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

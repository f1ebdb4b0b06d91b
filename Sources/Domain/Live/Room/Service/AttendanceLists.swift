import Foundation
import Synchronization

/// Who was in shows that are over. A list is read once for all its pages and all who ask at the same time.
final class AttendanceLists: Sendable {
    /// So many lists are kept; the oldest makes room.
    static let capacity = 16
    /// After so long a list is read anew: somebody may have been forgotten by another process.
    static let lifetime: Duration = .seconds(60)

    private struct List {
        let readAt: Date
        let people: Task<Result<[RoomParticipant], StoreError>, Never>
    }

    private let lists = Mutex<[LiveSessionID: List]>([:])
    private let store: any ClubStore
    private let clock: any ClubClock

    init(store: any ClubStore, clock: any ClubClock) {
        self.store = store
        self.clock = clock
    }

    /// Everybody who was in the room of a show at any time, by their ids.
    func people(of session: LiveSessionID) async throws(StoreError) -> [RoomParticipant] {
        let result = await list(of: session).value
        if case .failure = result { lists.withLock { $0[session] = nil } }
        return try result.get()
    }

    /// Somebody is forgotten: everything is read anew.
    func forget() {
        lists.withLock { $0 = [:] }
    }

    private func list(of session: LiveSessionID) -> Task<Result<[RoomParticipant], StoreError>, Never> {
        let now = clock.now
        return lists.withLock { lists in
            if let known = lists[session], now < known.readAt.later(by: Self.lifetime) { return known.people }
            lists[session] = nil
            if lists.count >= Self.capacity, let oldest = lists.min(by: { $0.value.readAt < $1.value.readAt }) {
                lists[oldest.key] = nil
            }
            let people = Task { await read(session) }
            lists[session] = List(readAt: now, people: people)
            return people
        }
    }

    private func read(_ session: LiveSessionID) async -> Result<[RoomParticipant], StoreError> {
        var wereOnStage: [MemberID: Bool] = [:]
        var last: AttendanceID?
        do throws(StoreError) {
            while true {
                let page = try await store.attendance.intervals(of: session, after: last, limit: 1_000)
                for interval in page {
                    let wasOnStage = wereOnStage[interval.member] ?? false
                    wereOnStage[interval.member] = wasOnStage || interval.part == .stage
                }
                last = page.last?.id
                if page.count < 1_000 { return .success(RoomParticipant.inOrder(wereOnStage)) }
            }
        } catch {
            return .failure(error)
        }
    }
}

import Foundation
import Synchronization

/// How members stand in the club, for the rooms: their levels, and at the moment of raising a hand its priority.
///
/// Levels are read for many people at once and known for a minute, so that thousands come in without as many reads.
final class RoomStandings: Sendable {
    /// How long a level is known.
    static let lifetime: Duration = .seconds(60)
    /// Of so many people levels are known; then all are forgotten.
    static let capacity = 20_000
    /// Of so many people levels are read at once.
    static let together = 500

    private typealias Answer = CheckedContinuation<Int, Never>

    private struct State {
        var levels: [MemberID: (level: Int, until: Date)] = [:]
        /// In the order in which they were asked for first.
        var asked: [MemberID] = []
        var waiting: [MemberID: [Answer]] = [:]
        var isLoading = false
    }

    private let book: ProgressBook
    private let clock: any ClubClock
    private let state = Mutex(State())

    init(store: any ClubStore, clock: any ClubClock) {
        book = ProgressBook(store: store, clock: clock)
        self.clock = clock
    }

    /// The same person with the level that they have. Where the store is away, with the one that was known last, or the
    /// first.
    func known(_ person: RoomPerson) async -> RoomPerson {
        var person = person
        person.level = await level(of: person.id)
        return person
    }

    /// The same person with level and priority as of this moment.
    func raising(_ person: RoomPerson) async throws(ChangeFailure) -> RoomPerson {
        let priority = try await book.priority(of: person.id)
        note([person.id: priority.level])
        var person = person
        person.level = priority.level.rawValue
        person.priority = priority.value
        return person
    }

    private func level(of member: MemberID) async -> Int {
        let now = clock.now
        let known = state.withLock { state in state.levels[member].flatMap { now < $0.until ? $0.level : nil } }
        if let known { return known }
        return await withCheckedContinuation { answer in
            let begins = state.withLock { state in
                if state.waiting[member] == nil { state.asked.append(member) }
                state.waiting[member, default: []].append(answer)
                defer { state.isLoading = true }
                return !state.isLoading
            }
            if begins { Task { await load() } }
        }
    }

    /// Answers all who wait, in portions, as long as there are any.
    private func load() async {
        while true {
            let members = state.withLock { state in
                let members = Array(state.asked.prefix(Self.together))
                state.isLoading = !members.isEmpty
                return members
            }
            if members.isEmpty { return }
            do throws(ChangeFailure) {
                note(try await book.levels(of: members))
            } catch {
                // Who asks next looks anew.
            }
            let answers = state.withLock { state in
                state.asked.removeFirst(members.count)
                return members.flatMap { member in
                    let level = state.levels[member]?.level ?? RoomPerson.firstLevel
                    return (state.waiting.removeValue(forKey: member) ?? []).map { ($0, level) }
                }
            }
            for (answer, level) in answers { answer.resume(returning: level) }
        }
    }

    private func note(_ levels: [MemberID: Level]) {
        let until = clock.now.later(by: Self.lifetime)
        state.withLock { state in
            if state.levels.count + levels.count > Self.capacity { state.levels = [:] }
            for (member, level) in levels { state.levels[member] = (level.rawValue, until) }
        }
    }
}

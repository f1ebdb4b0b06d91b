import Domain
import Foundation
import TestSupport
import Testing

/// A club with an owner (1), a host (2) and members (3 to 5), whose shows are announced in the channel.
struct ShowClub: Sendable {
    let clock: ManualClock
    let store: MemoryClubStore
    let directory: MemberDirectory
    let shows: LiveSessions
    let library: PodcastLibrary
    let owner = Fixtures.member(1, role: .owner)
    let host = Fixtures.member(2, role: .host)
    let members = (Int64(3)...5).map { Fixtures.member($0) }

    init(zone: String = "Europe/Berlin", now: Date = Fixtures.start) async throws {
        clock = ManualClock(now: now)
        store = MemoryClubStore(clock: clock)
        let ids = Fixtures.ids()
        directory = MemberDirectory(store: store, clock: clock, ids: ids)
        shows = LiveSessions(store: store, directory: directory, clock: clock, ids: ids)
        library = PodcastLibrary(store: store, directory: directory, clock: clock, ids: ids) { _, _ in "untitled" }
        for member in [owner, host] + members { try await add(member) }
        var settings = ClubSettings(timeZone: zone)
        settings.clubChannel = ChatPlace(chat: Fixtures.channel, title: "Records", handle: nil)
        let club = settings
        _ = try await store.settings.change(.club, cause: Fixtures.cause(0)) { _ in Change(club) }
    }

    func add(_ member: Member) async throws {
        _ = try await store.members.change(.id(member.id), cause: Fixtures.cause(0)) { _ in Change(member) }
    }

    /// The moment so many seconds from now.
    func after(_ seconds: Double) -> Date { clock.now.addingTimeInterval(seconds) }

    /// A show of the host, in an hour where nothing else is said.
    func plan(
        _ title: String = "Talk",
        in seconds: Double = 3_600,
        repeatsWeekly: Bool = false,
        by planner: Member? = nil,
        cause: Int = 1
    ) async throws -> LiveSession {
        try await shows.schedule(
            ShowPlan(title: title, startsAt: after(seconds), repeatsWeekly: repeatsWeekly),
            by: planner ?? host,
            cause: Fixtures.cause(cause)
        )
    }

    func show(_ id: LiveSessionID) async throws -> LiveSession {
        try #require(try await shows.find(id))
    }

    /// What waits to be sent about shows, as recipients and news; it counts as sent then.
    func news() async throws -> [String] {
        try await store.sendAll(now: clock.now).compactMap { draft in
            guard case .notice(.show(_, let news)) = draft.body else { return nil }
            let name = String("\(news)".prefix { $0 != "(" })
            return "\(draft.chat == Fixtures.channel ? "channel" : "\(draft.chat)") \(name)"
        }
    }
}

/// What is thrown where the rules say no.
func refusal(_ body: () async throws(ChangeFailure) -> Void) async -> Refusal? {
    do throws(ChangeFailure) {
        try await body()
        return nil
    } catch .refused(let refusal) {
        return refusal
    } catch {
        Issue.record("the store failed: \(error)")
        return nil
    }
}

/// A moment, in UTC.
func utc(_ year: Int, _ month: Int, _ day: Int, _ hour: Int, _ minute: Int = 0) throws -> Date {
    let time = try #require(TimeOfDay(hour: hour, minute: minute))
    return try #require(WallTime(year: year, month: month, day: day, time: time)).moment(in: .gmt)
}

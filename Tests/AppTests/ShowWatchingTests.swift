import Bot
import Domain
import Foundation
import TestSupport
import Testing

@testable import App

@Suite(.timeLimit(.minutes(1)))
struct ShowWatchingTests {
    @Test func `what is due is done at once, after an outage, and when its time has come`() async throws {
        let clock = ManualClock()
        let store = MemoryClubStore(clock: clock)
        let ids = Fixtures.ids()
        let directory = MemberDirectory(store: store, clock: clock, ids: ids)
        let shows = LiveSessions(store: store, directory: directory, clock: clock, ids: ids)
        let host = Fixtures.member(1, role: .host)
        for member in [host, Fixtures.member(2)] {
            _ = try await store.members.change(.id(member.id), cause: Fixtures.cause(0)) { _ in Change(member) }
        }
        let plan = ShowPlan(title: "Talk", startsAt: clock.now.addingTimeInterval(1_800))
        let show = try await shows.schedule(plan, by: host, cause: Fixtures.cause(1))
        let answer = Fixtures.member(2)
        _ = try await shows.rsvp(show.id, wantsReminders: true, by: answer, cause: Fixtures.cause(2))
        let watching = ShowWatching(
            watch: ShowWatch(shows: shows),
            shows: shows,
            clock: clock,
            outage: StoreOutage(clock: clock, logger: .silent)
        )
        store.setOutage(.unavailable(source: "memory", code: 14))
        let running = Task { try await watching.run() }
        await clock.waitForSleepers(1, within: ShowWatch.rest)
        store.setOutage(nil)

        clock.advance(by: .seconds(900))
        await told("show-reminder", in: store)
        _ = try await shows.start(show.id, by: host, cause: Fixtures.cause(3))
        await told("show-started", in: store)
        running.cancel()
        _ = await running.result
    }

    /// Returns once something of this kind was decided to be sent.
    private func told(_ prefix: String, in store: MemoryClubStore) async {
        while !store.storedDrafts.contains(where: { $0.dedupeKey.hasPrefix(prefix) }), !Task.isCancelled {
            await Task.yield()
        }
    }
}

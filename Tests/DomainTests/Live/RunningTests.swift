import Domain
import Foundation
import TestSupport
import Testing

/// Beginning and ending shows, co-hosts, answers.
struct RunningTests {
    private enum Step: String, CaseIterable {
        case start, end, move, cancel, edit, coHost, rsvp
    }

    private static func take(_ step: Step, _ show: LiveSession, in club: ShowClub) async -> Refusal? {
        let cause = Cause(rawValue: "step")
        let later = club.after(7_200)
        return await refusal { () throws(ChangeFailure) in
            switch step {
            case .start: _ = try await club.shows.start(show.id, by: club.host, cause: cause)
            case .end: _ = try await club.shows.end(show.id, by: club.host, cause: cause)
            case .move: _ = try await club.shows.move(show.id, to: later, by: club.host, cause: cause)
            case .cancel: _ = try await club.shows.cancel(show.id, by: club.host, cause: cause)
            case .edit: _ = try await club.shows.edit(show.id, ShowEdit(title: "b"), by: club.host, cause: cause)
            case .coHost:
                _ = try await club.shows.addCoHost(club.members[0].id, to: show.id, by: club.host, cause: cause)
            case .rsvp: _ = try await club.shows.rsvp(show.id, isComing: true, by: club.members[0], cause: cause)
            }
        }
    }

    @Test(arguments: LiveSession.Status.allCases)
    func `what makes no sense in a status is refused with its reason`(status: LiveSession.Status) async throws {
        let club = try await ShowClub()
        for step in Step.allCases {
            let show = Fixtures.show(Step.allCases.firstIndex(of: step) ?? 0, status: status, host: 2)
            _ = try await club.store.liveSessions.change(.id(show.id), cause: Fixtures.cause(0)) { _ in Change(show) }
            let expected: Refusal? =
                switch (status, step) {
                case (.scheduled, .end): .showNotLive
                case (.scheduled, _): nil
                case (.live, .start), (.live, .move), (.live, .cancel): .showHasBegun
                case (.live, _): nil
                case (.ended, _), (.recorded, _): .showOver
                case (.cancelled, _): .showCancelled
                }
            #expect(await Self.take(step, show, in: club) == expected, "\(step)")
            // The next show of this status has to find the host free.
            _ = try await club.store.liveSessions.change(.id(show.id), cause: Cause(rawValue: "free")) { _ in
                Change(Fixtures.show(Step.allCases.firstIndex(of: step) ?? 0, status: .ended, host: 2))
            }
        }
    }

    @Test func `a show begins and ends, and lasts as long as it was live`() async throws {
        let club = try await ShowClub()
        let show = try await club.plan()
        club.clock.advance(by: .seconds(3_660))
        let live = try await club.shows.start(show.id, by: club.host, cause: Fixtures.cause(2))
        #expect(live.status == .live)
        #expect(live.startedAt == club.clock.now)
        #expect(try await club.shows.list(.live, from: .first, limit: 9).items.map(\.id) == [show.id])
        club.clock.advance(by: .milliseconds(1_800_500))
        let ended = try await club.shows.end(show.id, by: club.host, cause: Fixtures.cause(3))
        #expect(ended.status == .ended)
        #expect(ended.duration == .milliseconds(1_800_500))
        #expect(ended.podcastID != nil)
        #expect(try await club.shows.list(.past, from: .first, limit: 9).items.map(\.id) == [show.id])
        let actions = try await club.store.audit.list(after: nil, limit: 9).items.map(\.action)
        #expect(actions == [.showEnded, .showStarted, .showScheduled])
    }

    @Test func `the same request begins a show once`() async throws {
        let club = try await ShowClub()
        let show = try await club.plan()
        let first = try await club.shows.start(show.id, by: club.host, cause: Fixtures.cause(2))
        #expect(try await club.shows.start(show.id, by: club.host, cause: Fixtures.cause(2)) == first)
    }

    @Test func `a host runs one show at a time, the club several`() async throws {
        let club = try await ShowClub()
        let first = try await club.plan(cause: 1)
        let second = try await club.plan(cause: 2)
        let others = try await club.plan(by: club.owner, cause: 3)
        _ = try await club.shows.start(first.id, by: club.host, cause: Fixtures.cause(4))
        _ = try await club.shows.start(others.id, by: club.owner, cause: Fixtures.cause(5))
        let refused = await refusal { () throws(ChangeFailure) in
            _ = try await club.shows.start(second.id, by: club.owner, cause: Fixtures.cause(6))
        }
        #expect(refused == .hostIsLive)
        _ = try await club.shows.end(first.id, by: club.host, cause: Fixtures.cause(7))
        let started = try await club.shows.start(second.id, by: club.host, cause: Fixtures.cause(8))
        #expect(started.status == .live)
    }

    @Test func `co-hosts begin and end a show, and change nothing else`() async throws {
        let club = try await ShowClub()
        let show = try await club.plan()
        let helper = club.members[0]
        _ = try await club.shows.addCoHost(helper.id, to: show.id, by: club.host, cause: Fixtures.cause(2))
        #expect(try await club.shows.runnable(by: helper).map(\.id) == [show.id])
        #expect(try await club.shows.runnable(by: club.members[1]) == [])
        let refused = await refusal { () throws(ChangeFailure) in
            _ = try await club.shows.cancel(show.id, by: helper, cause: Fixtures.cause(3))
        }
        #expect(refused == .notAllowed)
        _ = try await club.shows.start(show.id, by: helper, cause: Fixtures.cause(4))
        _ = try await club.shows.removeCoHost(helper.id, from: show.id, by: club.host, cause: Fixtures.cause(5))
        let late = await refusal { () throws(ChangeFailure) in
            _ = try await club.shows.end(show.id, by: helper, cause: Fixtures.cause(6))
        }
        #expect(late == .notAllowed)
    }

    @Test func `a show has ten co-hosts, who are in the club`() async throws {
        let club = try await ShowClub()
        let show = try await club.plan()
        for number in Int64(10)...20 { try await club.add(Fixtures.member(number)) }
        try await club.add(Fixtures.member(30, membership: .left))
        let adding = { (number: Int64) in
            await refusal { () throws(ChangeFailure) in
                let cause = Fixtures.cause(Int(number))
                let id = Fixtures.member(number).id
                _ = try await club.shows.addCoHost(id, to: show.id, by: club.host, cause: cause)
            }
        }
        #expect(await adding(30) == .noHost)
        for number in Int64(10)...19 { #expect(await adding(number) == nil) }
        #expect(await adding(20) == .tooManyCoHosts)
        #expect(try await club.show(show.id).coHosts.count == LiveSession.coHostLimit)
    }

    @Test func `answers are counted as they stand, however often they change`() async throws {
        let club = try await ShowClub()
        let show = try await club.plan()
        let (ann, ben) = (club.members[0], club.members[1])
        _ = try await club.shows.rsvp(show.id, isComing: true, by: ann, cause: Fixtures.cause(2))
        _ = try await club.shows.rsvp(show.id, isComing: true, by: ann, cause: Fixtures.cause(2))
        _ = try await club.shows.rsvp(show.id, isComing: true, wantsReminders: true, by: ben, cause: Fixtures.cause(3))
        #expect(try await club.show(show.id).comingCount == 2)
        let (after, answer) = try await club.shows.rsvp(show.id, isComing: false, by: ben, cause: Fixtures.cause(4))
        #expect(after.comingCount == 1)
        #expect(after.reminderCount == 1)
        #expect(answer.wantsReminders)
        #expect(try await club.shows.rsvp(of: ben.id, for: show.id) == answer)
        let coming = try await club.shows.rsvps(.coming(show.id), from: .first, limit: 9).items
        #expect(coming.map(\.member) == [ann.id])
    }

    @Test func `a crash between an answer and its count is made good by the next attempt`() async throws {
        let club = try await ShowClub()
        let show = try await club.plan()
        for writes in 0...2 {
            club.store.crash(afterWrites: writes)
            let member = club.members[writes]
            let cause = Fixtures.cause(10 + writes)
            _ = try? await club.shows.rsvp(show.id, isComing: true, by: member, cause: cause)
            club.store.crash(afterWrites: nil)
            _ = try await club.shows.rsvp(show.id, isComing: true, by: member, cause: cause)
            #expect(try await club.show(show.id).comingCount == writes + 1)
        }
    }

    @Test func `whoever is no member sees no shows and answers none`() async throws {
        let club = try await ShowClub()
        let show = try await club.plan()
        let stranger = Fixtures.member(9, membership: .left)
        let refused = await refusal { () throws(ChangeFailure) in
            _ = try await club.shows.rsvp(show.id, isComing: true, by: stranger, cause: Fixtures.cause(2))
        }
        #expect(refused == .notAMember)
        #expect(
            await refusal { () throws(ChangeFailure) in
                _ = try await club.shows.session(LiveSessionID(rawValue: "none"), for: club.host)
            } == .notFound
        )
    }
}

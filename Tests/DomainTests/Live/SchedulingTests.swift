import Domain
import Foundation
import TestSupport
import Testing

/// Planning, editing, moving and cancelling shows.
struct SchedulingTests {
    @Test func `a host plans a show, and it is announced`() async throws {
        let club = try await ShowClub()
        let plan = ShowPlan(
            title: "  Звук \n и тишина ",
            startsAt: club.after(7_200),
            summary: "О чём\r\n\r\n\r\nговорим",
            plannedDuration: .seconds(90 * 60),
            handPolicy: .level(3)
        )
        let show = try await club.shows.schedule(plan, by: club.host, cause: Fixtures.cause(1))
        #expect(show.title == "Звук и тишина")
        #expect(show.summary == "О чём\n\nговорим")
        #expect(show.host == club.host.id)
        #expect(show.status == .scheduled)
        #expect(show.plannedEnd == club.after(7_200 + 90 * 60))
        #expect(show.handPolicy == .level(3))
        #expect(try await club.news() == ["channel post"])
        #expect(try await club.shows.list(.upcoming, from: .first, limit: 9).items == [show])
        let entry = try await club.store.audit.list(after: nil, limit: 1).items.first
        #expect(entry?.action == .showScheduled)
        #expect(entry?.actor == club.host.id)
    }

    @Test func `a request that is repeated plans one show`() async throws {
        let club = try await ShowClub()
        let first = try await club.plan()
        #expect(try await club.plan().id == first.id)
        #expect(try await club.shows.count(.upcoming) == 1)
        #expect(try await club.plan(cause: 2).id != first.id)
    }

    @Test func `members plan no shows, and hosts none for others`() async throws {
        let club = try await ShowClub()
        let plan = ShowPlan(title: "Talk", startsAt: club.after(60), host: club.owner.id)
        for planner in [club.members[0], club.host, Fixtures.member(9, role: .host, membership: .left)] {
            #expect(
                await refusal { () throws(ChangeFailure) in
                    _ = try await club.shows.schedule(plan, by: planner, cause: Fixtures.cause(1))
                } == .notAllowed
            )
        }
    }

    @Test func `an admin plans a show for a host, not for a member`() async throws {
        let club = try await ShowClub()
        let plan = { ShowPlan(title: "Talk", startsAt: club.after(60), host: $0) }
        let show = try await club.shows.schedule(plan(club.host.id), by: club.owner, cause: Fixtures.cause(1))
        #expect(show.host == club.host.id)
        #expect(
            await refusal { () throws(ChangeFailure) in
                let member = plan(club.members[0].id)
                _ = try await club.shows.schedule(member, by: club.owner, cause: Fixtures.cause(2))
            } == .noHost
        )
    }

    @Test(
        arguments: [
            (ShowPlan(title: " \n", startsAt: Fixtures.start), .titleMissing),
            (ShowPlan(title: String(repeating: "я", count: 201), startsAt: Fixtures.start), .titleTooLong),
            (
                ShowPlan(title: "a", startsAt: Fixtures.start, summary: String(repeating: "b", count: 4_001)),
                .summaryTooLong
            ),
            (ShowPlan(title: "a", startsAt: Fixtures.start, plannedDuration: .seconds(299)), .durationOutOfRange),
            (ShowPlan(title: "a", startsAt: Fixtures.start, plannedDuration: .seconds(43_260)), .durationOutOfRange),
            (ShowPlan(title: "a", startsAt: Fixtures.start, handPolicy: .level(6)), .handLevelOutOfRange),
            (ShowPlan(title: "a", startsAt: Fixtures.start.addingTimeInterval(-61)), .timeInThePast),
            (ShowPlan(title: "a", startsAt: Fixtures.start.addingTimeInterval(365.1 * 86_400)), .timeTooFar),
        ] as [(ShowPlan, Refusal)]
    ) func `what a show cannot be`(plan: ShowPlan, expected: Refusal) async throws {
        let club = try await ShowClub()
        let found = await refusal { () throws(ChangeFailure) in
            _ = try await club.shows.schedule(plan, by: club.host, cause: Fixtures.cause(1))
        }
        #expect(found == expected)
        #expect(try await club.shows.count(.upcoming) == 0)
    }

    @Test func `a host has so many shows ahead and no more`() async throws {
        let club = try await ShowClub()
        for number in 1...LiveSession.aheadLimit { _ = try await club.plan(cause: number) }
        #expect(
            await refusal { () throws(ChangeFailure) in
                let plan = ShowPlan(title: "One more", startsAt: club.after(60))
                _ = try await club.shows.schedule(plan, by: club.host, cause: Fixtures.cause(99))
            } == .tooManyShows
        )
        #expect(try await club.plan(by: club.owner, cause: 100).status == .scheduled)
    }

    @Test func `an edit changes what it names, and the announcement`() async throws {
        let club = try await ShowClub()
        let show = try await club.plan()
        _ = try await club.news()
        let edit = ShowEdit(title: "Other", repeatsWeekly: true)
        let edited = try await club.shows.edit(show.id, edit, by: club.host, cause: Fixtures.cause(2))
        #expect(edited.title == "Other")
        #expect(edited.repeatsWeekly)
        #expect(edited.plannedDuration == show.plannedDuration)
        #expect(edited.sequence == 0)
        #expect(try await club.news() == ["channel post"])
        let same = try await club.shows.edit(show.id, ShowEdit(), by: club.host, cause: Fixtures.cause(3))
        #expect(same == edited)
        #expect(try await club.news() == [])
    }

    @Test func `a show is changed by its host and by admins, not by other hosts`() async throws {
        let club = try await ShowClub()
        let other = Fixtures.member(6, role: .host)
        try await club.add(other)
        let show = try await club.plan()
        for stranger in [other, club.members[0]] {
            let refused = await refusal { () throws(ChangeFailure) in
                _ = try await club.shows.cancel(show.id, by: stranger, cause: Fixtures.cause(2))
            }
            #expect(refused == .notAllowed)
        }
        #expect(try await club.shows.cancel(show.id, by: club.owner, cause: Fixtures.cause(3)).status == .cancelled)
    }

    @Test func `a move over midnight and back makes two changes for calendars`() async throws {
        let club = try await ShowClub(now: try utc(2026, 6, 1, 21, 50))
        let show = try await club.plan(in: 600)
        let moved = try await club.shows.move(
            show.id,
            to: try utc(2026, 6, 2, 0, 10),
            by: club.host,
            cause: Fixtures.cause(2)
        )
        #expect(moved.startsAt == (try utc(2026, 6, 2, 0, 10)))
        #expect(moved.sequence == 1)
        let back = try await club.shows.move(
            show.id,
            to: try utc(2026, 6, 1, 23, 30),
            by: club.host,
            cause: Fixtures.cause(3)
        )
        #expect(back.sequence == 2)
        #expect(try await club.shows.list(.upcoming, from: .first, limit: 1).items == [back])
    }

    @Test func `a show that comes once has no series to be moved`() async throws {
        let club = try await ShowClub()
        let show = try await club.plan()
        let (later, past) = (club.after(9_000), club.after(-3_600))
        let moving = { (start: Date, reach: ShowReach) in
            await refusal { () throws(ChangeFailure) in
                _ = try await club.shows.move(show.id, to: start, reach, by: club.host, cause: Fixtures.cause(2))
            }
        }
        #expect(await moving(later, .series) == .nothingToRepeat)
        #expect(await moving(past, .occurrence) == .timeInThePast)
    }
}

import Domain
import Foundation
import TestSupport
import Testing

/// Who was in a show's room, counted when it is over.
struct ShowAudienceTests {
    /// A show that was live for an hour, with people in its room.
    private func ended(_ club: ShowClub, with people: Bool = true) async throws -> LiveSession {
        let show = try await club.plan()
        _ = try await club.shows.start(show.id, by: club.host, cause: Fixtures.cause(2))
        let start = club.clock.now
        if people {
            let (anna, boris) = (club.members[0].id, club.members[1].id)
            try await club.store.attendance.keep([
                Fixtures.interval("a", of: anna, in: show.id, from: start),
                Fixtures.interval("b", of: anna, .seat(.phone), in: show.id, from: start, to: start + 600),
                Fixtures.interval("c", of: boris, in: show.id, from: start, to: start + 1_800),
                Fixtures.interval("d", of: boris, .stage, in: show.id, from: start, to: start + 900),
            ])
            let asked = Fixtures.said("Почему?", seq: 1, by: anna, kind: .question, in: show.id, at: start)
            let said = Fixtures.said("Ясно", seq: 2, by: anna, in: show.id, at: start)
            let news: [RoomNews] = [.said(message: asked), .said(message: said)]
            try await club.store.roomLog.append(Fixtures.batch(1, seqBefore: 0, news, in: show.id, at: start))
        }
        club.clock.advance(by: .seconds(3_600))
        return try await club.shows.end(show.id, by: club.host, cause: Fixtures.cause(3))
    }

    @Test func `people count once, whatever their devices, and questions are counted`() async throws {
        let club = try await ShowClub()
        let show = try await ended(club)
        let expected = ShowAudience(people: 2, peak: 2, average: 1.5, speakers: 1, questions: 1)
        #expect(show.audience == nil)
        #expect(try await club.shows.audience(of: show) == expected)
        try await club.settle()
        #expect(try await club.show(show.id).audience == expected)
    }

    @Test func `where nobody was there is nothing to tell`() async throws {
        let club = try await ShowClub()
        let show = try await ended(club, with: false)
        try await club.settle()
        #expect(try await club.shows.audience(of: club.show(show.id)) == nil)
    }

    @Test func `before the end nothing is counted`() async throws {
        let club = try await ShowClub()
        let show = try await club.plan()
        #expect(try await club.shows.audience(of: show) == nil)
    }
}

import Domain
import Foundation
import TestSupport
import Testing

/// The one message that lives through a show.
struct ShowPostTests {
    @Test func `answers edit the announcement every ten seconds at most`() async throws {
        let club = try await ShowClub()
        let show = try await club.plan()
        _ = try await club.news()
        for (number, member) in club.members.enumerated() {
            _ = try await club.shows.rsvp(show.id, isComing: true, by: member, cause: Fixtures.cause(10 + number))
            try await club.pass(.seconds(1))
        }
        #expect(try await club.news() == [])
        try await club.pass(.seconds(7))
        #expect(try await club.news() == ["channel post"])
        _ = try await club.shows.rsvp(show.id, isComing: false, by: club.members[0], cause: Fixtures.cause(20))
        try await club.pass(.seconds(9))
        #expect(try await club.news() == [])
        try await club.pass(.seconds(1))
        #expect(try await club.news() == ["channel post"])
        try await club.pass(.seconds(600))
        #expect(try await club.news() == [])
    }

    @Test func `what changes nothing about the count edits nothing`() async throws {
        let club = try await ShowClub()
        let show = try await club.plan()
        _ = try await club.news()
        try await club.remind(club.members[0], of: show)
        try await club.pass(.seconds(60))
        #expect(try await club.news() == [])
    }

    @Test func `the announcement stays in its chat, whatever channel is chosen later`() async throws {
        let club = try await ShowClub()
        let show = try await club.plan()
        try await club.shows.remember(CardPlace(chat: Fixtures.channel, message: 7), of: show.id)
        let other = ChatPlace(chat: ChatID(rawValue: -77), title: "News", handle: nil)
        _ = try await club.store.settings.change(.club, cause: Fixtures.cause(9)) { (settings) throws(Refusal) in
            guard var settings else { throw .notFound }
            settings.notificationsChannel = other
            return Change(settings)
        }
        _ = try await club.news()
        _ = try await club.start(show)
        #expect(try await club.news() == ["channel post"])
        _ = try await club.plan(cause: 2)
        #expect(try await club.news() == ["-77 post"])
        #expect(try await club.show(show.id).post == CardPlace(chat: Fixtures.channel, message: 7))
    }

    @Test func `a crash between a vote and its edit leaves no announcement behind`() async throws {
        let club = try await ShowClub()
        let show = try await club.plan()
        _ = try await club.news()
        club.store.crash(afterWrites: 2)
        _ = try? await club.shows.rsvp(show.id, isComing: true, by: club.members[0], cause: Fixtures.cause(2))
        club.store.crash(afterWrites: nil)
        try await club.pass(.seconds(15))
        #expect(try await club.show(show.id).comingCount == 1)
        #expect(try await club.news() == ["channel post"])
    }
}

import Domain
import TestSupport
import Testing

@testable import Bot

/// Admins choose with what listeners react.
@Suite(.timeLimit(.minutes(1)))
struct ClubReactionsTests {
    private let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
    }

    @Test func `an admin adds a reaction and takes one away, and rooms take what was chosen`() async throws {
        let settings = try await talk.says("/club", .owner).screen
        let label = talk.club.phrases.text(
            AdminPhrase.buttonReactions,
            .ru,
            ["reactions": Room.firstReactions.joined(separator: " ")]
        )
        let choice = try await talk.handle(talk.tap(settings.data(label), by: .owner)).screen
        let more = try await talk.handle(talk.tap(choice.data("🎉"), by: .owner)).screen
        _ = try await talk.handle(talk.tap(more.data("✅ 🤔"), by: .owner))
        let chosen = ["👏", "❤️", "🔥", "😂", "👍", "🎉"]
        #expect(try await talk.club.services.office.settings().reactions == chosen)

        let show = Fixtures.show(1, status: .live)
        _ = try await talk.club.store.liveSessions.change(.id(show.id), cause: Fixtures.cause(1)) { _ in Change(show) }
        let person = RoomPerson(id: MemberID(rawValue: "somebody"), name: "Somebody")
        let room = try await talk.club.services.rooms.snapshot(of: show.id, for: person)
        #expect(room.reactionSet == chosen)
        await talk.club.services.rooms.close()
    }

    @Test func `the last reaction stays, and members choose none`() async throws {
        let all = Room.offeredReactions
        for emoji in Room.firstReactions.dropFirst() {
            let place = try #require(all.firstIndex(of: emoji))
            _ = try await talk.taps(.admin(.setting(.reaction(place, isOn: false))), .owner)
        }
        let last = try await talk.taps(.admin(.setting(.reaction(0, isOn: false))), .owner)
        #expect(try last.toast.showAlert == true)
        let member = try await talk.taps(.admin(.setting(.reaction(1, isOn: true))), .member)
        #expect(try member.toast.showAlert == true)
        #expect(try await talk.club.services.office.settings().reactions == ["👏"])
    }
}

import Foundation
import Sandbox
import Testing

/// What a member chooses and takes with them, in the whole program.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct PersonalClubTests {
    /// The poster is the sandbox club's owner, in Russian.
    let person = SandboxClub.posterID

    @Test func `a chosen language holds in the bot and on the site`() async throws {
        let club = try await RunningClub()
        let session = try await club.signIn(as: person)
        try await club.telegram.say("/settings", as: person)
        let settings = try await club.telegram.message(to: person) { $0.text.contains("Ваши настройки") }
        try await club.telegram.tap("English", under: settings, as: person)
        _ = try await club.telegram.message(to: person) { $0.id == settings.id && $0.text.contains("Your settings") }

        try await club.telegram.say("/latest", as: person)
        _ = try await club.telegram.message(to: person) { $0.text.contains("No episodes yet") }
        let me = try #require(try await club.json("/api/auth/me", session: session)["member"] as? [String: Any])
        #expect(me["language"] as? String == "en")
        await club.stop()
    }

    @Test func `the file that /export sends is what the club keeps about the person`() async throws {
        let club = try await RunningClub()
        let session = try await club.signIn(as: person)
        try await club.telegram.say("/export", as: person)
        let message = try await club.telegram.message(to: person) { $0.document != nil }
        let contents = try await club.telegram.contents(ofFile: try #require(message.document))

        let all = try #require(try JSONSerialization.jsonObject(with: contents) as? [String: Any])
        let you = try #require(all["you"] as? [String: Any])
        let me = try #require(try await club.json("/api/auth/me", session: session)["member"] as? [String: Any])
        #expect(you["user_id"] as? String == me["user_id"] as? String)
        #expect(you["telegram_id"] as? Int64 == person)
        #expect((all["signed_in"] as? [[String: Any]])?.isEmpty == false)
        #expect(!String(decoding: contents, as: UTF8.self).contains(session))
        #expect(message.text.contains("/forget"))
        await club.stop()
    }
}

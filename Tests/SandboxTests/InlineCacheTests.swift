import Foundation
import Testing

@testable import Sandbox

@Suite struct InlineCacheTests {
    private static let results =
        #"[{"type":"article","id":"a","title":"T","input_message_content":{"message_text":"x"}}]"#

    /// Asks as somebody; true when the bot heard of it.
    private static func reaches(
        _ stage: inout ClubStage,
        _ person: Int64,
        offset: String = "",
        answered values: [String: String]? = nil
    ) throws -> Bool {
        let query = try stage.world.ask("q", offset: offset, of: ClubStage.bot, by: person, in: nil, now: stage.now)
        if let values {
            let answer = ["inline_query_id": query.id, "results": results].merging(values) { $1 }
            #expect(stage.result(.answerInlineQuery, answer) == true)
        }
        let isHeard = !stage.updates().isEmpty
        #expect(isHeard || query.answer != nil)
        return isHeard
    }

    @Test func `for everybody, for five minutes, each page by itself`() throws {
        var stage = try ClubStage()
        #expect(try Self.reaches(&stage, ClubStage.member, answered: ["next_offset": "10"]))
        #expect(try !Self.reaches(&stage, ClubStage.member))
        #expect(try !Self.reaches(&stage, ClubStage.stranger))
        #expect(try Self.reaches(&stage, ClubStage.member, offset: "10"))
        stage.now.addTimeInterval(300)
        #expect(try Self.reaches(&stage, ClubStage.member))
    }

    @Test func `a personal answer is for one person`() throws {
        var stage = try ClubStage()
        #expect(try Self.reaches(&stage, ClubStage.member, answered: ["is_personal": "true", "cache_time": "9"]))
        #expect(try !Self.reaches(&stage, ClubStage.member))
        #expect(try Self.reaches(&stage, ClubStage.stranger))
    }

    @Test func `without a time, or with the rule switched off, the bot is asked again`() throws {
        var stage = try ClubStage()
        #expect(try Self.reaches(&stage, ClubStage.member, answered: ["cache_time": "0"]))
        #expect(try Self.reaches(&stage, ClubStage.member))
        stage.world.settings.cachesInline = false
        #expect(try Self.reaches(&stage, ClubStage.member, answered: [:]))
        #expect(try Self.reaches(&stage, ClubStage.member))
    }

    @Test func `what comes from the cache can be chosen`() throws {
        var stage = try ClubStage()
        _ = try Self.reaches(&stage, ClubStage.member, answered: [:])
        let query = try stage.world.ask("q", of: ClubStage.bot, by: ClubStage.stranger, in: nil, now: stage.now)
        let chat = ChatKey.direct(bot: ClubStage.bot, person: ClubStage.stranger)
        let sent = try stage.world.choose("a", of: query.id, by: ClubStage.stranger, in: chat, now: stage.now)
        #expect(sent.viaBot == ClubStage.bot)
    }
}

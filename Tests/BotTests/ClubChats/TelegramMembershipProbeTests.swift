import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// What Telegram's answers say about somebody's place in a chat.
struct TelegramMembershipProbeTests {
    let telegram = ScriptedBotAPI()
    let clock = ManualClock()
    let probe: TelegramMembershipProbe

    init() throws {
        probe = TelegramMembershipProbe(api: try telegram.api(), clock: clock)
    }

    private func standing(_ answer: ScriptedBotAPI.Answer) async -> ChatStanding {
        telegram.script("getChatMember", answer)
        return await ask()
    }

    private func ask() async -> ChatStanding {
        await probe.standing(of: TelegramUserID(rawValue: 9), in: Fixtures.channel, patience: .seconds(3))
    }

    @Test(
        arguments: [
            (#""creator""#, .present), (#""administrator""#, .present), (#""member""#, .present),
            (#""restricted","is_member":true"#, .present), (#""restricted","is_member":false"#, .absent),
            (#""left""#, .absent), (#""kicked","until_date":0"#, .removed), (#""unheard-of""#, .unclear),
        ] as [(String, ChatStanding)]
    )
    func `each status means what it says`(status: String, standing: ChatStanding) async {
        let answer = ScriptedBotAPI.Answer.result(#"{"user":{"id":9},"status":\#(status)}"#)
        #expect(await self.standing(answer) == standing)
        #expect(telegram.calls.first?.parameter("user_id") == "9")
    }

    @Test(
        arguments: [
            (400, "Bad Request: user not found", .absent), (400, "Bad Request: member not found", .absent),
            (400, "Bad Request: PARTICIPANT_ID_INVALID", .absent), (400, "Bad Request: chat not found", .unclear),
            (400, "Bad Request: member list is inaccessible", .unclear),
            (403, "Forbidden: bot is not a member of the channel chat", .unclear),
        ] as [(Int, String, ChatStanding)]
    )
    func `only what Telegram says clearly about the person is an answer`(
        code: Int,
        description: String,
        standing: ChatStanding
    ) async {
        #expect(await self.standing(.refusal(code, description)) == standing)
    }

    @Test func `a group that has become another one names it`() async {
        let answer = ScriptedBotAPI.Answer.refusal(400, "upgraded", parameters: #"{"migrate_to_chat_id":-1007}"#)
        #expect(await standing(answer) == .moved(ChatID(rawValue: -1_007)))
    }

    @Test func `when Telegram asks to wait nobody asks until the end of it`() async {
        let answer = ScriptedBotAPI.Answer.refusal(429, "Too Many Requests", parameters: #"{"retry_after":40}"#)
        #expect(await standing(answer) == .unavailable(.seconds(40)))
        clock.advance(by: .seconds(39))
        #expect(await ask() == .unavailable(.seconds(1)))
        #expect(telegram.calls.count == 1)
        clock.advance(by: .seconds(1))
        #expect(await standing(.result(#"{"status":"member"}"#)) == .present)
    }

    @Test(
        arguments: [.broken(wasSent: true), .raw(status: 502, body: "<html>"), .refusal(401, "Unauthorized")]
            as [ScriptedBotAPI.Answer]
    )
    func `trouble is no answer, and nobody asks for a while`(answer: ScriptedBotAPI.Answer) async {
        guard case .unavailable(let pause) = await standing(answer) else {
            Issue.record("trouble was taken for an answer")
            return
        }
        #expect(pause > .zero)
        guard case .unavailable = await ask() else {
            Issue.record("Telegram was asked while it was in trouble")
            return
        }
        #expect(telegram.calls.count == 1)
    }
}

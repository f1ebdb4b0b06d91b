import Domain
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Bot

/// The pace of the checks.
@Suite(.timeLimit(.minutes(1)))
struct MembershipWatchTests {
    let talk: BotTalk
    let probe = ScriptedProbe()
    private var club: BotClubFixture { talk.club }

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
        try await talk.openChannel()
    }

    private func watching(_ body: () async throws -> Void) async throws {
        let watch = MembershipWatch(
            clubChats: club.services.clubChats,
            probe: probe,
            clock: club.clock,
            outage: club.outage,
            logger: club.logger
        )
        let running = Task { await watch.run() }
        try await body()
        running.cancel()
        await running.value
    }

    private func enter(_ numbers: ClosedRange<Int64>) async throws {
        for number in numbers { _ = try await talk.moves(Visitor(id: number), "left", "member") }
    }

    @Test func `members are checked one a second, and what a stop left is done after it`() async throws {
        try await enter(101...105)
        club.clock.advance(by: MembershipCheck.period)
        try await watching {
            for count in 1...3 {
                await club.clock.waitForSleepers(1)
                #expect(probe.asked.count == count)
                club.clock.advance(by: MembershipWatch.pace - .milliseconds(1))
                #expect(probe.asked.count == count)
                if count < 3 { club.clock.advance(by: .milliseconds(1)) }
            }
        }
        try await watching {
            await club.clock.waitForSleepers(1)
            #expect(probe.asked.count == 4)
        }
        #expect(Set(probe.asked).count == 4)
    }

    @Test func `while Telegram wants to be left in peace nothing is asked`() async throws {
        try await enter(101...103)
        club.clock.advance(by: MembershipCheck.period)
        probe.disturb(.unavailable(.seconds(60)))
        try await watching {
            await club.clock.waitForSleepers(1)
            club.clock.advance(by: .seconds(59))
            #expect(probe.asked.count == 1)
            let member = try await talk.member(Visitor(id: 101))
            #expect(member.isActive)
        }
    }

    @Test func `a stranger who asks is looked for at once`() async throws {
        probe.say(.present, of: Visitor.stranger.id, in: Fixtures.channel)
        try await watching {
            await club.clock.waitForSleepers(1)
            _ = try await talk.says("/start", .stranger)
            await club.clock.waitForSleepers(1, within: MembershipWatch.quickPace)
            let member = try await talk.member(.stranger)
            #expect(member.isActive)
        }
    }
}

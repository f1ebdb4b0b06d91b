import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

struct SendBudgetTests {
    let now = Fixtures.start

    @Test func `25 messages a second go out unasked, and no more`() {
        var budget = SendBudget(now: now.addingTimeInterval(-2))
        var sent = 0
        for tick in 0...99 {
            let moment = now.addingTimeInterval(Double(tick) / 100)
            for _ in 0..<budget.unsolicited(moment) {
                sent += 1
                budget.take(.alerts, chat: ChatID(rawValue: Int64(sent)), now: moment)
            }
        }

        #expect(sent == 25)
        #expect(budget.unsolicited(now.addingTimeInterval(3600)) == 5)
    }

    @Test func `over a minute they go at nearly 25 a second, and in no second more`() {
        var budget = SendBudget(now: now)
        var times: [Date] = []
        var moment = now
        #expect(budget.unsolicited(now) == 0)
        while moment < now.addingTimeInterval(60) {
            for _ in 0..<budget.unsolicited(moment) {
                times.append(moment)
                budget.take(.digests, chat: ChatID(rawValue: Int64(times.count)), now: moment)
            }
            moment = moment.addingTimeInterval(budget.pause(moment).seconds)
        }
        #expect(times.count > 60 * 22)
        for (first, last) in zip(times, times.dropFirst(25)) { #expect(last.timeIntervalSince(first) >= 1) }
    }

    @Test func `a chat rests a second, a group three`() {
        var budget = SendBudget(now: now)
        let (person, group) = (ChatID(rawValue: 1), ChatID(rawValue: -1))
        budget.take(.alerts, chat: person, now: now)
        budget.take(.alerts, chat: group, now: now)

        #expect(budget.resting(now.addingTimeInterval(0.9)) == [person, group])
        #expect(budget.resting(now.addingTimeInterval(1)) == [group])
        #expect(budget.resting(now.addingTimeInterval(3.001)) == [])
    }

    @Test func `answers go at once, five in a burst, whatever else is sent`() {
        var budget = SendBudget(now: now)
        let chat = ChatID(rawValue: 1)
        for number in 2...26 { budget.take(.alerts, chat: ChatID(rawValue: Int64(number)), now: now) }

        for _ in 1...5 {
            #expect(budget.restingForAnswers(now) == [])
            budget.take(.answers, chat: chat, now: now)
        }
        #expect(budget.restingForAnswers(now) == [chat])
        #expect(budget.restingForAnswers(now.addingTimeInterval(1)) == [])
    }
}

import Foundation
import Testing

@testable import Domain

/// A show in numbers, from its log and from who was there.
struct ShowTallyTests {
    private let show = LiveSessionID(rawValue: "show")
    private let start = Date(timeIntervalSince1970: 1_700_000_000)

    private func at(_ minutes: Double) -> Date { start.addingTimeInterval(minutes * 60) }

    private func member(_ name: String) -> MemberID { MemberID(rawValue: name) }

    private func seat(
        _ name: String,
        from: Double,
        to: Double?,
        _ part: AttendanceInterval.Part = .seat(.phone)
    ) -> AttendanceInterval {
        AttendanceInterval(
            id: AttendanceID(rawValue: "\(name) \(from) \(part.rawValue)"),
            session: show,
            member: member(name),
            part: part,
            from: at(from),
            to: to.map(at)
        )
    }

    private func figures(
        _ facts: [(minute: Double, news: RoomNews)] = [],
        _ intervals: [AttendanceInterval] = [],
        until minutes: Double = 3,
        told: Int? = nil,
        opened: Int = 0
    ) -> ShowFigures {
        var tally = ShowTally(from: start)
        let log = facts.map { RoomFact(at: at($0.minute), news: $0.news) }
        tally.take(RoomBatch(session: show, number: 1, seqBefore: 0, facts: log))
        for interval in intervals { tally.take(interval) }
        return tally.figures(of: show, until: at(minutes), told: told, opened: opened, isFinal: true)
    }

    private func raised(_ name: String, at minute: Double) -> RoomNews {
        .raised(hand: Hand(member: member(name), priority: 50, at: at(minute), topic: nil, isRemote: false))
    }

    private func said(_ name: String, at minute: Double, _ kind: RoomMessage.Kind = .chat) -> RoomNews {
        let id = RoomMessageID(rawValue: "\(name) \(minute)")
        return .said(message: RoomMessage(id: id, member: member(name), kind: kind, at: at(minute), words: nil))
    }

    @Test func `each minute has the most who were there at once, whatever their devices`() {
        let counted = figures(
            [],
            [
                seat("ann", from: -5, to: 1.5), seat("ann", from: 0.5, to: 3, .seat(.browser)),
                seat("bob", from: 0.2, to: 0.4), seat("eve", from: 0.6, to: nil),
            ]
        )
        #expect(counted.listeners.values == [2, 2, 2])
        #expect(counted.peak == 2)
        #expect(counted.funnel.joined == 3)
        #expect(counted.devices == ["phone": 3, "browser": 1])
        #expect(abs(counted.average - (3 + 0.2 + 2.4) / 3) < 0.001)
    }

    @Test func `the steps count people, each once, however often they did it`() {
        let seats = ["ann", "bob", "eve"].map { seat($0, from: 0, to: 3) }
        let counted = figures(
            [
                (1, .reacted(member: member("ann"), emoji: "🔥")), (1, .reacted(member: member("ann"), emoji: "👏")),
                (1, raised("ann", at: 1)), (1.5, .promoted(member: member("ann"))),
                (2, raised("bob", at: 2)), (2, .lowered(member: member("bob"), why: .own)), (2, raised("bob", at: 2)),
            ],
            seats,
            told: 7,
            opened: 5
        )
        let funnel = counted.funnel
        #expect(funnel.told == 7)
        let steps: [Int] = [funnel.opened, funnel.joined, funnel.reacted, funnel.raised, funnel.spoke]
        #expect(steps == [5, 3, 1, 2, 1])
        #expect(counted.hands.raised == 3)
    }

    @Test func `who came in without opening the page has opened it`() {
        #expect(figures([], [seat("ann", from: 0, to: 1)], opened: 0).funnel.opened == 1)
    }

    @Test func `a hand waits until it is asked on stage, and a lowered one does not count`() {
        let counted = figures(
            [
                (0, raised("ann", at: 0)), (0, raised("bob", at: 0)), (0, raised("eve", at: 0)),
                (1, .promoted(member: member("ann"))), (2, .lowered(member: member("eve"), why: .own)),
                (2.5, .invited(invitation: StageInvitation(member: member("bob"), by: member("ann"), until: at(3)))),
                (2.6, .promoted(member: member("bob"))),
            ]
        )
        #expect(counted.hands.taken == 2)
        #expect(counted.hands.medianWait == 60_000)
        #expect(counted.hands.longestWait == 150_000)
    }

    @Test func `chat and reactions fall into their minutes, and what was before the show into none`() {
        let counted = figures([
            (-1, said("ann", at: -1)), (0.1, said("ann", at: 0.1)), (1.2, said("bob", at: 1.2, .question)),
            (0.5, .counted(reactions: ["🔥": 3, "👏": 1])), (2.9, .counted(reactions: ["🔥": 2])),
            (3.1, .counted(reactions: ["🔥": 4])),
        ])
        #expect(counted.chat.values == [1, 1, 0])
        #expect(counted.questions == 1)
        #expect(counted.reactions == ["🔥": FigureSeries([3, 0, 6]), "👏": FigureSeries([1, 0, 0])])
        #expect(counted.reactionCount == 10)
    }

    @Test func `many kinds of reactions are not told apart for ever`() {
        let many = Dictionary(uniqueKeysWithValues: (0..<100).map { ("\($0)", 1) })
        let counted = figures([(0, .counted(reactions: many))])
        #expect(counted.reactions.count == 25)
        #expect(counted.reactions[ShowFigures.otherReactions]?.total == 76)
    }

    @Test func `a day that never ends has no longer series than twelve hours`() {
        let counted = figures([], [seat("ann", from: 0, to: 1_500)], until: 1_500)
        #expect(counted.minutes == 3)
        #expect(counted.listeners.values.count == 500)
        #expect(counted.listeners.values.allSatisfy { $0 == 1 })
    }

    @Test func `a show of no length has no minutes`() {
        #expect(figures([(0, said("ann", at: 0))], until: 0).chat.values.isEmpty)
    }

    @Test(.timeLimit(.minutes(1))) func `twelve hours with ten thousand people are counted, and stay small`() throws {
        var tally = ShowTally(from: start)
        for number in 0..<10_000 {
            let from = Double(number % 700)
            tally.take(seat("member\(number)", from: from, to: from + 20))
        }
        for minute in 0..<720 {
            let facts = (0..<6).map { index in
                RoomFact(
                    at: at(Double(minute) + Double(index) / 6),
                    news: .counted(reactions: ["🔥": 5, "👏": 2, "❤": 1, "😂": 3, "😮": 1, "👍": 9])
                )
            }
            tally.take(RoomBatch(session: show, number: minute + 1, seqBefore: 0, facts: facts))
        }
        let counted = tally.figures(of: show, until: at(720), told: nil, opened: 0, isFinal: true)
        #expect(counted.listeners.values.count == 720)
        #expect(counted.reactionCount == 21 * 6 * 720)
        #expect(try DocumentJSON.encode(counted).count < 40_000)
        #expect(try DocumentJSON.decode(ShowFigures.self, from: DocumentJSON.encode(counted)) == counted)
    }
}

import Foundation
import TestSupport
import Testing

@testable import Domain

/// What each deed of a show is worth, by examples.
struct ScoreTallyTests {
    private static let anna = MemberID(rawValue: "anna")
    private static let boris = MemberID(rawValue: "boris")
    private let show = LiveSessionID(rawValue: "show-1")
    private let start = Fixtures.start

    private func airtime(end: TimeInterval? = 3_600, isSettled: Bool = true) throws -> ShowAirtime {
        ShowAirtime(
            session: show,
            start: start,
            end: end.map { start.addingTimeInterval($0) },
            day: try #require(ClubDay(rawValue: "2026-06-01")),
            isSettled: isSettled
        )
    }

    /// A log of these events; the seconds are counted from the beginning of the show.
    private func tally(_ events: [(TimeInterval, RoomNews)], end: TimeInterval? = 3_600) -> ScoreTally {
        let crew = RoomCrew(host: RoomBench.host)
        var all: [(TimeInterval, RoomNews)] = [
            (-60, .opened(epoch: "e")), (0, .started(by: RoomBench.host, crew: crew, hands: .everyone)),
        ]
        all += events
        if let end { all.append((end, .ended(why: .host))) }
        var tally = ScoreTally()
        for (index, event) in all.sorted(by: { $0.0 < $1.0 }).enumerated() {
            let fact = RoomFact(at: start.addingTimeInterval(event.0), news: event.1)
            tally.take(RoomBatch(session: show, number: index + 1, seqBefore: 0, facts: [fact]))
        }
        return tally
    }

    private func seat(
        _ number: Int,
        _ member: MemberID = anna,
        _ part: AttendanceInterval.Part = .seat(.browser),
        from: TimeInterval,
        to: TimeInterval?
    ) -> AttendanceInterval {
        Fixtures.interval(
            "\(number)",
            of: member,
            part,
            from: start.addingTimeInterval(from),
            to: to.map { start.addingTimeInterval($0) }
        )
    }

    /// Rule, count and XP of one member's lines.
    private func lines(_ tally: ScoreTally, of member: MemberID = anna, _ airtime: ShowAirtime) -> [XPRule: [Int]] {
        let own = tally.lines(airtime).filter { $0.member == member }
        return Dictionary(uniqueKeysWithValues: own.map { ($0.rule, [$0.count, $0.xp]) })
    }

    private func message(_ number: Int, _ kind: RoomMessage.Kind = .chat) -> RoomNews {
        .said(message: Fixtures.said("text", seq: number, by: Self.anna, kind: kind, at: start))
    }

    @Test func `coming brings 10 XP, and each full five minutes 5`() throws {
        var tally = tally([])
        tally.take([seat(1, from: 100, to: 100 + 899)])
        #expect(try lines(tally, airtime()) == [.joined: [1, 10], .liveTime: [899_000, 10]])
    }

    @Test func `devices at the same time count once, and only while the show is live`() throws {
        var tally = tally([])
        tally.take([
            seat(1, from: -600, to: 300), seat(2, Self.anna, .seat(.phone), from: 200, to: 600),
            seat(3, Self.anna, .seat(.audio), from: 3_000, to: 9_000),
        ])
        #expect(try lines(tally, airtime()) == [.joined: [1, 10], .liveTime: [1_200_000, 20]])
    }

    @Test func `who left before the beginning was not there`() throws {
        var tally = tally([])
        tally.take([seat(1, from: -600, to: 0), seat(2, Self.boris, from: 3_600, to: 3_700)])
        #expect(try tally.lines(airtime()).isEmpty)
    }

    @Test func `the first 20 messages bring 2 XP each, questions too, hands' topics and what is pinned not`() throws {
        let chat = (1...25).map { (TimeInterval($0), message($0, $0 == 1 ? .question : .chat)) }
        let other = [(TimeInterval(50), message(50, .topic)), (51, message(51, .pin)), (-5, message(52))]
        #expect(try lines(tally(chat + other), airtime()) == [.chat: [25, 40]])
    }

    @Test func `a message counts also after it was deleted`() throws {
        let said = Fixtures.said("text", seq: 1, by: Self.anna, at: start)
        let tally = tally([(1, .said(message: said)), (2, .deleted(id: said.id, by: RoomBench.host))])
        #expect(try lines(tally, airtime()) == [.chat: [1, 2]])
    }

    @Test func `a reaction brings 1 XP`() throws {
        let tally = tally((1...4).map { (TimeInterval($0), .reacted(member: Self.anna, emoji: "👏")) })
        #expect(try lines(tally, airtime()) == [.reaction: [4, 4]])
    }

    @Test func `a hand brings 5 XP once, and is taken where it leads to the stage`() throws {
        let hand = Hand(member: Self.anna, priority: 60, at: start, isRemote: false)
        let invitation = StageInvitation(member: Self.anna, by: RoomBench.host, until: start)
        let tally = tally([
            (1, .raised(hand: hand)), (2, .lowered(member: Self.anna, why: .own)),
            (3, .raised(hand: hand)), (4, .invited(invitation: invitation)),
            (5, .uninvited(member: Self.anna, why: .declined)),
            (6, .raised(hand: hand)), (7, .invited(invitation: invitation)), (8, .promoted(member: Self.anna)),
        ])
        #expect(try lines(tally, airtime()) == [.hand: [3, 5], .handTaken: [1, 0], .promoted: [1, 50]])
    }

    @Test func `who is called without a hand, and the host, come on stage for the same 50 XP`() throws {
        let invitation = StageInvitation(member: Self.anna, by: RoomBench.host, until: start)
        let tally = tally([
            (0, .promoted(member: RoomBench.host)), (1, .invited(invitation: invitation)),
            (2, .promoted(member: Self.anna)), (3, .demoted(member: Self.anna, why: .own)),
            (4, .promoted(member: Self.anna)),
        ])
        #expect(try lines(tally, airtime()) == [.promoted: [2, 50]])
        #expect(try lines(tally, of: RoomBench.host, airtime()) == [.promoted: [1, 50]])
    }

    @Test func `a minute with a microphone that can be heard is a speech, in several pieces too`() throws {
        var tally = tally([])
        tally.take([
            seat(1, Self.anna, .microphone, from: 10, to: 40), seat(2, Self.anna, .stage, from: 10, to: 600),
            seat(3, Self.boris, .microphone, from: 10, to: 69.999),
        ])
        #expect(try lines(tally, airtime()).isEmpty)
        #expect(try lines(tally, of: Self.boris, airtime()).isEmpty)
        tally.take([seat(4, Self.anna, .microphone, from: 100, to: 130)])
        #expect(try lines(tally, airtime()) == [.speech: [1, 100]])
    }

    @Test func `support counts once of each giver, up to a day after the end, and never from oneself`() throws {
        let carl = MemberID(rawValue: "carl")
        let thanks: [(TimeInterval, RoomNews)] = [
            (10, .supported(member: Self.anna, by: Self.boris)), (11, .supported(member: Self.anna, by: Self.boris)),
            (12, .supported(member: Self.anna, by: Self.anna)),
        ]
        var tally = tally(thanks)
        #expect(try lines(tally, airtime()) == [.supportReceived: [1, 10]])
        for (number, after) in [(7, 86_400.0), (8, 86_401)] {
            let giver = number == 7 ? carl : RoomBench.host
            let fact = RoomFact(
                at: start.addingTimeInterval(3_600 + after),
                news: .supported(member: Self.anna, by: giver)
            )
            tally.take(RoomBatch(session: show, number: number, seqBefore: 0, facts: [fact]))
        }
        #expect(try lines(tally, airtime()) == [.supportReceived: [2, 20]])
        #expect(try lines(tally, of: carl, airtime()) == [.supportGiven: [1, 0]])
    }

    @Test func `opening the page is noted, also before the beginning, and worth nothing`() throws {
        #expect(try lines(tally([(-30, .visited(member: Self.anna))]), airtime()) == [.opened: [1, 0]])
    }

    @Test func `who is still there counts to little before the log's last line while the show is live`() throws {
        var tally = tally([(1_000, .lived)], end: nil)
        tally.take([seat(1, from: 0, to: nil), seat(2, Self.boris, from: 0, to: 990)])
        let live = try airtime(end: nil, isSettled: false)
        #expect(lines(tally, live)[.liveTime] == [970_000, 15])
        #expect(lines(tally, of: Self.boris, live)[.liveTime] == [990_000, 15])
    }

    @Test func `whose end was never stored was there up to the log's last line`() throws {
        var tally = tally([(1_000, .lived)], end: nil)
        tally.take([seat(1, from: 0, to: nil)])
        #expect(try lines(tally, airtime(end: 40_000))[.liveTime] == [1_000_000, 15])
    }

    @Test func `lines belong to the day on which the show began`() throws {
        let tally = tally([(1, .reacted(member: Self.anna, emoji: "👏"))])
        let line = try #require(tally.lines(airtime()).first)
        #expect(line.day.rawValue == "2026-06-01")
        #expect(line.at == start)
        #expect(line.source == .show(show))
    }
}

import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    static let answers = [
        StoreCheck("answers are listed by show and by member, the newest first, in pages") { bench in
            for person in Int64(1)...5 {
                let moment = bench.after(Double(person % 3))
                try await bench.add(Fixtures.rsvp(person, to: 1, isComing: true, now: moment))
            }
            try await bench.add(Fixtures.rsvp(6, to: 1, wantsReminders: true))
            try await bench.add(Fixtures.rsvp(7, to: 1))
            try await bench.add(Fixtures.rsvp(1, to: 2, wantsReminders: true))
            let show = Fixtures.show(1).id
            #expect(try await people(.coming(show), in: bench) == [5, 2, 4, 1, 3])
            #expect(try await people(.reminded(show), in: bench) == [6])
            #expect(try await people(.given(show), in: bench) == [5, 2, 4, 1, 6, 3])
            let own = try await bench.store.rsvps.list(.by(Fixtures.member(1).id), from: .first, limit: 9)
            #expect(own.items.map(\.session.rawValue) == ["show-1", "show-2"])
            #expect(try await bench.store.rsvps.list(.coming(show), from: .offset(4), limit: 9).items.count == 1)
            #expect(try await bench.store.rsvps.list(.coming(show), from: .first, limit: 0).items == [])
            #expect(try await bench.store.rsvps.count(.coming(show)) == 5)
            #expect(try await bench.store.rsvps.count(.given(show)) == 6)
            #expect(try await bench.store.rsvps.count(.by(Fixtures.member(7).id)) == 0)
        },
        StoreCheck("the messages that show a room are kept beside the answer, and belong to no list") { bench in
            let member = Fixtures.member(2)
            try await bench.add(member)
            let cards = RoomCards(store: bench.store, clock: ManualClock(now: bench.now), ids: Fixtures.ids())
            let show = Fixtures.show(1).id
            let cause = Fixtures.cause(1)
            for _ in 1...2 {
                try await cards.show(.hand, .waiting(position: 2), to: member, in: show, cause: cause)
            }
            try await cards.remember(77, as: .hand, of: member, in: show)
            try await cards.show(.queue, .queue(mark: "a"), to: member, in: show, cause: Fixtures.cause(2))
            #expect(try await cards.take(.hand, of: member, in: show)?.message == 77)
            for position in [3, 3, 1] {
                try await cards.update(.hand, .waiting(position: position), of: member, in: show)
            }
            let hand = try await cards.card(.hand, of: member.id, in: show)
            #expect(hand?.message == 77)
            #expect(hand?.face == .waiting(position: 1))
            #expect(try await cards.card(.queue, of: member.id, in: show)?.message == nil)
            #expect(try await bench.store.outbox.counts(bot: .club).queued == 3)
            #expect(try await bench.store.rsvps.count(.given(show)) == 0)
        },
        StoreCheck("however many members answer at once, they are counted exactly") { bench in
            try await bench.add(Fixtures.show(1))
            let shows = liveSessions(of: bench)
            let members = (Int64(1)...12).map { Fixtures.member($0) }
            for member in members { try await bench.add(member) }
            await withTaskGroup(of: Void.self) { group in
                for (number, member) in members.enumerated() {
                    group.addTask {
                        for (round, isComing) in [true, number.isMultiple(of: 3)].enumerated() {
                            _ = try? await shows.rsvp(
                                Fixtures.show(1).id,
                                isComing: isComing,
                                wantsReminders: number < 5,
                                by: member,
                                cause: Fixtures.cause(number * 10 + round)
                            )
                        }
                    }
                }
            }
            let show = try #require(try await bench.store.liveSessions.find(.id(Fixtures.show(1).id)))
            #expect(show.comingCount == 4)
            #expect(show.reminderCount == 5)
        },
        StoreCheck("of two hosts' shows that begin at once both do, of one host's two one does") { bench in
            for (number, host) in [(1, Int64(1)), (2, 1), (3, 2)] {
                try await bench.add(Fixtures.show(number, host: host))
            }
            let shows = liveSessions(of: bench)
            let refusals = await withTaskGroup(of: ChangeFailure?.self) { group in
                for (number, host) in [(1, Int64(1)), (2, 1), (3, 2)] {
                    group.addTask {
                        do throws(ChangeFailure) {
                            let member = Fixtures.member(host, role: .host)
                            _ = try await shows.start(
                                Fixtures.show(number).id,
                                by: member,
                                cause: Fixtures.cause(number)
                            )
                            return nil
                        } catch {
                            return error
                        }
                    }
                }
                return await group.reduce(into: []) { $0 += [$1].compactMap { $0 } }
            }
            #expect(refusals == [.refused(.hostIsLive)])
            #expect(try await bench.store.liveSessions.count(.live) == 2)
        },
    ]

    /// The numbers of the members of a whole list, read in pages of two.
    private static func people(_ listing: RSVPListing, in bench: StoreBench) async throws -> [Int] {
        var (found, start): ([RSVP], PageStart) = ([], .first)
        while true {
            let page = try await bench.store.rsvps.list(listing, from: start, limit: 2)
            found += page.items
            guard let next = page.next else { break }
            start = .after(next)
        }
        return found.compactMap { Int($0.member.rawValue.dropFirst("member-".count)) }
    }

    private static func liveSessions(of bench: StoreBench) -> LiveSessions {
        let ids = Fixtures.ids()
        let directory = MemberDirectory(store: bench.store, clock: bench.clock, ids: ids)
        return LiveSessions(store: bench.store, directory: directory, clock: bench.clock, ids: ids)
    }
}

import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    /// What a store does with what it was given.
    static let transferred = [
        StoreCheck("loaded members, podcasts, sessions and links are found by everything that finds them") { bench in
            try await load(FullClub.records(now: bench.now), into: bench.store)
            let store = bench.store
            #expect(try await store.members.find(.telegram(TelegramUserID(rawValue: 2)))?.role == .owner)
            #expect(try await store.members.pending(limit: 9).map(\.id) == [Fixtures.member(3).id])
            #expect(try await store.members.active(atLeast: .host).map(\.id) == [Fixtures.member(2).id])
            let found = try await store.podcasts.list(PodcastQuery(words: ["елк"], tag: "зима"), from: .first, limit: 9)
            #expect(found.items.map(\.id) == [Fixtures.podcast(1).id])
            #expect(try await store.podcasts.find(.file(FileUniqueID(rawValue: "file-1"))) == found.items.first)
            #expect(try await store.podcasts.find(.post(Fixtures.post(1))) == found.items.first)
            #expect(try await store.podcasts.withRecordingsToFetch(limit: 9).map(\.id) == [Fixtures.podcast(2).id])
            let open = try await store.authSessions.open(of: Fixtures.member(2).id, now: bench.now)
            #expect(open.map(\.id.rawValue) == ["session-2"])
            #expect(try await store.signInLinks.find(.poll(SecretDigest(rawValue: "poll")))?.number == 42)
            #expect(try await store.settings.find(.club)?.timeZone == "Asia/Omsk")
        },
        StoreCheck("a loaded cause is known until it would have been forgotten") { bench in
            try await load(FullClub.records(now: bench.now), into: bench.store)
            #expect(try await isKnown(1, in: bench))
            #expect(try await isKnown(2, in: bench))
            #expect(try await !isKnown(3, in: bench))
            try await bench.store.prune(now: bench.after(47 * 3_600))
            #expect(try await !isKnown(1, in: bench))
            #expect(try await isKnown(2, in: bench))
        },
        StoreCheck("loaded updates are pending in their order, handled, known and counted on") { bench in
            try await load(FullClub.records(now: bench.now), into: bench.store)
            let inbox = bench.store.inbox
            #expect(try await inbox.offset(bot: .club) == 4_711)
            let pending = try await inbox.pending(bot: .club, after: 0, limit: 9)
            #expect(pending.map(\.entry.updateID) == [5, 3])
            #expect(try await inbox.setAside(bot: .club, limit: 9).map(\.error) == ["odd"])
            #expect(try await inbox.receive([Fixtures.update(2)], nextOffset: 4_711, bot: .club) == 0)
            #expect(try await inbox.recordFailure(bot: .club, updateID: 3) == 3)
            try await inbox.finish(bot: .club, updateID: 5, outbox: [Fixtures.draft("answer")], now: bench.now)
            #expect(try await inbox.receive([Fixtures.update(6)], nextOffset: 7, bot: .club) == 1)
            let rest = try await inbox.pending(bot: .club, after: 0, limit: 9)
            #expect(rest.map(\.entry.updateID) == [3, 6])
            #expect(try #require(rest.last).sequence > 500)
        },
        StoreCheck("loaded messages are claimed in their order, held, recovered and never sent twice") { bench in
            try await load(FullClub.records(now: bench.now), into: bench.store)
            var counts = OutboxCounts()
            (counts.queued, counts.sending, counts.sent, counts.failed) = (3, 1, 1, 1)
            (counts.unreachable, counts.unknown) = (1, 1)
            #expect(try await bench.store.outbox.counts(bot: .club) == counts)
            // Chat 1 has one on its way, chat 4 is held, chat 3 waits.
            #expect(try await bench.claimed() == [])
            #expect(try await bench.store.outbox.recover(bot: .club, now: bench.now) == 1)
            let first = try await bench.claim()
            #expect(first.map(\.draft.dedupeKey) == ["sending"])
            #expect(first.map(\.isUncertain) == [true])
            #expect(first.map(\.attempts) == [3])
            try await bench.append(
                Fixtures.draft("forgotten", chat: 9),
                Fixtures.draft("sent", chat: 9),
                Fixtures.draft("new", chat: 9)
            )
            bench.clock.advance(by: .seconds(60))
            let later = try await bench.claim()
            #expect(later.map(\.draft.dedupeKey) == ["waits", "held", "new"])
            #expect(try #require(later.last).sequence > 800)
        },
        StoreCheck("loaded messages are forgotten when it is time, and their keys are not") { bench in
            try await load(FullClub.records(now: bench.now), into: bench.store)
            try await bench.store.prune(now: bench.after(31 * 86_400))
            #expect(try await bench.store.outbox.counts(bot: .club).sent == 0)
            let records = try await all(of: bench.store)
            let keys = ["failed", "forgotten", "sent", "unknown", "unreachable", "Ёж"]
            #expect(records[.outboxKeys]?.map(\.key) == keys)
        },
    ]

    /// Whether the store has applied a cause to the second member; else it is applied now.
    private static func isKnown(_ cause: Int, in bench: StoreBench) async throws -> Bool {
        let change = try await bench.store.members.change(
            .id(Fixtures.member(2).id),
            cause: Fixtures.cause(cause)
        ) { Change($0 ?? Fixtures.member(9)) }
        return change.isRepeat
    }

    static func member(_ id: String, telegram: Int64) -> Member {
        Member(id: MemberID(rawValue: id), person: Fixtures.person(telegram), membership: .active, now: Fixtures.start)
    }

    /// Stores something in every collection, by the ways that the club uses.
    static func use(_ bench: StoreBench) async throws {
        let store = bench.store
        try await bench.append(Fixtures.draft("old", chat: 20))
        try await bench.settle(try #require(try await bench.claim().first), .sent(message: 9))
        try await store.prune(now: bench.after(31 * 86_400))
        for number in Int64(1)...3 {
            try await bench.add(Fixtures.member(number))
            try await bench.add(Fixtures.podcast(number, summary: "О чём \(number)"))
        }
        _ = try await store.members.change(.id(Fixtures.member(1).id), cause: Fixtures.cause(5)) { member in
            Change(
                member ?? Fixtures.member(1),
                outbox: [Fixtures.draft("told", chat: 1)],
                audit: [Fixtures.entry(1)]
            )
        }
        _ = try await store.settings.change(.club, cause: Fixtures.cause(1)) { _ in Change(ClubSettings()) }
        try await bench.add(Fixtures.show(1, startsAt: bench.after(60)))
        try await bench.add(Fixtures.rsvp(1, isComing: true))
        let thanks = Fixtures.thanks(1, words: "Спасибо!")
        _ = try await store.thanks.change(.id(thanks.id), cause: Fixtures.cause(1)) { _ in Change(thanks) }
        let invite = Fixtures.invite(now: bench.now)
        _ = try await store.invites.change(.id(invite.id), cause: Fixtures.cause(1)) { _ in Change(invite) }
        let broadcast = try Fixtures.broadcast(1)
        _ = try await store.broadcasts.change(.id(broadcast.id), cause: Fixtures.cause(1)) { _ in Change(broadcast) }
        for isSent in [true, false] {
            var told = Fixtures.draft("listed \(isSent)", chat: 2)
            told.body = .notice(.announcement(broadcast.id))
            told.batch = broadcast.id.batch
            told.listing = Listing(reader: Fixtures.member(2).id, isSent: isSent)
            try await bench.append(told)
        }
        try await addSession(1, of: Fixtures.member(1), at: bench.now, to: bench)
        let link = FullClub.link(now: bench.now)
        _ = try await store.signInLinks.change(.id(link.id), cause: Fixtures.cause(1)) { _ in Change(link) }

        for batch in Fixtures.roomBatches(now: bench.now) { try await store.roomLog.append(batch) }
        try await store.attendance.keep(Fixtures.attendance(now: bench.now))

        try await bench.add(try Fixtures.listeningDay(1, now: bench.now))
        try await bench.add(Fixtures.listen(1, to: 1, now: bench.now))
        try await Listening(store: store, clock: bench.clock).countWhatIsLeft()
        _ = try await Downloads(store: store, clock: bench.clock).sent(
            1,
            of: 1,
            lasting: .seconds(60),
            Fixtures.podcast(1).id,
            to: DownloadAudience(rawValue: "audience"),
            cause: Fixtures.cause(1)
        )

        let correction = Fixtures.correction(1, at: bench.now)
        _ = try await store.xpCorrections.change(.id(correction.id), cause: Fixtures.cause(1)) { _ in
            Change(correction)
        }
        let award = BadgeAward(member: Fixtures.member(1).id, badge: .coreMember, by: nil, at: bench.now)
        _ = try await store.badges.change(.id(award.id), cause: Fixtures.cause(1)) { _ in Change(award) }
        let told = ToldProgress(id: Fixtures.member(1).id)
        _ = try await store.toldProgress.change(.id(told.id), cause: Fixtures.cause(1)) { _ in Change(told) }
        for record in Fixtures.showFigureRecords(now: bench.now) {
            _ = try await store.showFigures.change(.id(record.document.id), cause: Fixtures.cause(1)) { _ in
                Change(record.document)
            }
        }
        for record in Fixtures.deliveryRecords(now: bench.now) {
            _ = try await store.deliveryDays.change(.id(record.document.id), cause: Fixtures.cause(1)) { _ in
                Change(record.document)
            }
        }
        try await store.ledger.post(Fixtures.lines(now: bench.now))

        let updates = (Int64(1)...5).map { Fixtures.update($0) }
        _ = try await store.inbox.receive(updates, nextOffset: 6, bot: .club)
        try await store.inbox.finish(bot: .club, updateID: 1, outbox: [Fixtures.draft("answer")], now: bench.now)
        try await store.inbox.setAside(bot: .club, updateID: 2, error: "odd", outbox: [], now: bench.now)
        _ = try await store.inbox.recordFailure(bot: .club, updateID: 3)
        var later = Fixtures.update(1)
        later.receivedAt = bench.after(49 * 3_600)
        _ = try await store.inbox.receive([later], nextOffset: 6, bot: .club)

        for chat in Int64(10)...15 { try await bench.append(Fixtures.draft("to \(chat)", chat: chat)) }
        let rows = try await bench.claim(excluding: [ChatID(rawValue: 15)], limit: 6)
        let outcomes: [OutboxOutcome] = [
            .sent(message: 8), .failed(reason: "no"), .unreachable(reason: "blocked"),
            .retry(notBefore: bench.after(30)), .unknown(notBefore: bench.after(40)),
        ]
        for (row, outcome) in zip(rows, outcomes) { try await bench.settle(row, outcome) }
        try await store.outbox.hold(bot: .club, chat: ChatID(rawValue: 15), until: bench.after(90))
    }
}

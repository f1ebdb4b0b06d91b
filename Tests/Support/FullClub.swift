import Domain
import Foundation

/// Everything that a store can keep, as the records that travel.
public enum FullClub {
    /// Records of every collection, in the order of their keys: every kind of state, every field set somewhere.
    public static func records(now: Date) throws -> [StoredCollection: [StoredRecord]] {
        [
            .inboxOffsets: try stored([
                InboxOffsetRecord(bot: .club, nextOffset: 4_711), InboxOffsetRecord(bot: .recorder, nextOffset: 1),
            ]),
            .inbox: try stored(updates(now: now)),
            .users: try stored(members(now: now)),
            .podcasts: try stored(podcasts(now: now)),
            .liveSessions: try stored(shows(now: now)),
            .rsvps: try stored([
                EntityRecord(Fixtures.rsvp(2, to: 1, isComing: true, now: now), causes: []),
                EntityRecord(
                    Fixtures.rsvp(3, to: 1, wantsReminders: true, now: now),
                    causes: [AppliedCause(cause: Fixtures.cause(1), at: now)]
                ),
            ]),
            .thanks: try stored([
                EntityRecord(
                    Fixtures.thanks(1, position: .seconds(754), words: "Спасибо!", at: now),
                    causes: [AppliedCause(cause: Fixtures.cause(1), at: now)]
                ),
                EntityRecord(Fixtures.thanks(2, podcast: 2, at: now), causes: []),
            ]),
            .clubSettings: try stored([
                EntityRecord(
                    settings,
                    causes: [AppliedCause(cause: Fixtures.cause(1), at: now)]
                )
            ]),
            .signInLinks: try stored([EntityRecord(link(now: now), causes: [])]),
            .invites: try stored([EntityRecord(Fixtures.invite(now: now), causes: [])]),
            .broadcasts: try stored(Fixtures.broadcastRecords(now: now)),
            .authSessions: try stored(sessions(now: now)),
            .listeningDays: try stored([
                EntityRecord(try Fixtures.listeningDay(2, now: now), causes: []),
                EntityRecord(
                    ListeningDay(member: Fixtures.member(3).id, day: ClubDay(now, in: .gmt)),
                    causes: [AppliedCause(cause: Fixtures.cause(1), at: now)]
                ),
            ]),
            .listens: try stored([EntityRecord(Fixtures.listen(2, to: 1, now: now), causes: [])]),
            .episodeFigures: try stored([EntityRecord(EpisodeFigures(id: Fixtures.podcast(1).id), causes: [])]),
            .downloadHits: try stored([EntityRecord(Fixtures.downloadHit(1, at: now), causes: [])]),
            .downloadCounts: try stored([
                EntityRecord(DownloadCount(id: .club(on: ClubDay(now, in: .gmt))), causes: []),
                EntityRecord(DownloadCount(id: .episode(Fixtures.podcast(1).id)), causes: []),
            ]),
            .xpCorrections: try stored(Fixtures.correctionRecords(now: now)),
            .badges: try stored(Fixtures.awardRecords(now: now)),
            .toldProgress: try stored(Fixtures.toldRecords(now: now)),
            .showFigures: try stored(Fixtures.showFigureRecords(now: now)),
            .deliveryDays: try stored(Fixtures.deliveryRecords(now: now)),
            .xpTransactions: try stored(Fixtures.lines(now: now)),
            .roomEvents: try stored(Fixtures.roomBatches(now: now)),
            .chatMessages: try stored(Fixtures.roomBatches(now: now).flatMap(\.messages)),
            .attendance: try stored(Fixtures.attendance(now: now)),
            .audit: try stored(Fixtures.audit(now: now)),
            .outbox: try stored(messages(now: now)),
            .outboxHolds: try stored([
                OutboxHoldRecord(bot: .club, chat: Fixtures.channel, until: now.addingTimeInterval(-5)),
                OutboxHoldRecord(bot: .club, chat: ChatID(rawValue: 4), until: now.addingTimeInterval(60)),
                OutboxHoldRecord(bot: .recorder, chat: Fixtures.channel, until: now.addingTimeInterval(61)),
            ]),
            .outboxKeys: try stored([OutboxKeyRecord(dedupeKey: "forgotten"), OutboxKeyRecord(dedupeKey: "Ёж")]),
            .notifications: try stored(Fixtures.notifications(now: now)),
        ]
    }

    private static var settings: ClubSettings {
        var settings = ClubSettings(ownerID: Fixtures.member(2).id, timeZone: "Asia/Omsk")
        settings.adminsChatID = ChatID(rawValue: -5)
        settings.adminsChatTitle = "Admins"
        settings.clubChannel = ChatPlace(chat: Fixtures.channel, title: "Записи", handle: "records")
        settings.clubGroup = ChatPlace(chat: ChatID(rawValue: -6), title: "Club \"A\"", handle: nil)
        settings.joining = Set(JoiningMode.allCases)
        return settings
    }

    /// A sign-in link that was confirmed.
    public static func link(now: Date) -> SignInLink {
        var link = SignInLink(
            id: SecretDigest(rawValue: "payload"),
            poll: SecretDigest(rawValue: "poll"),
            number: 42,
            device: "Firefox",
            expiresAt: now.addingTimeInterval(300)
        )
        link.confirmedBy = Fixtures.member(2).id
        link.isSpent = true
        return link
    }

    private static func stored(_ records: [some TransferRecord]) throws -> [StoredRecord] {
        try records.map { try StoredRecord($0) }
    }

    private static func members(now: Date) -> [EntityRecord<Member>] {
        var owner = Fixtures.member(2, role: .owner, language: .en)
        owner.username = "owner"
        owner.name = "Полина \"O\" \n \u{2028}"
        owner.requestedAt = now.addingTimeInterval(-60)
        owner.decision = JoinDecision(isApproved: true, by: Fixtures.member(1).id, at: now.addingTimeInterval(-0.001))
        owner.isReachable = false
        var waiting = Fixtures.member(3, membership: .pending)
        waiting.requestedAt = now
        waiting.clubChat = .channel
        waiting.check = MembershipCheck(.now, dueAt: now, failures: 1)
        waiting.clubChatRequest = Fixtures.channel
        let causes = [
            AppliedCause(cause: Fixtures.cause(1), at: now.addingTimeInterval(-2 * 3_600)),
            AppliedCause(cause: Fixtures.cause(2), at: now),
        ]
        return [
            EntityRecord(Fixtures.member(1, membership: .banned), causes: []),
            EntityRecord(owner, causes: causes.reversed()),
            EntityRecord(waiting, causes: []),
        ]
    }

    private static func podcasts(now: Date) -> [EntityRecord<Podcast>] {
        let media = Recording.Media.stored(MediaKey(rawValue: String(repeating: "ab", count: 32)), bytes: 5)
        var full = Fixtures.podcast(1, title: "Ёлка", summary: "a/b", tags: ["зима", "a"], media: media)
        full.signature = "Polina"
        full.authorID = Fixtures.member(2).id
        full.authorName = "Полина"
        full.people = ["anna"]
        (full.season, full.episode) = (2, 5)
        full.chapters = [Chapter(start: .milliseconds(61_234), title: "Начало")]
        full.album = Fixtures.album(gathersUntil: now)
        full.cover = Cover(
            fileUniqueID: FileUniqueID(rawValue: "photo"),
            fileID: "photo-for-club",
            bot: .club,
            announcedBytes: 7
        )
        full.cover?.media = media
        full.card = CardPlace(chat: ChatID(rawValue: -5), message: 9)
        full.updatedAt = now.addingTimeInterval(7)
        full = full.joined(with: Fixtures.show(1).id)
        full.handEdit = HandEdit(fields: [.title, .number], postRevisedAt: now.addingTimeInterval(-9))
        full.recordings[0].fileIDs["recorder"] = "other"
        full.recordings[0].posts.append(Fixtures.post(100))
        full.recordings[0].fileName = "talk.ogg"
        full.recordings[0].preparation = (try? Fixtures.rendition()).map { .ready($0) }
        full.recordings.append(Fixtures.foreignRecording(11, media: .messengerOnly(.tooLarge)))
        return [
            EntityRecord(full, causes: [AppliedCause(cause: Fixtures.cause(1), at: now)]),
            EntityRecord(Fixtures.podcast(2, status: .draft), causes: []),
        ]
    }

    private static func sessions(now: Date) -> [EntityRecord<AuthSession>] {
        (1...2).map { number in
            var session = AuthSession(
                id: AuthSessionID(rawValue: "session-\(number)"),
                memberID: Fixtures.member(2).id,
                way: number == 1 ? .link : .miniApp,
                device: "Firefox, Linux",
                now: now
            )
            if number == 1 { session.endedAt = now }
            return EntityRecord(session, causes: [AppliedCause(cause: Fixtures.cause(number), at: now)])
        }
    }

    private static func updates(now: Date) -> [InboxRecord] {
        let before = now.addingTimeInterval(-60)
        var finished = Fixtures.update(2)
        finished.payload = Data()
        var failing = Fixtures.update(3, lane: "chat-7")
        failing.failures = 2
        failing.payload = Data([0, 255, 10])
        return [
            InboxRecord(sequence: 7, entry: finished, state: .finished, handledAt: before, isPast: true),
            InboxRecord(sequence: 10, entry: finished, state: .finished, handledAt: now),
            InboxRecord(sequence: 11, entry: Fixtures.update(4), state: .setAside, handledAt: now, error: "odd"),
            InboxRecord(sequence: 99, entry: Fixtures.update(5)),
            InboxRecord(sequence: 100, entry: failing),
            InboxRecord(sequence: 500, entry: Fixtures.update(3, bot: .recorder)),
        ]
    }

    private static func messages(now: Date) -> [OutboxRecord] {
        func message(
            _ sequence: Int64,
            _ key: String,
            chat: Int64,
            _ state: OutboxRecord.State,
            _ change: (inout OutboxRecord) -> Void = { _ in }
        ) -> OutboxRecord {
            let draft = Fixtures.draft(key, chat: chat)
            var record = OutboxRecord(sequence: sequence, draft: draft, createdAt: now, state: state)
            change(&record)
            return record
        }
        return [
            message(2, "sending", chat: 1, .sending) { $0.attempts = 2 },
            message(9, "behind", chat: 1, .queued) { record in
                record.draft.lane = .digests
                record.draft.batch = OutboxBatch(rawValue: "batch")
                record.draft.body = .notice(.updateSetAside(bot: .club, updateID: 4))
                record.draft.expiresAt = now.addingTimeInterval(3_600)
            },
            message(10, "waits", chat: 3, .queued) { record in
                record.isUncertain = true
                record.attempts = 1
                record.notBefore = now.addingTimeInterval(30)
            },
            message(11, "held", chat: 4, .queued),
            message(20, "sent", chat: 1, .sent) { ($0.settledAt, $0.message, $0.attempts) = (now, 99, 1) },
            message(21, "failed", chat: 1, .failed) { ($0.settledAt, $0.reason) = (now, "no") },
            message(22, "unreachable", chat: 1, .unreachable) { ($0.settledAt, $0.reason) = (now, "blocked") },
            message(800, "unknown", chat: 1, .unknown) { ($0.settledAt, $0.isUncertain) = (now, true) },
        ]
    }
}

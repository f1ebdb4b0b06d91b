import Domain
import Foundation

/// Fills a store with the made-up club.
struct ClubFilling {
    /// How many records are loaded at once.
    private static let portion = 1_000
    private static let messagesOfDay = 20
    private static let listenersOfShow = 200

    let store: any ClubStore
    let size: ClubSize
    let year = ClubYear()

    /// People, episodes, shows, and the figures that are kept of them.
    func fillClub() async throws {
        try await load(.users, ClubSize.members) { try StoredRecord(EntityRecord(member($0), causes: [])) }
        try await load(.podcasts, ClubSize.episodes) { try StoredRecord(EntityRecord(podcast($0), causes: [])) }
        try await load(.liveSessions, ClubSize.shows) { try StoredRecord(EntityRecord(show($0), causes: [])) }
        try await load(.showFigures, ClubSize.shows) { try StoredRecord(EntityRecord(showFigures($0), causes: [])) }
        try await load(.episodeFigures, ClubSize.episodes) { number in
            try StoredRecord(EntityRecord(try episodeFigures(number), causes: []))
        }
        let days = ClubSize.days
        try await load(.downloadCounts, days + ClubSize.episodes * (days + 1)) { number in
            try StoredRecord(EntityRecord(try downloadCount(number), causes: []))
        }
        try await load(.outbox, days * Self.messagesOfDay) { try StoredRecord(message($0)) }
        try await DeliveryBook(store: store, clock: StillClock(now: ClubYear.now)).keep()
    }

    /// The ledger, in portions, each of few members.
    /// - Parameter progress: Told how many lines there are.
    /// - Throws: `StoreError`.
    func fillLedger(_ progress: (Int) -> Void) async throws {
        var waiting: [XPTransaction] = []
        var posted = 0
        for member in 0..<ClubSize.members {
            waiting += year.lines(of: member, size)
            guard waiting.count >= LedgerPortion.size || member == ClubSize.members - 1 else { continue }
            try await store.ledger.post(waiting)
            posted += waiting.count
            waiting = []
            progress(posted)
        }
    }

    private func load(
        _ collection: StoredCollection,
        _ count: Int,
        _ make: (Int) throws -> StoredRecord
    ) async throws {
        for start in stride(from: 0, to: count, by: Self.portion) {
            let records = try (start..<min(start + Self.portion, count)).map(make)
            try await store.loader.load(records, into: collection)
        }
    }

    private func member(_ number: Int) -> Member {
        let person = Person(
            telegramID: TelegramUserID(rawValue: Int64(number) + 1),
            name: "Member \(number)",
            username: nil,
            language: .ru
        )
        return Member(
            id: year.member(number),
            person: person,
            role: number == 0 ? .host : .member,
            membership: .active,
            now: year.moment(on: year.joining(of: number))
        )
    }

    private func podcast(_ number: Int) -> Podcast {
        let moment = year.moment(on: number * ClubSize.days / ClubSize.episodes, hour: 9)
        let file = PostedFile(
            kind: .voice,
            uniqueID: FileUniqueID(rawValue: "file\(number)"),
            fileID: "file\(number)",
            bot: .club,
            mediaType: "audio/ogg"
        )
        let post = PostReference(channel: ChatID(rawValue: -100), message: Int64(number))
        var recording = Recording(id: RecordingID(rawValue: "recording\(number)"), posts: [post], file: file)
        recording.duration = .seconds(3_600)
        var podcast = Podcast(
            id: year.episode(number),
            title: "Выпуск \(number)",
            recordings: [recording],
            status: .published,
            createdAt: moment,
            publishedAt: moment
        )
        podcast.recordings[0].media = .stored(MediaKey(rawValue: "media\(number)"), bytes: 30_000_000)
        podcast.chapters = (0..<10).map { Chapter(start: .seconds($0 * 360), title: "Глава \($0)") }
        return podcast
    }

    private func show(_ number: Int) -> LiveSession {
        let start = year.moment(on: year.day(ofShow: number))
        return LiveSession(
            imported: year.show(number),
            title: "Эфир \(number)",
            summary: "",
            startsAt: start,
            plannedDuration: .seconds(3_600),
            airtime: (start: start, end: start.addingTimeInterval(3_600)),
            recording: nil,
            isRecorded: false,
            now: start
        )
    }

    private func showFigures(_ number: Int) -> ShowFigures {
        let start = year.moment(on: year.day(ofShow: number))
        let end = start.addingTimeInterval(3_600)
        var tally = ShowTally(from: start)
        for place in 0..<Self.listenersOfShow {
            let interval = AttendanceInterval(
                id: AttendanceID(rawValue: "\(number):\(place)"),
                session: year.show(number),
                member: year.member(place),
                part: .seat(.phone),
                from: start.addingTimeInterval(Double(place)),
                to: end
            )
            tally.take(interval)
        }
        let facts = (0..<60).map { minute in
            let moment = start.addingTimeInterval(Double(minute) * 60)
            return RoomFact(at: moment, news: .counted(reactions: ["🔥": minute, "👏": 3, "😂": minute % 7]))
        }
        tally.take(RoomBatch(session: year.show(number), number: 1, seqBefore: 0, facts: facts))
        return tally.figures(of: year.show(number), until: end, told: 5_000, opened: 400, isFinal: true)
    }

    private func episodeFigures(_ number: Int) throws -> EpisodeFigures {
        let retention = (0..<100).map { String(1_000 - $0 * 4) }.joined(separator: ",")
        let json = """
            {"id":"\(year.episode(number))","listeners":1000,"completions":600,"retention":[\(retention)]}
            """
        return try DocumentJSON.decode(EpisodeFigures.self, from: Data(json.utf8))
    }

    /// First those of the club by day, then those of the episodes in all and by day.
    private func downloadCount(_ number: Int) throws -> DownloadCount {
        let (episode, place) = (number - ClubSize.days).quotientAndRemainder(dividingBy: ClubSize.days + 1)
        let id: DownloadCountID =
            number < ClubSize.days
            ? .club(on: year.days[number])
            : place == 0 ? .episode(year.episode(episode)) : .episode(year.episode(episode), on: year.days[place - 1])
        let json = #"{"id":"\#(id)","count":\#(1 + number % 500)}"#
        return try DocumentJSON.decode(DownloadCount.self, from: Data(json.utf8))
    }

    private func message(_ number: Int) -> OutboxRecord {
        let moment = year.moment(on: number / Self.messagesOfDay, hour: 6).addingTimeInterval(Double(number))
        let draft = OutboxDraft(
            dedupeKey: "bench-\(number)",
            chat: ChatID(rawValue: Int64(number % ClubSize.members) + 1),
            lane: .digests,
            body: .prepared(Data(repeating: 0x61, count: 200))
        )
        var record = OutboxRecord(sequence: Int64(number) + 1, draft: draft, createdAt: moment)
        record.state = number % 50 == 0 ? .unreachable : .sent
        record.settledAt = moment.addingTimeInterval(Double(number % 30))
        return record
    }
}

import Domain
import Foundation

/// A store filled with a made-up club: as many members, episodes, handled updates and queued messages as its size says.
struct LargeClub: Sendable {
    /// How many records are loaded at once.
    private static let pageSize = 1_000
    /// How many conversations share the queued messages.
    static let conversations = 1_000
    static let start = Date(timeIntervalSince1970: 1_780_000_000)

    let size: Int
    let store: any ClubStore

    func fill() async throws {
        try await load(.users) { try StoredRecord(EntityRecord(member($0), causes: [])) }
        try await load(.podcasts) { try StoredRecord(EntityRecord(podcast($0), causes: [])) }
        try await load(.inbox) { try StoredRecord(update($0)) }
        try await load(.outbox) { try StoredRecord(message($0)) }
    }

    private func load(_ collection: StoredCollection, _ make: (Int) throws -> StoredRecord) async throws {
        for start in stride(from: 0, to: size, by: Self.pageSize) {
            let records = try (start..<min(start + Self.pageSize, size)).map(make)
            try await store.loader.load(records, into: collection)
        }
    }

    func memberID(_ number: Int) -> MemberID { MemberID(rawValue: "member\(number)") }

    private func member(_ number: Int) -> Member {
        let person = Person(
            telegramID: TelegramUserID(rawValue: Int64(number) + 1),
            name: "Member \(number)",
            username: nil,
            language: .ru
        )
        return Member(id: memberID(number), person: person, membership: .active, now: Self.start)
    }

    /// Every title has a common word, one of a thousand words, and one of its own.
    private func podcast(_ number: Int) -> Podcast {
        let moment = Self.start.addingTimeInterval(Double(number))
        let recording = Recording(
            id: RecordingID(rawValue: "recording\(number)"),
            posts: [PostReference(channel: ChatID(rawValue: -100), message: Int64(number))],
            file: PostedFile(
                kind: .voice,
                uniqueID: FileUniqueID(rawValue: "file\(number)"),
                fileID: "file\(number)",
                bot: .club,
                mediaType: "audio/ogg"
            )
        )
        var podcast = Podcast(
            id: PodcastID(rawValue: "podcast\(number)"),
            title: "Выпуск тема\(number % 1_000) номер\(number)",
            tags: ["тег\(number % 50)"],
            recordings: [recording],
            status: .published,
            createdAt: moment,
            publishedAt: moment
        )
        podcast.recordings[0].media = .stored(MediaKey(rawValue: "media\(number)"), bytes: 1_000_000)
        return podcast
    }

    private func update(_ number: Int) -> InboxRecord {
        InboxRecord(
            sequence: Int64(number) + 1,
            entry: InboxEntry(
                bot: .club,
                updateID: Int64(number),
                lane: "chat \(number % Self.conversations)",
                payload: Data(),
                receivedAt: Self.start
            ),
            state: .finished,
            handledAt: Self.start
        )
    }

    private func message(_ number: Int) -> OutboxRecord {
        OutboxRecord(sequence: Int64(number) + 1, draft: Self.draft("bench-\(number)", number), createdAt: Self.start)
    }

    /// A message of 200 bytes to one of the conversations.
    static func draft(_ key: String, _ number: Int) -> OutboxDraft {
        OutboxDraft(
            dedupeKey: key,
            chat: ChatID(rawValue: Int64(number % conversations) + 1),
            lane: .digests,
            body: .prepared(Data(repeating: 0x61, count: 200))
        )
    }
}

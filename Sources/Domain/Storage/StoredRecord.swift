import Foundation

/// One thing that a store keeps, in the form in which it travels: one line of `DocumentJSON`.
///
/// Two stores that keep the same give the same bytes.
public struct StoredRecord: Equatable, Sendable {
    /// Its place within its collection: unique, and ordered by the bytes of its UTF-8.
    public let key: String
    /// A `TransferRecord`, without a line break.
    public let json: Data

    public init(_ record: some TransferRecord) throws(StoreError) {
        key = record.key
        do {
            json = try DocumentJSON.encode(record)
        } catch {
            throw .corrupt(collection: type(of: record).collection, detail: "\(key) cannot be written down")
        }
    }

    /// Reads a line, to learn its key and that this program understands it.
    /// - Throws: `.corrupt`.
    public init(json: Data, of collection: StoredCollection) throws(StoreError) {
        let read = Self(key: "", json: json)
        key =
            switch collection {
            case .inboxOffsets: try read.decoded(as: InboxOffsetRecord.self).key
            case .inbox: try read.decoded(as: InboxRecord.self).key
            case .users: try read.decoded(as: EntityRecord<Member>.self).key
            case .podcasts: try read.decoded(as: EntityRecord<Podcast>.self).key
            case .liveSessions: try read.decoded(as: EntityRecord<LiveSession>.self).key
            case .rsvps: try read.decoded(as: EntityRecord<RSVP>.self).key
            case .thanks: try read.decoded(as: EntityRecord<Thanks>.self).key
            case .clubSettings: try read.decoded(as: EntityRecord<ClubSettings>.self).key
            case .signInLinks: try read.decoded(as: EntityRecord<SignInLink>.self).key
            case .invites: try read.decoded(as: EntityRecord<Invite>.self).key
            case .broadcasts: try read.decoded(as: EntityRecord<Broadcast>.self).key
            case .authSessions: try read.decoded(as: EntityRecord<AuthSession>.self).key
            case .xpCorrections: try read.decoded(as: EntityRecord<XPCorrection>.self).key
            case .badges: try read.decoded(as: EntityRecord<BadgeAward>.self).key
            case .toldProgress: try read.decoded(as: EntityRecord<ToldProgress>.self).key
            case .showFigures: try read.decoded(as: EntityRecord<ShowFigures>.self).key
            case .deliveryDays: try read.decoded(as: EntityRecord<DeliveryDay>.self).key
            case .roomEvents: try read.decoded(as: RoomBatch.self).key
            case .chatMessages: try read.decoded(as: ChatMessage.self).key
            case .attendance: try read.decoded(as: AttendanceInterval.self).key
            case .listeningDays: try read.decoded(as: EntityRecord<ListeningDay>.self).key
            case .listens: try read.decoded(as: EntityRecord<Listen>.self).key
            case .episodeFigures: try read.decoded(as: EntityRecord<EpisodeFigures>.self).key
            case .downloadHits: try read.decoded(as: EntityRecord<DownloadHit>.self).key
            case .downloadCounts: try read.decoded(as: EntityRecord<DownloadCount>.self).key
            case .xpTransactions: try read.decoded(as: XPTransaction.self).key
            case .audit: try read.decoded(as: AuditEntry.self).key
            case .outbox: try read.decoded(as: OutboxRecord.self).key
            case .outboxHolds: try read.decoded(as: OutboxHoldRecord.self).key
            case .outboxKeys: try read.decoded(as: OutboxKeyRecord.self).key
            case .notifications: try read.decoded(as: MemberNotification.self).key
            }
        self.json = json
    }

    private init(key: String, json: Data) {
        self.key = key
        self.json = json
    }

    /// - Throws: `.corrupt`, without anything of the contents.
    public func decoded<Record: TransferRecord>(as type: Record.Type) throws(StoreError) -> Record {
        do {
            return try DocumentJSON.decode(type, from: json)
        } catch let error as StoreError {
            throw error
        } catch {
            let name = key.isEmpty ? "a record" : "the record \(key)"
            throw .corrupt(collection: type.collection, detail: "\(name) cannot be read")
        }
    }
}

/// What a record is before it is written down.
public protocol TransferRecord: Codable, Equatable, Sendable {
    /// Name of its collection, for errors.
    static var collection: String { get }
    /// See `StoredRecord.key`.
    var key: String { get }
}

/// How keys are made of numbers, so that their bytes have the order of the numbers.
public enum RecordKey {
    /// In 20 digits. `Int64(_:)` reads it again.
    public static func text(sequence: Int64) -> String {
        digits(UInt64(max(0, sequence)))
    }

    /// The bot's name, a space, and the chat's number moved into the positive ones, in 20 digits.
    public static func text(bot: BotName, chat: ChatID) -> String {
        "\(bot) \(digits(UInt64(bitPattern: chat.rawValue) ^ sign))"
    }

    /// The conversation of which `text(bot:chat:)` made a key, nil where it did not.
    public static func conversation(_ key: String) -> (bot: BotName, chat: ChatID)? {
        let parts = key.split(separator: " ")
        guard parts.count == 2, let number = UInt64(parts[1]) else { return nil }
        return (BotName(rawValue: String(parts[0])), ChatID(rawValue: Int64(bitPattern: number ^ sign)))
    }

    /// Whether `left` comes before `right`: by the bytes of UTF-8, as databases compare, unlike `<` of `String`.
    public static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    private static let sign: UInt64 = 1 << 63

    private static func digits(_ number: UInt64) -> String {
        let text = String(number)
        return String(repeating: "0", count: 20 - text.count) + text
    }
}

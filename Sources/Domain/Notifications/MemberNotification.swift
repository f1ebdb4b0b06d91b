import Foundation

public struct NotificationID: EntityID {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The same for the same key, so that a message which is stored twice is listed once: two hashes of 64 bits
    /// (FNV-1a, and the same with another beginning).
    public init(dedupeKey: String) {
        let parts = [0xcbf2_9ce4_8422_2325, 0x9e37_79b9_7f4a_7c15 as UInt64].map { beginning in
            let hash = dedupeKey.utf8.reduce(beginning) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
            let digits = String(hash, radix: 36)
            return String(repeating: "0", count: 13 - digits.count) + digits
        }
        self.init(rawValue: parts.joined())
    }
}

/// What a member was told, as an entry of the list that they can read in the bot and on the site.
public struct MemberNotification: Codable, Equatable, Sendable, Identifiable {
    public let id: NotificationID
    /// Whose list it stands in.
    public let member: MemberID
    public let notice: Notice
    public let createdAt: Date
    /// When it was read, wherever that was; nil as long as it was not.
    public var readAt: Date?

    public init(id: NotificationID, member: MemberID, notice: Notice, createdAt: Date, readAt: Date? = nil) {
        self.id = id
        self.member = member
        self.notice = notice
        self.createdAt = createdAt
        self.readAt = readAt
    }

    /// How long an entry is kept.
    public static let lifetime: Duration = .seconds(180 * 24 * 3600)

    /// Its place in the list.
    public var cursor: PageCursor { PageCursor(time: createdAt, id: id.rawValue) }
}

/// An entry as it travels from store to store.
extension MemberNotification: TransferRecord {
    public static var collection: String { StoredCollection.notifications.rawValue }

    /// The id.
    public var key: String { id.rawValue }
}

/// Keeps the members' lists.
///
/// Entries come in with the messages that they tell of, in the same step (`OutboxDraft.listing`), each once by its id;
/// they are forgotten after `MemberNotification.lifetime`.
public protocol NotificationStore: Sendable {
    /// Entries of one member, the newest first, of the same moment by their ids, the greatest first.
    /// - Parameters:
    ///   - member: Whose list.
    ///   - cursor: Only what lies behind it; nil from the newest on.
    ///   - limit: At most so many.
    /// - Returns: A part of the list, with where it goes on.
    /// - Throws: `.unavailable`, `.corrupt`.
    func list(
        of member: MemberID,
        after cursor: PageCursor?,
        limit: Int
    ) async throws(StoreError) -> Page<MemberNotification>

    /// How many entries of a member are unread.
    func unread(of member: MemberID) async throws(StoreError) -> Int

    /// Marks one entry as read. One that is read already keeps its moment.
    /// - Returns: Whether this member has such an entry.
    func read(_ id: NotificationID, of member: MemberID, now: Date) async throws(StoreError) -> Bool

    /// Marks as read what a member has been told up to this moment.
    func readAll(of member: MemberID, now: Date) async throws(StoreError)
}

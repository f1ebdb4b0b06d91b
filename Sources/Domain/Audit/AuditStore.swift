import Foundation

/// Keeps what people did to others and to the club's things.
///
/// Entries come in with the changes that they tell of (`Change.audit`), each once by its id, and stay.
public protocol AuditStore: Sendable {
    /// Entries, the newest first, of the same moment by their ids, the greatest first.
    /// - Parameters:
    ///   - cursor: Only what lies behind it; nil from the newest on.
    ///   - limit: At most so many.
    /// - Returns: A part of the list, with where it goes on.
    /// - Throws: `.unavailable`, `.corrupt`.
    func list(after cursor: PageCursor?, limit: Int) async throws(StoreError) -> Page<AuditEntry>
}

/// An entry as it travels from store to store.
extension AuditEntry: TransferRecord {
    public static var collection: String { StoredCollection.audit.rawValue }

    /// The id.
    public var key: String { id.rawValue }

    /// Its place in the list.
    public var cursor: PageCursor { PageCursor(time: at, id: id.rawValue) }
}

/// Gives everything that a store keeps in a form that every other store takes, collection by collection.
///
/// Where the technology can, it shows the one state in which the store was when the reader was made, whatever is
/// written meanwhile. Where it cannot, each record is whole in itself, the collections are to be read in the order of
/// `StoredCollection.allCases`, and the reader sees to two things: before it gives a document it carries out what the
/// document's last change still has to do (messages that are not in the outbox yet), and it never gives the key of a
/// message as forgotten that it gave as a message.
public protocol StoreReader: Sendable {
    /// The records of a collection behind `key`, in the order of their keys, each once. Fewer than `limit` only at
    /// the end.
    /// - Throws: `.corrupt` where a document cannot be read; it names the document.
    func records(
        of collection: StoredCollection,
        after key: String?,
        limit: Int
    ) async throws(StoreError) -> [StoredRecord]

    /// How many records there are.
    func count(of collection: StoredCollection) async throws(StoreError) -> Int

    /// Gives up what the reader holds. Every later call throws `.unavailable`.
    func end() async
}

/// Takes records that another store gave, exactly as they were.
///
/// For a store in which no club runs. The collections may come in any order.
public protocol StoreLoader: Sendable {
    /// Stores records, with everything by which the store finds them; a record whose key is there is replaced.
    ///
    /// They are on the disk when it returns. Nobody is told of loaded messages. Numbers that the store gives later
    /// are greater than every loaded one.
    /// - Throws: `.corrupt` where a record cannot be read or is newer than this program; `.conflict` where another
    ///   record holds a unique value of it.
    func load(_ records: [StoredRecord], into collection: StoredCollection) async throws(StoreError)

    /// The greatest key of a collection, nil where it is empty. Whoever loads in the order of the keys goes on behind
    /// it after an interruption.
    func lastKey(of collection: StoredCollection) async throws(StoreError) -> String?
}

extension StoreReader {
    /// Whether nothing is kept at all.
    public func isEmpty() async throws(StoreError) -> Bool {
        for collection in StoredCollection.allCases {
            guard try await records(of: collection, after: nil, limit: 1).isEmpty else { return false }
        }
        return true
    }
}

import Domain
import Foundation

/// What a backup holds, in `manifest.json`. It is written last and says how everything else has to be.
struct BackupManifest: Codable, Equatable, Sendable {
    /// Version of a backup's layout. Newer ones are refused.
    static let format = 1

    /// The files of recordings.
    struct Media: Codable, Equatable, Sendable {
        var count: Int
        var bytes: Int64
        /// Of the list `media.sha256`.
        var sha256: String
    }

    var format = Self.format
    var madeAt: Date
    /// The store that was backed up, as it calls itself; for people.
    var store: String
    /// By the names of `StoredCollection`. One that is not named is empty.
    var collections: [String: CollectionSum]
    var media: Media
    /// The SHA-256 of each generated key's file, by its name.
    var keys: [String: String]

    private struct Format: Decodable {
        var format: Int
    }

    /// For people too: indented, times in ISO 8601.
    func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return try encoder.encode(self) + RunningSum.lineFeed
    }

    /// - Throws: `.newer`; `.damaged` where it cannot be read.
    init(json: Data, file: String) throws(TransferFault) {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        guard let format = try? decoder.decode(Format.self, from: json).format else {
            throw .damaged(file: file, detail: "it cannot be read")
        }
        guard format <= Self.format else { throw .newer(file: file) }
        guard let manifest = try? decoder.decode(Self.self, from: json) else {
            throw .damaged(file: file, detail: "it cannot be read")
        }
        let isKnown = manifest.collections.keys.allSatisfy { StoredCollection(rawValue: $0) != nil }
        guard isKnown else { throw .newer(file: file) }
        self = manifest
    }

    init(
        madeAt: Date,
        store: String,
        collections: [String: CollectionSum],
        media: Media,
        keys: [String: String]
    ) {
        self.madeAt = madeAt
        self.store = store
        self.collections = collections
        self.media = media
        self.keys = keys
    }

    /// What a store has to hold after it was restored.
    var sums: [StoredCollection: CollectionSum] {
        var sums: [StoredCollection: CollectionSum] = [:]
        for (name, sum) in collections {
            if let collection = StoredCollection(rawValue: name) { sums[collection] = sum }
        }
        return sums
    }
}

import Domain
import Foundation

/// The predecessor's database, looked at before anything of it is taken, and read page by page.
struct LegacySource: Sendable {
    /// How many documents are in memory at a time.
    private static let pageSize = 200
    /// So many documents of a collection are looked at to recognise it, and so many known fields one of them has.
    private static let sample = (documents: 50, fields: 2)
    private static let users = "users"
    private static let podcasts = "podcasts"
    private static let shows = "live_sessions"

    let database: any LegacyDatabase

    /// Finds out whether it is the predecessor's.
    /// - Throws: `.empty`, `.ours`, `.unknown`, `.store`.
    func check() async throws(ImportFault) {
        let names = Set(try await collections())
        if names.contains("store"), try await sample("store").contains(where: { $0["_id"].text == "fomo" }) {
            throw .ours(database: database.summary)
        }
        var isEmpty = true
        for (name, fields) in [(Self.users, LegacyUser.fields), (Self.podcasts, LegacyPodcast.fields)] {
            guard names.contains(name) else { continue }
            let documents = try await sample(name)
            if documents.contains(where: { $0.count(of: fields) >= Self.sample.fields }) { return }
            if !documents.isEmpty { isEmpty = false }
        }
        if isEmpty {
            for name in names where isEmpty { isEmpty = try await count(name) == 0 }
        }
        throw isEmpty ? .empty(database: database.summary) : .unknown(database: database.summary)
    }

    /// The collections besides those that come in, with how many documents they have, sorted by name. Nothing in
    /// them is read.
    func rest() async throws(ImportFault) -> [(name: String, count: Int)] {
        var rest: [(name: String, count: Int)] = []
        let read = [Self.users, Self.podcasts, Self.shows]
        for name in try await collections().sorted() where !read.contains(name) {
            rest.append((name, try await count(name)))
        }
        return rest
    }

    func eachUser(_ body: (LegacyDocument?) async throws(ImportFault) -> Void) async throws(ImportFault) {
        try await each(Self.users, body)
    }

    func eachPodcast(_ body: (LegacyDocument?) async throws(ImportFault) -> Void) async throws(ImportFault) {
        try await each(Self.podcasts, body)
    }

    func eachShow(_ body: (LegacyDocument?) async throws(ImportFault) -> Void) async throws(ImportFault) {
        try await each(Self.shows, body)
    }

    /// All documents of a collection, one after another; nil for one that cannot be read.
    private func each(
        _ collection: String,
        _ body: (LegacyDocument?) async throws(ImportFault) -> Void
    ) async throws(ImportFault) {
        var place: LegacyPlace?
        repeat {
            let batch = try await page(collection, after: place, limit: Self.pageSize)
            for data in batch.documents { try await body(LegacyDocument(extendedJSON: data)) }
            place = batch.next
        } while place != nil
    }

    private func sample(_ collection: String) async throws(ImportFault) -> [LegacyDocument] {
        try await page(collection, after: nil, limit: Self.sample.documents).documents
            .compactMap(LegacyDocument.init(extendedJSON:))
    }

    private func collections() async throws(ImportFault) -> [String] {
        try await ImportFault.naming(database.summary) { () throws(StoreError) in
            try await database.collections().filter { !$0.hasPrefix("system.") }
        }
    }

    private func count(_ collection: String) async throws(ImportFault) -> Int {
        try await ImportFault.naming(database.summary) { () throws(StoreError) in
            try await database.count(in: collection)
        }
    }

    private func page(
        _ collection: String,
        after place: LegacyPlace?,
        limit: Int
    ) async throws(ImportFault) -> LegacyBatch {
        try await ImportFault.naming(database.summary) { () throws(StoreError) in
            try await database.documents(in: collection, after: place, limit: limit)
        }
    }
}

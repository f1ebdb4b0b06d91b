import Domain
import Foundation

/// A document that a `MemoryCollection` finds by the values that are unique to it.
protocol MemoryDocument: StoredEntity {
    /// The values that no other document of the collection may hold, each with its kind before it, the id included.
    var uniqueValues: [String] { get }

    /// The unique values by which `key` looks, the first that somebody holds deciding.
    static func values(of key: Key) -> [String]
}

/// The documents of one kind with the causes that were applied to them.
struct MemoryCollection<Entity: MemoryDocument>: Sendable {
    private(set) var documents: [Entity.ID: Entity] = [:]
    /// Who holds each unique value.
    private var owners: [String: Entity.ID] = [:]
    private(set) var applied: [Entity.ID: [Cause: Date]] = [:]

    func find(_ key: Entity.Key) -> Entity? {
        let owner = Entity.values(of: key).lazy.compactMap { owners[$0] }.first
        return owner.flatMap { documents[$0] }
    }

    func hasApplied(_ cause: Cause, to id: Entity.ID) -> Bool {
        applied[id]?[cause] != nil
    }

    /// Keeps `next` in place of `current`.
    /// - Returns: Whether it could: false where another document holds one of its unique values.
    mutating func keep(_ next: Entity, insteadOf current: Entity?, cause: Cause, now: Date) -> Bool {
        let values = next.uniqueValues
        guard current == nil ? documents[next.id] == nil : current?.id == next.id else { return false }
        guard Set(values).count == values.count else { return false }
        guard values.allSatisfy({ owners[$0] == nil || owners[$0] == next.id }) else { return false }
        for value in current?.uniqueValues ?? [] { owners[value] = nil }
        for value in values { owners[value] = next.id }
        documents[next.id] = next
        applied[next.id, default: [:]][cause] = now
        return true
    }

    /// Keeps a document that came from another store, with its causes, in place of the one with its id.
    /// - Returns: Whether it could: false where another document holds one of its unique values.
    mutating func load(_ record: EntityRecord<Entity>) -> Bool {
        let document = record.document
        let values = document.uniqueValues
        guard values.allSatisfy({ owners[$0] == nil || owners[$0] == document.id }) else { return false }
        for value in documents[document.id]?.uniqueValues ?? [] { owners[value] = nil }
        for value in values { owners[value] = document.id }
        documents[document.id] = document
        applied[document.id] = Dictionary(record.causes.map { ($0.cause, $0.at) }) { first, _ in first }
        return true
    }

    mutating func remove(where isOver: (Entity) -> Bool) {
        for document in documents.values where isOver(document) {
            for value in document.uniqueValues { owners[value] = nil }
            documents[document.id] = nil
            applied[document.id] = nil
        }
    }

    mutating func forgetCauses(before moment: Date) {
        applied = applied.mapValues { $0.filter { $0.value >= moment } }.filter { !$0.value.isEmpty }
    }
}

extension Member: MemoryDocument {
    var uniqueValues: [String] { ["id \(id)"] + (telegramID.map { ["telegram \($0)"] } ?? []) }

    static func values(of key: Key) -> [String] {
        switch key {
        case .id(let id): ["id \(id)"]
        case .telegram(let id): ["telegram \(id)"]
        }
    }
}

extension Podcast: MemoryDocument {
    var uniqueValues: [String] {
        var values = ["id \(id)"]
        if let album { values.append("album \(album.id)") }
        for recording in recordings {
            values.append("recording \(recording.id)")
            values += recording.posts.map(Self.value)
            if let file = recording.fileUniqueID { values.append(Self.value(of: file)) }
        }
        return values
    }

    static func values(of key: Key) -> [String] {
        switch key {
        case .id(let id): ["id \(id)"]
        case .recording(let id): ["recording \(id)"]
        case .post(let post): [value(of: post)]
        case .file(let file): [value(of: file)]
        case .postOrFile(let post, let file): [value(of: post), value(of: file)]
        case .album(let album): ["album \(album)"]
        }
    }

    private static func value(of post: PostReference) -> String { "post \(post.channel) \(post.message)" }

    private static func value(of file: FileUniqueID) -> String { "file \(file)" }
}

extension ClubSettings: MemoryDocument {
    var uniqueValues: [String] { ["id \(id)"] }

    static func values(of key: Key) -> [String] { ["id \(ClubID.club)"] }
}

extension SignInLink: MemoryDocument {
    var uniqueValues: [String] { ["id \(id)", "poll \(poll)"] }

    static func values(of key: Key) -> [String] {
        switch key {
        case .id(let digest): ["id \(digest)"]
        case .poll(let digest): ["poll \(digest)"]
        }
    }
}

extension Invite: MemoryDocument {
    var uniqueValues: [String] { ["id \(id)", "secret \(secret)"] }

    static func values(of key: Key) -> [String] {
        switch key {
        case .id(let id): ["id \(id)"]
        case .secret(let digest): ["secret \(digest)"]
        }
    }
}

extension Broadcast: MemoryDocument {
    var uniqueValues: [String] { ["id \(id)"] }

    static func values(of key: Key) -> [String] {
        switch key {
        case .id(let id): ["id \(id)"]
        }
    }
}

extension AuthSession: MemoryDocument {
    var uniqueValues: [String] { ["id \(id)"] }

    static func values(of key: Key) -> [String] {
        switch key {
        case .id(let id): ["id \(id)"]
        }
    }
}

import Domain
import Foundation

extension ListeningDay: MemoryDocument {
    var uniqueValues: [String] { ["id \(id)"] }

    static func values(of key: Key) -> [String] {
        switch key {
        case .id(let id): ["id \(id)"]
        }
    }
}

extension Listen: MemoryDocument {
    var uniqueValues: [String] { ["id \(id)"] }

    static func values(of key: Key) -> [String] {
        switch key {
        case .id(let id): ["id \(id)"]
        }
    }
}

extension EpisodeFigures: MemoryDocument {
    var uniqueValues: [String] { ["id \(id)"] }

    static func values(of key: Key) -> [String] {
        switch key {
        case .id(let id): ["id \(id)"]
        }
    }
}

extension DownloadHit: MemoryDocument {
    var uniqueValues: [String] { ["id \(id)"] }

    static func values(of key: Key) -> [String] {
        switch key {
        case .id(let id): ["id \(id)"]
        }
    }
}

extension DownloadCount: MemoryDocument {
    var uniqueValues: [String] { ["id \(id)"] }

    static func values(of key: Key) -> [String] {
        switch key {
        case .id(let id): ["id \(id)"]
        }
    }
}

extension MemoryEntityStore: ListeningDayStore where Entity == ListeningDay {
    func days(after id: ListeningDayID?, limit: Int) async throws(StoreError) -> [ListeningDay] {
        let behind = try all { RecordKey.precedes(id?.rawValue ?? "", $0.id.rawValue) }.sorted {
            RecordKey.precedes($0.id.rawValue, $1.id.rawValue)
        }
        return Array(behind.prefix(max(0, limit)))
    }

    func days(of member: MemberID, limit: Int) async throws(StoreError) -> [ListeningDay] {
        Array(try all { $0.member == member }.sorted { $0.day > $1.day }.prefix(max(0, limit)))
    }

    func forget(_ member: MemberID) async throws(StoreError) { try remove { $0.member == member } }
}

extension MemoryEntityStore: ListenStore where Entity == Listen {
    func listens(of member: MemberID, limit: Int) async throws(StoreError) -> [Listen] {
        let place = { (listen: Listen) in (listen.lastListenedAt, listen.id.rawValue) }
        return Array(try all { $0.member == member }.sorted { place($0) > place($1) }.prefix(max(0, limit)))
    }

    func listens(of podcast: PodcastID, after id: ListenID?, limit: Int) async throws(StoreError) -> [Listen] {
        let behind = try all { $0.podcast == podcast && RecordKey.precedes(id?.rawValue ?? "", $0.id.rawValue) }
        let sorted = behind.sorted { RecordKey.precedes($0.id.rawValue, $1.id.rawValue) }
        return Array(sorted.prefix(max(0, limit)))
    }

    func beingCounted(limit: Int) async throws(StoreError) -> [Listen] {
        Array(try all(where: \.isBeingCounted).prefix(max(0, limit)))
    }

    func forget(_ member: MemberID) async throws(StoreError) { try remove { $0.member == member } }
}

extension MemoryEntityStore: EpisodeFiguresStore where Entity == EpisodeFigures {}

extension MemoryEntityStore: DownloadHitStore where Entity == DownloadHit {}

extension MemoryEntityStore: DownloadCountStore where Entity == DownloadCount {}

extension MemoryEntityStore {
    /// Deletes documents, and that causes were applied to them.
    fileprivate func remove(where isTheirs: (Entity) -> Bool) throws(StoreError) {
        try club.write { $0[keyPath: place].remove(where: isTheirs) }
    }
}

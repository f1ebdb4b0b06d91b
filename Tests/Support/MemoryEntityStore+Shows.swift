import Domain
import Foundation

extension LiveSession: MemoryDocument {
    var uniqueValues: [String] { ["id \(id)", "origin \(origin)"] + (liveHost.map { ["live host \($0)"] } ?? []) }

    static func values(of key: Key) -> [String] {
        switch key {
        case .id(let id): ["id \(id)"]
        case .origin(let origin): ["origin \(origin)"]
        case .liveHost(let host): ["live host \(host)"]
        }
    }
}

extension RSVP: MemoryDocument {
    var uniqueValues: [String] { ["id \(id)"] }

    static func values(of key: Key) -> [String] {
        switch key {
        case .id(let id): ["id \(id)"]
        }
    }
}

extension MemoryEntityStore: LiveSessionStore where Entity == LiveSession {
    func list(
        _ listing: LiveSessionListing,
        from start: PageStart,
        limit: Int
    ) async throws(StoreError) -> Page<LiveSession> {
        let isBefore = { (left: (time: Date, id: String), right: (time: Date, id: String)) in
            listing.isAscending ? left < right : left > right
        }
        var rest = try all { listing.statuses.contains($0.status) }.sorted { isBefore($0.place, $1.place) }[...]
        switch start {
        case .first: break
        case .after(let cursor): rest = rest.drop { !isBefore((cursor.time, cursor.id), $0.place) }
        case .offset(let count): rest = rest.dropFirst(max(0, count))
        }
        let items = Array(rest.prefix(max(0, limit)))
        let last = rest.count > items.count ? items.last : nil
        return Page(items: items, next: last.map { PageCursor(time: $0.place.time, id: $0.place.id) })
    }

    func count(_ listing: LiveSessionListing) async throws(StoreError) -> Int {
        try all { listing.statuses.contains($0.status) }.count
    }

    func due(limit: Int) async throws(StoreError) -> [LiveSession] {
        let place = { (session: LiveSession) in (session.dueAt ?? .distantPast, session.id.rawValue) }
        return Array(try all { $0.dueAt != nil }.sorted { place($0) < place($1) }.prefix(max(0, limit)))
    }
}

extension MemoryEntityStore: RSVPStore where Entity == RSVP {
    func list(_ listing: RSVPListing, from start: PageStart, limit: Int) async throws(StoreError) -> Page<RSVP> {
        var rest = try all(where: listing.holds).sorted { $0.place > $1.place }[...]
        switch start {
        case .first: break
        case .after(let cursor): rest = rest.drop { $0.place >= (cursor.time, cursor.id) }
        case .offset(let count): rest = rest.dropFirst(max(0, count))
        }
        let items = Array(rest.prefix(max(0, limit)))
        let last = rest.count > items.count ? items.last : nil
        return Page(items: items, next: last.map { PageCursor(time: $0.place.time, id: $0.place.id) })
    }

    func count(_ listing: RSVPListing) async throws(StoreError) -> Int {
        try all(where: listing.holds).count
    }
}

extension LiveSession {
    fileprivate var place: (time: Date, id: String) { (listedAt, id.rawValue) }
}

extension RSVP {
    fileprivate var place: (time: Date, id: String) { (createdAt, id.rawValue) }
}

import Domain
import Foundation

extension Thanks: MemoryDocument {
    var uniqueValues: [String] { ["id \(id)"] }

    static func values(of key: Key) -> [String] {
        switch key {
        case .id(let id): ["id \(id)"]
        }
    }
}

extension MemoryEntityStore: ThanksStore where Entity == Thanks {
    func list(_ listing: ThanksListing, from start: PageStart, limit: Int) async throws(StoreError) -> Page<Thanks> {
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

    func count(_ listing: ThanksListing) async throws(StoreError) -> Int {
        try all(where: listing.holds).count
    }
}

extension Thanks {
    fileprivate var place: (time: Date, id: String) { (at, id.rawValue) }
}

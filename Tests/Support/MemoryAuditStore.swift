import Domain
import Foundation

/// Who did what, in a `MemoryClubStore`.
struct MemoryAuditStore: AuditStore {
    let club: MemoryClubStore

    func list(after cursor: PageCursor?, limit: Int) async throws(StoreError) -> Page<AuditEntry> {
        let newest = try club.read { $0.audit.values.sorted { $0.place > $1.place } }
        let rest = newest.drop { entry in cursor.map { entry.place >= ($0.time, $0.id) } ?? false }
        let items = Array(rest.prefix(max(0, limit)))
        return Page(items: items, next: rest.count > items.count ? items.last?.cursor : nil)
    }
}

extension AuditEntry {
    fileprivate var place: (time: Date, id: String) { (at, id.rawValue) }
}

extension MemoryState {
    /// Keeps entries, passing over those that are there already.
    mutating func append(_ entries: [AuditEntry]) {
        for entry in entries where audit[entry.id] == nil { audit[entry.id] = entry }
    }
}

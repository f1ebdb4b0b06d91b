import Domain

extension XPCorrection: MemoryDocument {
    var uniqueValues: [String] { ["id \(id)"] }

    static func values(of key: Key) -> [String] {
        switch key {
        case .id(let id): ["id \(id)"]
        }
    }
}

extension BadgeAward: MemoryDocument {
    var uniqueValues: [String] { ["id \(id)"] }

    static func values(of key: Key) -> [String] {
        switch key {
        case .id(let id): ["id \(id)"]
        }
    }
}

extension ToldProgress: MemoryDocument {
    var uniqueValues: [String] { ["id \(id)"] }

    static func values(of key: Key) -> [String] {
        switch key {
        case .id(let id): ["id \(id)"]
        }
    }
}

extension MemoryEntityStore: XPCorrectionStore where Entity == XPCorrection {
    func corrections(after id: XPCorrectionID?, limit: Int) async throws(StoreError) -> [XPCorrection] {
        let behind = try all { RecordKey.precedes(id?.rawValue ?? "", $0.id.rawValue) }
        return Array(behind.sorted { RecordKey.precedes($0.id.rawValue, $1.id.rawValue) }.prefix(max(0, limit)))
    }

    func corrections(of member: MemberID, limit: Int) async throws(StoreError) -> [XPCorrection] {
        let own = try all { $0.member == member }
        return Array(own.sorted { ($0.at, $0.id.rawValue) > ($1.at, $1.id.rawValue) }.prefix(max(0, limit)))
    }
}

extension MemoryEntityStore: BadgeStore where Entity == BadgeAward {
    func awards(of member: MemberID) async throws(StoreError) -> [BadgeAward] {
        try all { $0.member == member }.sorted { $0.badge.rawValue < $1.badge.rawValue }
    }

    func awards(of members: [MemberID]) async throws(StoreError) -> [MemberID: [BadgeAward]] {
        let asked = Set(members)
        let held = try all { asked.contains($0.member) && $0.revokedAt == nil }
        return Dictionary(grouping: held, by: \.member).mapValues { awards in
            awards.sorted { $0.badge.rawValue < $1.badge.rawValue }
        }
    }
}

extension MemoryEntityStore: ToldProgressStore where Entity == ToldProgress {}

import Domain

extension ShowFigures: MemoryDocument {
    var uniqueValues: [String] { ["id \(id)"] }

    static func values(of key: Key) -> [String] {
        switch key {
        case .id(let id): ["id \(id)"]
        }
    }
}

extension DeliveryDay: MemoryDocument {
    var uniqueValues: [String] { ["id \(id)"] }

    static func values(of key: Key) -> [String] {
        switch key {
        case .id(let id): ["id \(id)"]
        }
    }
}

extension MemoryEntityStore: ShowFiguresStore where Entity == ShowFigures {}
extension MemoryEntityStore: DeliveryDayStore where Entity == DeliveryDay {}

import Domain

/// A part of a list, as the API writes all lists. At the end, `next_cursor` is null.
struct ListAnswer<Item: Encodable>: Encodable {
    enum CodingKeys: CodingKey {
        case items, nextCursor
    }

    var items: [Item]
    var next: PageCursor?

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(items, forKey: .items)
        try container.encode(next?.text, forKey: .nextCursor)
    }
}

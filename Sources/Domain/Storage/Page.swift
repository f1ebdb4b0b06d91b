import Foundation

/// A part of a list, and where the next one begins.
public struct Page<Item: Sendable>: Sendable {
    public var items: [Item]
    /// Hand it to the next call to go on behind the last item. Nil at the end of the list.
    public var next: PageCursor?

    public init(items: [Item], next: PageCursor?) {
        self.items = items
        self.next = next
    }
}

/// Where a page begins: behind an item of a list that is ordered by time (newest first), then id.
///
/// It stays good when items are added or removed meanwhile.
public struct PageCursor: Hashable, Sendable {
    /// The time by which the list is ordered, of the last item that was seen.
    public var time: Date
    /// The id of that item.
    public var id: String

    public init(time: Date, id: String) {
        self.time = time
        self.id = id
    }

    /// As it is written in an address: milliseconds since 1970, a dot, the id.
    public var text: String {
        "\(Timestamp.milliseconds(time)).\(id)"
    }

    /// - Returns: nil where `text` was not written by `text`.
    public init?(text: String) {
        let parts = text.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, parts[1].count <= 64, let milliseconds = Int64(parts[0]) else { return nil }
        guard milliseconds.magnitude < Timestamp.limit.magnitude else { return nil }
        self.init(time: Timestamp.date(milliseconds: milliseconds), id: String(parts[1]))
    }
}

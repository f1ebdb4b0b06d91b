import Domain

/// What a button under an announcement's draft, progress or list means. Its data begin with `a:b:`.
enum BroadcastButton: Equatable, Sendable {
    /// Say to whom the draft goes.
    case address(BroadcastID, Broadcast.Audience)
    case send(BroadcastID)
    /// Drop a draft, or withdraw what was not sent yet.
    case stop(BroadcastID)
    /// Show how far one is.
    case show(BroadcastID)
    /// Show those that were sent, from the newest on or behind one.
    case list(after: PageCursor?)

    var data: String {
        switch self {
        case .address(let id, .members): "m:\(id)"
        case .address(let id, .hosts): "h:\(id)"
        case .send(let id): "s:\(id)"
        case .stop(let id): "x:\(id)"
        case .show(let id): "v:\(id)"
        case .list(let cursor): cursor.map { "l:\($0.text)" } ?? "l"
        }
    }

    /// - Returns: nil where `data` was not written by `data`.
    init?(data: String) {
        let parts = data.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        if parts == ["l"] {
            self = .list(after: nil)
            return
        }
        guard parts.count == 2 else { return nil }
        if parts[0] == "l" {
            guard let cursor = PageCursor(text: parts[1]) else { return nil }
            self = .list(after: cursor)
            return
        }
        guard let id = Button.id(parts[1]).map(BroadcastID.init(rawValue:)) else { return nil }
        switch parts[0] {
        case "m": self = .address(id, .members)
        case "h": self = .address(id, .hosts)
        case "s": self = .send(id)
        case "x": self = .stop(id)
        case "v": self = .show(id)
        default: return nil
        }
    }
}

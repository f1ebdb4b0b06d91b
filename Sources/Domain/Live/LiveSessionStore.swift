import Foundation

/// Which shows a list holds.
public enum LiveSessionListing: String, CaseIterable, Sendable {
    /// Those that are live and those that are still to begin, by `listedAt`, the first one first, then by id.
    case upcoming
    /// Those that are live at this moment, in the same order.
    case live
    /// Those that are over, the newest first, then by id, the greatest first.
    case past
    /// Those that were cancelled, in the same order.
    case cancelled

    /// The statuses of its shows.
    public var statuses: Set<LiveSession.Status> {
        switch self {
        case .upcoming: [.scheduled, .live]
        case .live: [.live]
        case .past: [.ended, .recorded]
        case .cancelled: [.cancelled]
        }
    }

    /// Whether what comes first in time comes first in the list.
    public var isAscending: Bool {
        switch self {
        case .upcoming, .live: true
        case .past, .cancelled: false
        }
    }
}

extension LiveSession {
    /// The list of all shows of its kind, under which it is looked up.
    public var listing: LiveSessionListing {
        switch status {
        case .scheduled, .live: .upcoming
        case .ended, .recorded: .past
        case .cancelled: .cancelled
        }
    }

    /// The host whose one live show it is; nil where it is not live.
    public var liveHost: MemberID? { status == .live ? host : nil }
}

/// Keeps the club's shows. `origin` is unique, and so is `liveHost` among those that have one.
public protocol LiveSessionStore: EntityStore where Entity == LiveSession {
    /// A part of a list. The page's cursor is made of `listedAt` and id.
    func list(
        _ listing: LiveSessionListing,
        from start: PageStart,
        limit: Int
    ) async throws(StoreError) -> Page<LiveSession>

    /// How many shows a list holds.
    func count(_ listing: LiveSessionListing) async throws(StoreError) -> Int

    /// Shows for which something is to be done by itself (`dueAt`), at this moment or later, first the one that is due
    /// first, then by id; at most `limit`.
    func due(limit: Int) async throws(StoreError) -> [LiveSession]
}

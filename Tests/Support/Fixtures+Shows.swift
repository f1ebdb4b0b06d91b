import Foundation

@testable import Domain

extension Fixtures {
    /// A show of member 1 whose id is `show-` and the number, an hour after the clock's beginning where nothing else is
    /// said. One that is or was live has begun when it was to begin; one that is over has lasted an hour.
    public static func show(
        _ number: Int = 1,
        title: String? = nil,
        status: LiveSession.Status = .scheduled,
        host: Int64 = 1,
        startsAt: Date = start.addingTimeInterval(3_600)
    ) -> LiveSession {
        var show = LiveSession(
            id: LiveSessionID(rawValue: "show-\(number)"),
            origin: "test:\(number)",
            title: title ?? "Show \(number)",
            summary: "",
            host: member(host).id,
            startsAt: startsAt,
            plannedDuration: .seconds(3_600),
            handPolicy: .everyone,
            status: status,
            createdBy: member(host).id,
            now: start
        )
        switch status {
        case .scheduled: break
        case .live: show.startedAt = startsAt
        case .ended, .recorded:
            (show.startedAt, show.endedAt) = (startsAt, startsAt.addingTimeInterval(3_600))
        case .cancelled: show.cancelledAt = start
        }
        return show
    }

    /// What a member has answered to a show.
    public static func rsvp(
        _ person: Int64,
        to show: Int = 1,
        isComing: Bool = false,
        wantsReminders: Bool = false,
        now: Date = start
    ) -> RSVP {
        var rsvp = RSVP(session: LiveSessionID(rawValue: "show-\(show)"), member: member(person).id, now: now)
        rsvp.isComing = isComing
        rsvp.wantsReminders = wantsReminders
        return rsvp
    }
}

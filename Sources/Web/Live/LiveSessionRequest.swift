import Domain
import Foundation

/// What a program asks to become of a show. What it leaves out stays as it is, or as new shows are.
struct LiveSessionRequest: Decodable {
    enum CodingKeys: String, CodingKey {
        case title, summary
        case startsAt = "starts_at"
        case durationMinutes = "duration_minutes"
        case handPolicy = "hand_policy"
        case repeatsWeekly = "repeats_weekly"
        case hostID = "host_id"
        case coHostIDs = "co_host_ids"
    }

    private var title: String?
    private var summary: String?
    private var startsAt: String?
    private var durationMinutes: Int?
    private var handPolicy: String?
    private var repeatsWeekly: Bool?
    private var hostID: String?
    private var coHostIDs: [String]?

    /// What a new show is to be. Co-hosts are added to one that is there.
    /// - Throws: `.invalidField` with the field's name.
    func plan() throws(RequestFault) -> ShowPlan {
        guard coHostIDs == nil else { throw .invalidField(CodingKeys.coHostIDs.rawValue) }
        guard let title else { throw .invalidField(CodingKeys.title.rawValue) }
        guard let start = try start() else { throw .invalidField(CodingKeys.startsAt.rawValue) }
        var plan = ShowPlan(title: title, startsAt: start)
        plan.summary = summary ?? plan.summary
        plan.plannedDuration = duration ?? plan.plannedDuration
        plan.handPolicy = try policy() ?? plan.handPolicy
        plan.repeatsWeekly = repeatsWeekly ?? plan.repeatsWeekly
        plan.host = hostID.map(MemberID.init)
        return plan
    }

    /// What is to become different about a show that is there. Its host stays.
    /// - Throws: `.invalidField` with the field's name.
    func revision(_ reach: ShowReach) throws(RequestFault) -> ShowRevision {
        guard hostID == nil else { throw .invalidField(CodingKeys.hostID.rawValue) }
        let edit = ShowEdit(
            title: title,
            summary: summary,
            plannedDuration: duration,
            handPolicy: try policy(),
            repeatsWeekly: repeatsWeekly
        )
        return ShowRevision(
            edit: edit,
            startsAt: try start(),
            reach: reach,
            coHosts: coHostIDs.map { $0.map(MemberID.init) }
        )
    }

    private func start() throws(RequestFault) -> Date? {
        guard let startsAt else { return nil }
        guard let date = ISO8601.date(startsAt) else { throw .invalidField(CodingKeys.startsAt.rawValue) }
        return date
    }

    private func policy() throws(RequestFault) -> HandPolicy? {
        guard let handPolicy else { return nil }
        guard let policy = HandPolicy(rawValue: handPolicy) else {
            throw .invalidField(CodingKeys.handPolicy.rawValue)
        }
        return policy
    }

    /// What is beyond all bounds stays beyond them.
    private var duration: Duration? {
        durationMinutes.map { .seconds(60 * min(max($0, 0), 1_000_000)) }
    }
}

/// An answer to a show's announcement; what is left out stays as it is.
struct RSVPRequest: Decodable {
    var coming: Bool?
    var remind: Bool?
}

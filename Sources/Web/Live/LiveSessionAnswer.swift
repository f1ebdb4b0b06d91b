import Domain
import Foundation

/// A show as the API shows it.
struct LiveSessionAnswer: Encodable {
    struct PersonAnswer: Encodable {
        var userId: String
        var name: String
    }

    /// What the asking member has answered to the announcement.
    struct OwnAnswer: Encodable {
        var coming: Bool
        var remind: Bool
    }

    var id: String
    var title: String
    var summary: String
    var status: String
    /// Nil where nobody knows any more who it is or was.
    var host: PersonAnswer?
    var coHosts: [PersonAnswer]
    var startsAt: Date
    var durationMinutes: Int64
    var handPolicy: String
    var repeatsWeekly: Bool
    var startedAt: Date?
    var endedAt: Date?
    var cancelledAt: Date?
    /// How long it was live; known after its end.
    var durationSeconds: Double?
    /// The episode that is its recording, or waits for it.
    var podcastId: String?
    var comingCount: Int
    var reminderCount: Int
    /// How many became members meanwhile; for those who may run it, after its end.
    var newMembers: Int?
    var rsvp: OwnAnswer
    /// Whether the asking member may edit, move and cancel it.
    var mayManage: Bool
    /// Whether the asking member may start and end it.
    var mayRun: Bool
    var createdAt: Date
    var updatedAt: Date

    init(_ facts: ShowFacts) {
        let session = facts.session
        id = session.id.rawValue
        title = session.title
        summary = session.summary
        status = session.status.rawValue
        host = facts.host.map { PersonAnswer(userId: $0.id.rawValue, name: $0.name) }
        coHosts = facts.coHosts.map { PersonAnswer(userId: $0.id.rawValue, name: $0.name) }
        startsAt = session.startsAt
        durationMinutes = session.plannedDuration.wholeSeconds / 60
        handPolicy = session.handPolicy.rawValue
        repeatsWeekly = session.repeatsWeekly
        startedAt = session.startedAt
        endedAt = session.endedAt
        cancelledAt = session.cancelledAt
        durationSeconds = session.duration?.seconds
        podcastId = session.podcastID?.rawValue
        comingCount = session.comingCount
        reminderCount = session.reminderCount
        mayManage = session.mayManage(facts.reader)
        mayRun = session.mayRun(facts.reader)
        newMembers = mayRun ? session.newMembers : nil
        rsvp = OwnAnswer(
            coming: facts.answer?.isComing ?? false,
            remind: facts.answer?.wantsReminders ?? false
        )
        createdAt = session.createdAt
        updatedAt = session.updatedAt
    }
}

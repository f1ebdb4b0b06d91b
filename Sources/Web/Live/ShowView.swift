import Domain
import Foundation

/// A show as pages show it.
struct ShowView {
    var id: String
    /// Where it is changed. Not called `link`: within it, words without a link would take this one.
    var desk: String
    var title: String
    var leaf: ShowClock.Leaf
    /// Its beginning for programs.
    var machineTime: String
    /// The day on which it is, or was.
    var day: String
    /// From when to when it is planned; nil where it is over.
    var hours: String?
    /// Since when it is live.
    var since: String?
    /// Who runs it, in words.
    var cast: String?
    var paragraphs: [SummaryText.Paragraph]
    var isLive: Bool
    var isWeekly: Bool
    /// How many come, in words; nil where nobody has said so.
    var coming: String?
    var isComing: Bool
    var wantsReminders: Bool
    /// How long it was live.
    var length: String?
    /// Where its recording is heard; nil where there is none.
    var recording: String?
    /// Whether the reader may begin and end it.
    var mayRun: Bool
    /// Whether the reader may edit, move and cancel it.
    var mayManage: Bool

    init(_ facts: ShowFacts, clock: ShowClock, recording: PodcastID? = nil) {
        let (session, phrases, language) = (facts.session, clock.phrases, clock.language)
        let begins = session.startedAt ?? session.startsAt
        id = session.id.rawValue
        desk = "/live-management/\(session.id)"
        title = session.title
        leaf = clock.leaf(begins)
        machineTime = ShowClock.machine(begins)
        let isAhead = session.isAhead
        day = isAhead ? clock.day(begins) : Phrasebook.day(begins, language: language, zone: clock.zone)
        hours = isAhead ? clock.hours(from: session.startsAt, to: session.plannedEnd) : nil
        let start = session.startedAt.map { ["time": clock.time($0)] }
        isLive = session.status == .live
        since = isLive ? start.map { phrases.text(WebPhrase.livesSince, language, $0) } : nil
        let names = ([facts.host].compactMap { $0 } + facts.coHosts).map(\.name)
        let castPhrase: WebPhrase = names.count == 1 ? .livesHost : .livesHosts
        let arguments = ["names": names.joined(separator: ", ")]
        cast = names.isEmpty ? nil : phrases.text(castPhrase, language, arguments)
        paragraphs = SummaryText(session.summary).paragraphs
        isWeekly = session.repeatsWeekly
        let count = session.comingCount
        coming = count > 0 ? phrases.text(WebPhrase.livesComing, language, count: count) : nil
        isComing = facts.answer?.isComing ?? false
        wantsReminders = facts.answer?.wantsReminders ?? false
        length = session.duration.map { PlayingTime.words($0, phrases, language) }
        self.recording = recording.map { "/podcast/\($0)" }
        mayRun = session.mayRun(facts.reader)
        mayManage = session.mayManage(facts.reader)
    }
}

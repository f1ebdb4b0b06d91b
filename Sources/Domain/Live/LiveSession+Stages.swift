import Foundation

/// The ways from status to status. Each throws where it makes no sense, and then changes nothing.
extension LiveSession {
    /// - Throws: `.showHasBegun`, `.showOver`, `.showCancelled` where it does not wait for its beginning.
    func checkAhead() throws(Refusal) {
        switch status {
        case .scheduled: return
        case .live: throw .showHasBegun
        case .ended, .recorded: throw .showOver
        case .cancelled: throw .showCancelled
        }
    }

    /// - Throws: `.showOver`, `.showCancelled` where it neither waits for its beginning nor is live.
    func checkOpen() throws(Refusal) {
        if status != .live { try checkAhead() }
    }

    /// It begins.
    mutating func begin(by starter: MemberID?, now: Date) throws(Refusal) {
        try checkAhead()
        status = .live
        startedAt = now
        startedBy = starter
        remindersAhead = []
        tellings.removeAll { $0.subject.isAhead }
        tell(.started, now: now)
        updatedAt = now
    }

    /// It is over. `podcastID`: the episode that its recording is to be.
    /// - Throws: `.showNotLive` before its beginning; `.showOver`, `.showCancelled`.
    mutating func end(as podcastID: PodcastID, now: Date) throws(Refusal) {
        guard status == .live else {
            try checkAhead()
            throw .showNotLive
        }
        status = .ended
        endedAt = now
        self.podcastID = self.podcastID ?? podcastID
        awaitsRecordingUntil = now.addingTimeInterval(Self.recordingWindow.seconds)
        scoresAt = now.addingTimeInterval(ShowAirtime.settling.seconds)
        chores = [.makePodcast, .countNewcomers, .countAudience] + (weekly == nil ? [] : [.makeNext])
        tellings.removeAll { $0.subject == .started }
        tell(.ended, now: now)
        updatedAt = now
    }

    /// It does not take place. `reach`: whether those that would come after it do.
    /// - Throws: `.showHasBegun`, `.showOver`, `.showCancelled`.
    mutating func cancel(_ reach: ShowReach, now: Date) throws(Refusal) {
        try checkAhead()
        status = .cancelled
        cancelledAt = now
        sequence += 1
        remindersAhead = []
        if reach == .series { weekly = nil }
        chores = weekly == nil ? [] : [.makeNext]
        tellings = []
        tell(.cancelled, now: now)
        updatedAt = now
    }

    /// It is to begin at another time. `reach`: whether those that come after it are, too.
    /// - Throws: `.showHasBegun`, `.showOver`, `.showCancelled`; `.nothingToRepeat` for the series of a single show;
    ///   `.timeInThePast`, `.timeTooFar`.
    mutating func move(to start: Date, _ reach: ShowReach, in zone: TimeZone, now: Date) throws(Refusal) {
        try checkAhead()
        try ShowPlan.check(startsAt: start, now: now)
        if reach == .series {
            guard weekly != nil else { throw .nothingToRepeat }
            weekly?.slot = WallTime(start, in: zone)
        }
        guard start != startsAt else { return }
        let before = startsAt
        startsAt = start
        sequence += 1
        tellings.removeAll { $0.subject.isAhead }
        tell(.moved(from: before), now: now)
        planReminders(now: now)
        if notice.sentAt == nil, notice.dueAt != nil {
            notice.dueAt = max(now, start.addingTimeInterval(-ShowPost.notice.seconds))
        }
        updatedAt = now
    }

    /// Its recording is in the library.
    /// - Returns: Whether that is news.
    mutating func completeRecording(now: Date) -> Bool {
        guard status == .ended else { return false }
        status = .recorded
        awaitsRecordingUntil = nil
        updatedAt = now
        return true
    }
}

/// What of a weekly show is meant.
public enum ShowReach: String, Codable, CaseIterable, Sendable {
    /// This show alone.
    case occurrence
    /// It and all that would come after it.
    case series
}

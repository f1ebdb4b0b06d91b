import Foundation

/// How many people were in a show's room, as it is told afterwards.
public struct ShowAudience: Codable, Equatable, Sendable {
    /// Everybody who was there, whatever their devices.
    public let people: Int
    /// The most at once.
    public let peak: Int
    /// So many on average over the whole show.
    public let average: Double
    /// Everybody who was on stage.
    public let speakers: Int
    /// How many questions were asked.
    public let questions: Int

    public init(people: Int, peak: Int, average: Double, speakers: Int, questions: Int) {
        self.people = people
        self.peak = peak
        self.average = average
        self.speakers = speakers
        self.questions = questions
    }
}

extension LiveSessions {
    /// How many batches of a log are read at a time.
    private static let logPage = 500

    /// Who was in a show that is over: as it was counted, else counted now. Nil before the end, and where nobody was.
    public func audience(of show: LiveSession) async throws(ChangeFailure) -> ShowAudience? {
        let audience: ShowAudience?
        if let known = show.audience { audience = known } else { audience = try await count(audienceOf: show) }
        return audience.flatMap { $0.people > 0 ? $0 : nil }
    }

    /// Nil before the end.
    func count(audienceOf show: LiveSession) async throws(ChangeFailure) -> ShowAudience? {
        guard let start = show.startedAt, let end = show.endedAt else { return nil }
        return try await reading { () throws(StoreError) in
            let report = try await store.attendance.report(of: show.id, from: start, to: end)
            return ShowAudience(
                people: report.people,
                peak: report.peak,
                average: report.average,
                speakers: report.speakers,
                questions: try await questions(in: show.id)
            )
        }
    }

    private func questions(in session: LiveSessionID) async throws(StoreError) -> Int {
        var (count, number) = (0, 0)
        while true {
            let batches = try await store.roomLog.batches(of: session, after: number, limit: Self.logPage)
            count += batches.flatMap(\.facts).count { fact in
                guard case .said(let message) = fact.news else { return false }
                return message.kind == .question
            }
            guard batches.count == Self.logPage, let last = batches.last else { return count }
            number = last.number
        }
    }
}

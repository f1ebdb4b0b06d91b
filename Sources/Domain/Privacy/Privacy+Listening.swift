import Foundation

/// What a person listened to.
extension Privacy {
    /// What is told of it to the person, the newest first; at most `limit` of each.
    func listening(of id: MemberID, limit: Int) async throws(ChangeFailure) -> MemberExport.Listening {
        try await reading { () throws(StoreError) in
            let days = try await store.listeningDays.days(of: id, limit: limit)
            let listens = try await store.listens.listens(of: id, limit: limit)
            return MemberExport.Listening(
                days: days.map(MemberExport.Listening.Day.init),
                episodes: listens.map(MemberExport.Listening.Episode.init)
            )
        }
    }

    /// Leaves nothing of what a person listened to but numbers that name nobody. It may be done again.
    func forgetListening(of id: MemberID) async throws(ChangeFailure) {
        try await reading { () throws(StoreError) in
            try await store.listeningDays.forget(id)
            try await store.listens.forget(id)
        }
    }
}

extension MemberExport.Listening.Day {
    fileprivate init(_ day: ListeningDay) {
        self.init(
            day: day.day.rawValue,
            parts: day.segments.map { Part(episode: $0.podcast.rawValue, seconds: Double($0.milliseconds) / 1_000) }
        )
    }
}

extension MemberExport.Listening.Episode {
    fileprivate init(_ listen: Listen) {
        self.init(
            episode: listen.podcast.rawValue,
            recording: listen.position?.recording.rawValue,
            seconds: listen.position?.offset.seconds,
            stretchesHeard: listen.heard.count,
            completedAt: listen.completedAt,
            lastListenedAt: listen.lastListenedAt
        )
    }
}

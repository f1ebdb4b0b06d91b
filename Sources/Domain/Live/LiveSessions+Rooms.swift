import Foundation

/// What rooms need of the shows.
extension LiveSessions: RoomShows {
    public func show(_ id: LiveSessionID) async throws(ChangeFailure) -> RoomShow? {
        guard let show = try await find(id) else { return nil }
        let phase: RoomShow.Phase =
            switch show.status {
            case .scheduled: .waiting
            case .live: .live
            case .ended, .recorded, .cancelled: .over
            }
        let crew = RoomCrew(host: show.host, coHosts: show.coHosts)
        return RoomShow(phase: phase, crew: crew, hands: show.handPolicy)
    }

    public func endSilent(_ id: LiveSessionID) async throws(ChangeFailure) {
        let podcastID = ids.next(PodcastID.self)
        let pen = pen(of: nil)
        do throws(ChangeFailure) {
            _ = try await alter(id, cause: Cause(rawValue: "silent:\(id)")) { (show, now) throws(Refusal) in
                guard show.status == .live else { return [] }
                try show.end(as: podcastID, now: now)
                return [pen.entry(.showEnded, of: .show(id))]
            }
        } catch .refused(.notFound) {
            return
        }
    }
}

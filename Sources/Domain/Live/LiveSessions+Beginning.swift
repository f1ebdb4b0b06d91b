import Foundation

/// Shows that nobody has planned.
extension LiveSessions {
    /// Plans a show for this moment, and begins it.
    ///
    /// A cause makes one show, however often it is asked for.
    /// - Throws: As `schedule` and `start`; nothing is planned then.
    public func begin(_ title: String, by host: Member, cause: Cause) async throws(ChangeFailure) -> LiveSession {
        let planning = Cause(rawValue: "\(cause):plan")
        if try await find("made:\(planning)") == nil {
            let live = try await reading { () throws(StoreError) in
                try await store.liveSessions.find(.liveHost(host.id))
            }
            guard live == nil else { throw .refused(.hostIsLive) }
        }
        let show = try await schedule(ShowPlan(title: title, startsAt: clock.now), by: host, cause: planning)
        guard show.status == .scheduled else { return show }
        return try await start(show.id, by: host, cause: Cause(rawValue: "\(cause):start"))
    }
}

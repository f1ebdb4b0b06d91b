import Domain
import Foundation
import TestSupport
import Testing

extension ShowClub {
    var watch: ShowWatch { ShowWatch(shows: shows) }

    /// Lets everything happen that is due at this moment.
    func settle() async throws {
        while let next = try await watch.work(), next <= clock.now {}
    }

    /// Lets time pass, and what falls into it happen at its moment.
    func pass(_ duration: Duration) async throws {
        let end = clock.now.addingTimeInterval(duration.seconds)
        while true {
            try await settle()
            guard let next = try await watch.work(), next < end else { break }
            clock.advance(by: .milliseconds(Int64((next.timeIntervalSince(clock.now) * 1000).rounded())))
        }
        clock.advance(by: .milliseconds(Int64((end.timeIntervalSince(clock.now) * 1000).rounded())))
        try await settle()
    }

    /// As `settle`, in a program that crashes after so many writes and is started again, until nothing is left to do.
    func settleCrashing(afterWrites count: Int) async throws {
        for _ in 0..<1_000 {
            store.crash(afterWrites: count)
            do {
                try await settle()
                return store.crash(afterWrites: nil)
            } catch {
                store.crash(afterWrites: nil)
            }
        }
        Issue.record("it never ends")
    }

    func start(_ show: LiveSession, cause: Int = 100) async throws -> LiveSession {
        try await shows.start(show.id, by: host, cause: Fixtures.cause(cause))
    }

    func end(_ show: LiveSession, cause: Int = 101) async throws -> LiveSession {
        try await shows.end(show.id, by: host, cause: Fixtures.cause(cause))
    }

    /// A member asks to be reminded.
    func remind(_ member: Member, of show: LiveSession) async throws {
        let cause = Cause(rawValue: "remind \(member.id) \(show.id)")
        _ = try await shows.rsvp(show.id, wantsReminders: true, by: member, cause: cause)
    }
}

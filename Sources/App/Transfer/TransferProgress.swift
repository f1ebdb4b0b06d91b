import Domain
import Foundation
import Synchronization

/// Tells the person who waits how far it is: a few lines a second at most, and the end of each part.
final class TransferProgress: Sendable {
    /// How much time there is at least between two lines about the same part.
    static let period: Duration = .milliseconds(500)

    private struct State {
        var part = ""
        var saidAt = Date.distantPast
    }

    private let console: Console
    private let clock: any ClubClock
    private let state = Mutex(State())

    init(console: Console, clock: any ClubClock) {
        self.console = console
        self.clock = clock
    }

    /// `done` of `total` are done. Where `total` is reached, that is always said; of nothing, nothing is.
    func report(_ part: String, done: Int, of total: Int) {
        guard total > 0 else { return }
        let now = clock.now
        let isDue = state.withLock { state in
            if state.part != part { state = State(part: part) }
            let isDue = done >= total || now.timeIntervalSince(state.saidAt) >= Self.period.seconds
            if isDue { state.saidAt = now }
            return isDue
        }
        if isDue { console.say("\(part): \(done) of \(total)") }
    }

    func say(_ text: String) {
        console.say(text)
    }
}

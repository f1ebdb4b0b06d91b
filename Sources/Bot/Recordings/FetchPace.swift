import Domain
import Foundation

/// How fast one bot may ask for files. Pure: the caller says what time it is.
///
/// A trouble that is not one file's own, but Telegram's, the network's or this machine's, meets every file: the whole
/// bot pauses then, and tries one file at a time until one has come. So any number of files that wait cost Telegram two
/// requests a second at most, and all of them are fetched soon after the trouble.
struct FetchPace: Sendable {
    /// How long a bot whose token is refused asks for nothing.
    static let refusedTokenPause: Duration = .seconds(60)
    /// An attempt is two requests: where the file is, and the file.
    private static let firstPause: Duration = .seconds(2)

    private var backoff = Backoff(first: Self.firstPause)
    /// Nothing is asked for before.
    private(set) var pausedUntil: Date

    init(now: Date) {
        pausedUntil = now
    }

    /// How many files may be on their way at once.
    var concurrency: Int { backoff.hasPaused ? 1 : RecordingFetcher.concurrency }

    /// A file has come, or Telegram has said what is wrong with that one.
    mutating func wentWell() {
        backoff.reset()
    }

    /// Something that meets every file. Several files that meet it at the same moment are one trouble.
    /// - Parameters:
    ///   - began: When the attempt began: it counts as a part of the pause, so that one that hung for long is soon
    ///     followed by another.
    ///   - now: The time.
    mutating func trouble(since began: Date, now: Date) {
        guard now >= pausedUntil else { return }
        pausedUntil = max(now, began.addingTimeInterval(backoff.pause().seconds))
    }

    /// Telegram asks to wait. What is asked for after that is tried one at a time.
    mutating func wait(_ duration: Duration, now: Date) {
        if !backoff.hasPaused { _ = backoff.pause() }
        pausedUntil = max(pausedUntil, now.addingTimeInterval(duration.seconds))
    }

    /// As `wait`, for as long as a refused token is left alone.
    mutating func tokenRefused(now: Date) {
        wait(Self.refusedTokenPause, now: now)
    }
}

import Domain
import Foundation
import HTTPClient
import Logging
import ServiceLifecycle
import Synchronization

/// Lets LiveKit follow what happens in the rooms: who may be heard, who is out, which rooms there are.
///
/// What it hears it notes down and returns at once. Running as a service, it tells LiveKit: of several wishes about the
/// same person the latest alone. LiveKit being slow or away delays the sound, never the room; see `SoundErrands` for
/// how much waits and how often it is tried.
public final class RoomSound: RoomAudience, Service {
    /// How long it rests where nothing is to be done.
    private static let rest: Duration = .seconds(3_600)

    let server: LiveKitServer
    let calls: LiveKitCalls
    private let clock: any ClubClock
    private let logger: Logger
    private let errands = Mutex(SoundErrands())
    private let wakeup = Wakeup()
    private let isAway = Mutex(false)

    public init(_ server: LiveKitServer, http: HTTPClient, clock: any ClubClock, logger: Logger) {
        self.server = server
        calls = LiveKitCalls(server, http: http, clock: clock)
        self.clock = clock
        self.logger = logger
    }

    public func hear(_ broadcast: RoomBroadcast) {
        let session = broadcast.session
        for signal in broadcast.signals {
            switch signal {
            case .numbered(_, let fact), .noted(let fact): hear(fact.news, of: session)
            case .closed(let member, _): want(.out, .person(session, member))
            case .hands, .presence, .reactions, .position, .thanked, .welcome: break
            }
        }
    }

    private func hear(_ news: RoomNews, of session: LiveSessionID) {
        switch news {
        case .started: want(.open, .room(session))
        case .ended: want(.close, .room(session))
        case .promoted(let member): want(.part(.speaker), .person(session, member))
        case .demoted(let member, _): want(.part(.listener), .person(session, member))
        case .muted(let member, _): want(.mute, .voice(session, member))
        case .said, .deleted, .raised, .lowered, .cleared, .invited, .uninvited, .pinned, .moderated, .opened, .ruled,
            .charged, .asked, .answered, .removed, .supported, .reacted, .counted, .voiced, .visited, .lived:
            break
        }
    }

    /// Changes whenever a room wants something of LiveKit.
    var mark: UInt64 { errands.withLock(\.mark) }

    /// Notes down what a look at a room has shown that LiveKit has to be told; nothing where a room has wanted something
    /// since `mark`, for then the look may be old.
    func correct(_ wish: SoundErrand.Wish, _ subject: SoundErrand.Subject, since mark: UInt64) {
        let now = clock.now
        errands.withLock { $0.correct(wish, subject, since: mark, now: now) }
        wakeup.notify()
    }

    /// Notes down what LiveKit has to be told, whatever was wanted before.
    func want(_ wish: SoundErrand.Wish, _ subject: SoundErrand.Subject) {
        let now = clock.now
        errands.withLock { $0.hear(wish, subject, now: now) }
        wakeup.notify()
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            await withDiscardingTaskGroup { group in
                while !Task.isCancelled {
                    let now = clock.now
                    while let errand = errands.withLock({ $0.take(now: now) }) {
                        group.addTask { [self] in
                            await work(at: errand)
                            wakeup.notify()
                        }
                    }
                    await wakeup.wait(atMost: pause, clock: clock)
                }
                group.cancelAll()
            }
        }
    }

    /// When LiveKit is told the next thing that waits; nil where nothing does.
    var nextDue: Date? { errands.withLock(\.nextDue) }

    /// How long nothing is to be done.
    private var pause: Duration {
        guard let due = nextDue else { return Self.rest }
        return max(.milliseconds(1), .seconds(due.timeIntervalSince(clock.now)))
    }

    private func work(at errand: SoundErrand) async {
        do throws(LiveKitFault) {
            try await tell(errand)
            errands.withLock { $0.finish(errand) }
            note(nil)
        } catch {
            let now = clock.now
            errands.withLock { $0.fail(errand, now: now) }
            note(error)
        }
    }

    private func tell(_ errand: SoundErrand) async throws(LiveKitFault) {
        switch (errand.subject, errand.wish) {
        case (.room(let session), .close): try await calls.delete(session)
        case (.room(let session), _): try await calls.create(session)
        case (.voice(let session, let member), _): try await calls.mute(member, in: session)
        case (.person(let session, let member), .part(let part)):
            // Whoever is not there comes with a token that says the same.
            do throws(LiveKitFault) { try await calls.permit(member, part, in: session) } catch .missing {}
        case (.person(let session, let member), _): try await calls.remove(member, from: session)
        }
    }

    /// Logs that LiveKit went away, and that it came back, once each.
    func note(_ fault: LiveKitFault?) {
        let hasChanged = isAway.withLock { isAway in
            guard isAway != (fault != nil) else { return false }
            isAway = fault != nil
            return true
        }
        guard hasChanged else { return }
        if let fault {
            logger.warning(
                "LiveKit cannot be told what happens in rooms; the rooms go on",
                metadata: ["error": "\(fault)"]
            )
        } else {
            logger.notice("LiveKit can be told again what happens in rooms")
        }
    }
}

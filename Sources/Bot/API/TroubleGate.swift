import Domain
import Foundation
import HTTPClient
import Synchronization

/// Spaces one bot's requests while Telegram is in trouble: whichever part of the bot asks, no two begin within
/// `spacing`. Each part has its own pauses; this is what they cost Telegram together.
///
/// A request that is answered as it should be ends the trouble. Peace that Telegram asks for (429) is none.
final class TroubleGate: Sendable {
    /// Between the beginnings of two requests: two a second.
    static let spacing: Duration = .milliseconds(500)

    private struct State {
        var isTroubled = false
        /// The next request begins no sooner.
        var opensAt: Date
    }

    private let clock: any ClubClock
    private let state: Mutex<State>

    init(clock: any ClubClock) {
        self.clock = clock
        state = Mutex(State(opensAt: clock.now))
    }

    /// Waits for the caller's turn; not at all where there is no trouble or the task is cancelled.
    func enter() async {
        let wait = state.withLock { state -> Double in
            guard state.isTroubled else { return 0 }
            let now = clock.now
            let turn = max(state.opensAt, now)
            state.opensAt = turn.addingTimeInterval(Self.spacing.seconds)
            return turn.timeIntervalSince(now)
        }
        if wait > 0 { try? await clock.sleep(for: .seconds(wait)) }
    }

    /// Takes note of how a request ended.
    func note(isTrouble: Bool) {
        let now = clock.now
        state.withLock { state in
            if isTrouble, !state.isTroubled { state.opensAt = now.addingTimeInterval(Self.spacing.seconds) }
            state.isTroubled = isTrouble
        }
    }
}

extension TelegramTransport {
    /// The same, with a gate before it.
    func gated(by gate: TroubleGate) -> TelegramTransport {
        TelegramTransport(
            send: { request throws(HTTPError) in
                try await pass(gate) { () throws(HTTPError) in
                    try await send(request)
                } isTrouble: { response in
                    response.status >= 500 || response.status == 401
                        || (response.status == 200 && !response.body.starts(with: Data(#"{"ok":"#.utf8)))
                }
            },
            download: { request, file, maximumBytes throws(HTTPError) in
                try await pass(gate) { () throws(HTTPError) in
                    try await download(request, file, maximumBytes)
                } isTrouble: { _ in
                    false
                }
            }
        )
    }

    private func pass<Answer>(
        _ gate: TroubleGate,
        _ ask: () async throws(HTTPError) -> Answer,
        isTrouble: (Answer) -> Bool
    ) async throws(HTTPError) -> Answer {
        await gate.enter()
        do {
            let answer = try await ask()
            gate.note(isTrouble: isTrouble(answer))
            return answer
        } catch {
            if error.isOfTheWay { gate.note(isTrouble: true) }
            throw error
        }
    }
}

extension HTTPError {
    /// Whether the other side, or the way to it, is in trouble; not this program or this one answer.
    fileprivate var isOfTheWay: Bool {
        switch self {
        case .unresolved, .unreachable, .untrusted, .proxyCredentialsRefused, .proxyFailed, .connectionLost,
            .deadlineExceeded, .malformedResponse, .failed:
            true
        case .downloadRefused(let response, _): response.status >= 500
        case .cancelled, .shutDown, .invalidProxy, .invalidConfiguration, .invalidRequest, .unavailable, .overloaded,
            .responseTooLarge, .unreadableFile, .unwritableFile:
            false
        }
    }
}

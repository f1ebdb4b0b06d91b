import Domain
import Foundation
import Logging

/// Asks the store whether it answers, for whoever watches the program.
///
/// Also a store that hangs is answered for in time: the question to it goes on, and is the only one until it has an
/// answer. An outage is logged once, and its end.
actor StoreProbe {
    /// So long the store has to answer.
    static let patience: Duration = .seconds(3)

    private let store: any ClubStore
    private let clock: any ClubClock
    private let logger: Logger
    private var question: Task<Void, Never>?
    private var waiting: [Int: CheckedContinuation<Bool, Never>] = [:]
    private var lastNumber = 0
    private var isDown = false

    init(store: any ClubStore, clock: any ClubClock, logger: Logger) {
        self.store = store
        self.clock = clock
        self.logger = logger
    }

    /// Whether the store answers within `patience`.
    func answers() async -> Bool {
        lastNumber += 1
        let number = lastNumber
        if question == nil { question = Task { await self.ask() } }
        let limit = Task {
            try? await self.clock.sleep(for: Self.patience)
            self.giveUp(number)
        }
        defer { limit.cancel() }
        return await withCheckedContinuation { waiting[number] = $0 }
    }

    private func ask() async {
        let error: StoreError?
        do {
            try await store.ping()
            error = nil
        } catch let failure {
            error = failure
        }
        question = nil
        note(isDown: error != nil, error.map { "\($0)" } ?? "")
        for continuation in waiting.values { continuation.resume(returning: error == nil) }
        waiting = [:]
    }

    private func giveUp(_ number: Int) {
        guard let continuation = waiting.removeValue(forKey: number) else { return }
        note(isDown: true, "no answer within \(Self.patience.wholeSeconds) s")
        continuation.resume(returning: false)
    }

    private func note(isDown: Bool, _ reason: String) {
        guard isDown != self.isDown else { return }
        self.isDown = isDown
        if isDown {
            logger.warning("Not ready: the store does not answer", metadata: ["error": "\(reason)"])
        } else {
            logger.notice("Ready again: the store answers")
        }
    }
}

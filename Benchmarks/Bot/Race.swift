import Foundation

/// One run of one bot against a queue.
struct Race: Sendable {
    /// What a run has shown.
    struct Result: Sendable {
        var answered: Int
        var doubled: Int
        /// Answers a second, from the first update to the last answer.
        var rate: Double
        /// Of the processor, for 10,000 updates.
        var processor: Duration
        /// In bytes.
        var peakMemory: Int64
    }

    /// Without an answer for so long a bot is done, or has come to a stop.
    private static let patience: Duration = .seconds(10)
    /// How often it is looked at.
    private static let look: Duration = .milliseconds(20)

    let contender: Contender
    let updates: Int
    var answerTime: Duration = .zero
    var unreadable = 0
    /// How often the bot is killed, at equal parts of its way.
    var kills = 0

    func run() async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bot-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let telegram = try await StandIn(
            UpdateQueue(count: updates, unreadable: unreadable),
            answerTime: answerTime
        )
        var bot = try contender.start(at: telegram.address, folder: folder)
        defer { Self.kill(bot) }
        var start: ProcessUsage?
        var killed = 0
        var lastAnswered = 0
        var lastMove = ContinuousClock.now
        while telegram.progress.answered < updates, ContinuousClock.now - lastMove < Self.patience {
            try await Task.sleep(for: Self.look)
            let progress = telegram.progress
            if start == nil, progress.beganAt != nil { start = ProcessUsage(of: bot.processIdentifier) }
            if progress.answered > lastAnswered { lastMove = .now }
            lastAnswered = progress.answered
            if killed < kills, progress.answered >= updates * (killed + 1) / (kills + 1) {
                killed += 1
                Self.kill(bot)
                bot = try contender.start(at: telegram.address, folder: folder)
                lastMove = .now
            }
        }
        // What was sent twice comes soon after.
        if kills > 0 { try await Task.sleep(for: .seconds(2)) }
        let end = ProcessUsage(of: bot.processIdentifier)
        let progress = telegram.progress
        Self.kill(bot)
        try await telegram.stop()
        return result(progress, start, end)
    }

    private func result(_ progress: UpdateQueue.Progress, _ start: ProcessUsage?, _ end: ProcessUsage?) -> Result {
        let time = progress.beganAt.flatMap { began in progress.lastAnswerAt.map { $0 - began } } ?? .zero
        let used = start.flatMap { start in end.map { $0.processor - start.processor } } ?? .zero
        return Result(
            answered: progress.answered,
            doubled: progress.doubled,
            rate: time > .zero ? Double(progress.answered) / (time / .seconds(1)) : 0,
            processor: progress.answered > 0 ? used * 10_000 / progress.answered : .zero,
            peakMemory: end?.peakMemory ?? 0
        )
    }

    private static func kill(_ bot: Process) {
        guard bot.isRunning else { return }
        Foundation.kill(bot.processIdentifier, SIGKILL)
        bot.waitUntilExit()
    }
}

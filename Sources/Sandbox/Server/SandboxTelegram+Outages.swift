import Foundation

/// A second program with a bot's token, and a server that begins anew.
extension SandboxTelegram {
    /// How often the second program asks again after it was ended.
    private static let intruderPause: Duration = .seconds(1)

    /// Whether bots get no answer now.
    var isDown: Bool {
        downUntil.map { clock.now() < $0 } ?? false
    }

    /// Polls as another program with the bot's token would, for that long. It confirms nothing, so that nothing is lost.
    func pollBeside(_ bot: Int64, for duration: Duration) {
        intruders[bot]?.cancel()
        let end = clock.now().addingTimeInterval(duration / .seconds(1))
        intruders[bot] = Task { [clock] in
            while clock.now() < end, !Task.isCancelled {
                let left = Int(end.timeIntervalSince(clock.now()).rounded(.up))
                let arguments = Arguments(["limit": "1", "timeout": "\(min(left, TelegramWorld.longestPoll))"])
                _ = await poll(for: bot, arguments)
                guard (try? await clock.sleep(for: SandboxTelegram.intruderPause)) != nil else { return }
            }
        }
    }

    /// Ends every second program.
    func endIntruders() {
        for task in intruders.values { task.cancel() }
        intruders = [:]
    }

    /// What a restart of the server does: waiting requests end with 500, what is only in its memory is forgotten, and
    /// for that long nobody gets an answer. Queues stay.
    func restart(downFor duration: Duration) {
        let failure = CallFailure(code: 500, description: "Internal Server Error: restart")
        for ticket in polls.keys { endPoll(ticket, .failure(failure)) }
        nextConflict = [:]
        for bot in world.bots.keys { world.bots[bot]?.lastPoll = nil }
        downUntil = clock.now().addingTimeInterval(duration / .seconds(1))
        changed()
    }
}

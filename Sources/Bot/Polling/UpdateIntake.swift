import Domain

/// Fetching and handling updates, once the bot knows who it is.
actor UpdateIntake {
    nonisolated let arrived = Wakeup()
    private var tasks: [Task<Void, Never>] = []
    private var lanes: ChatLanes?
    private var hasEnded = false

    func begin(poller: Poller, lanes: ChatLanes) {
        guard !hasEnded else { return }
        self.lanes = lanes
        tasks = [Task { await poller.run() }, Task { await lanes.run() }]
    }

    /// Stops fetching at once, and handling when the updates at hand are done or `duration` is over.
    func end(within duration: Duration, clock: any ClubClock) async {
        hasEnded = true
        guard let lanes, tasks.count == 2 else { return }
        tasks[0].cancel()
        await lanes.stop()
        let handling = tasks[1]
        let limit = Task {
            try? await clock.sleep(for: duration)
            handling.cancel()
        }
        await tasks[0].value
        await handling.value
        limit.cancel()
    }
}

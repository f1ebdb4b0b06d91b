import Foundation
import Logging

/// Owns the world of a sandbox and adds what a value cannot have: time, waiting, faults, memory over a restart.
///
/// Every change of the world happens here, one after another. After each, whoever waits is woken.
actor SandboxTelegram {
    /// How far `now` is ahead of the clock: it can be moved on from outside, to see what time does.
    var timeShift: Duration = .zero
    var world: TelegramWorld
    var log = CallLog()
    var faults: [Fault] = []
    var faultCount = 0

    /// `getUpdates` calls that wait, by ticket. One per bot is current; others wait for their late 409.
    var polls: [Int: HeldPoll] = [:]
    var currentPoll: [Int64: Int] = [:]
    /// Until then 409 answers to a bot are given late.
    var nextConflict: [Int64: Date] = [:]
    /// Those who wait for any change, by ticket.
    var watchers: [Int: CheckedContinuation<Void, Never>] = [:]
    var ticketCount = 0
    var isShutDown = false
    /// Other programs that poll with a bot's token for a while, by bot.
    var intruders: [Int64: Task<Void, Never>] = [:]
    /// Nothing is answered to bots until then.
    var downUntil: Date?

    /// What keeps the sandbox from being overrun.
    var protection = Protection()
    /// Wakes for the next reactions of which bots are to hear.
    private var reactionTimer: (due: Date, task: Task<Void, Never>)?

    private let founding: TelegramWorld
    private let folder: WorldFolder?
    private var saving: Task<Void, Never>?
    private var isDirty = false

    let clock: any SandboxClock
    let shelf: FileShelf
    /// Where files are placed for bots; nothing: they download them.
    let localFiles: LocalFiles?
    let logger: Logger

    /// How long changes are gathered before they are written down.
    private static let saveDelay: Duration = .milliseconds(300)

    /// Begins with `kept`, the world of an earlier run, or else with `founding`, to which a reset goes back. Without a
    /// `folder` the world is kept nowhere.
    init(
        founding: TelegramWorld,
        kept: TelegramWorld?,
        folder: WorldFolder?,
        shelf: FileShelf,
        localFiles: LocalFiles? = nil,
        clock: any SandboxClock,
        logger: Logger
    ) {
        self.founding = founding
        world = kept ?? founding
        self.folder = folder
        self.shelf = shelf
        self.localFiles = localFiles
        self.clock = clock
        self.logger = logger
    }

    /// The moment by which all rules go.
    var now: Date {
        clock.now().addingTimeInterval(timeShift / .seconds(1))
    }

    /// Looks at the world.
    func read<Value: Sendable>(_ look: (TelegramWorld, Date) throws -> Value) rethrows -> Value {
        try look(world, now)
    }

    /// Lets somebody do something, and wakes whoever waits for it.
    func act<Value: Sendable>(
        _ change: (inout TelegramWorld, Date) throws(ActRefused) -> Value
    ) throws(ActRefused) -> Value {
        let value = try change(&world, now)
        changed()
        return value
    }

    /// Moves the time on.
    func advance(by duration: Duration) {
        timeShift += duration
        changed()
    }

    /// Goes back to the beginning: all chats, messages, files and queues are gone, faults too. Settings and the log of
    /// calls stay.
    func reset() {
        for key in world.files.keys { shelf.remove(key) }
        localFiles?.clear()
        world.beginAnew(as: founding)
        clearFaults()
        timeShift = .zero
        changed()
    }

    /// The largest file that a bot may upload, in bytes.
    nonisolated var uploadLimit: Int {
        localFiles == nil ? BotAPIRoutes.uploadLimit : LocalFiles.uploadLimit
    }

    /// The file behind a download path of the bot that a token belongs to, and the fault that meets the download.
    func download(token: String, path: String) throws(CallFailure) -> (file: MediaFile, fault: Fault.Kind?) {
        let bot = try world.bot(token: token)
        let fault = takeFault(method: Fault.download, bot: bot)
        guard let file = world.download(path, bot: bot, now: now) else { throw .notFound }
        return (file, fault?.kind)
    }

    /// To be called after every change of the world: wakes those who wait and has it written down.
    func changed() {
        tellReactions()
        wakePolls()
        wakeWatchers()
        guard folder != nil else { return }
        isDirty = true
        guard saving == nil, !isShutDown else { return }
        saving = Task {
            try? await Task.sleep(for: SandboxTelegram.saveDelay)
            await self.saveWhileDirty()
        }
    }

    /// Tells bots of reactions whose time has come, and wakes again when the next one comes.
    private func tellReactions() {
        world.tellReactions(now: now)
        let next = world.dueReactions.values.min()
        guard next != reactionTimer?.due else { return }
        reactionTimer?.task.cancel()
        reactionTimer = nil
        guard let next, !isShutDown else { return }
        let pause = Duration.seconds(max(0, next.timeIntervalSince(now)))
        let task = Task {
            guard (try? await clock.sleep(for: pause)) != nil else { return }
            reactionTimer = nil
            changed()
        }
        reactionTimer = (next, task)
    }

    /// Ends every wait now and for good.
    func shutDown() {
        isShutDown = true
        reactionTimer?.task.cancel()
        endIntruders()
        for ticket in polls.keys { endPoll(ticket, .success(.array([]))) }
        wakeWatchers()
    }

    /// Writes down what has not been yet.
    func flush() async {
        saving?.cancel()
        await saving?.value
        await saveWhileDirty()
    }

    private func saveWhileDirty() async {
        while isDirty, let folder {
            isDirty = false
            await folder.save(world)
        }
        saving = nil
    }
}

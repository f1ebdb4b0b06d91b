import Bot
import Domain
import Foundation
import Logging
import ServiceLifecycle

/// Sees to it that every stored recording has a copy that browsers play, two at a time, the newest first.
///
/// What is still to be done stands in the store, so that a restart forgets nothing: what was under way is begun anew.
/// One process does this for a club.
actor RecordingWorkshop: Service {
    static let concurrency = 2
    /// How often it looks for something to do: another part or process may have stored it.
    static let rest: Duration = .seconds(1)
    /// How often making a copy may fail before there will be none.
    static let tries = 3
    /// Between two tries of one file.
    static let pause: Duration = .seconds(60)

    /// A file to look into.
    private struct Job: Hashable {
        var recording: RecordingID
        var file: MediaKey
        var isVoice: Bool
    }

    private struct Trouble {
        var failures = 0
        var until: Date
    }

    private let preparer: any RecordingPreparer
    private let library: PodcastLibrary
    private let media: any MediaStore
    private let clock: any ClubClock
    private let outage: StoreOutage
    private let logger: Logger
    private let wakeup = Wakeup()
    private var running: Set<Job> = []
    private var troubles: [Job: Trouble] = [:]

    init(
        preparer: any RecordingPreparer,
        library: PodcastLibrary,
        media: any MediaStore,
        clock: any ClubClock,
        outage: StoreOutage,
        logger: Logger
    ) {
        self.preparer = preparer
        self.library = library
        self.media = media
        self.clock = clock
        self.outage = outage
        self.logger = logger
    }

    func run() async throws {
        await cancelWhenGracefulShutdown { await self.work() }
    }

    private func work() async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                for job in await due().prefix(max(0, Self.concurrency - running.count)) {
                    running.insert(job)
                    group.addTask { await self.finish(job) }
                }
                // While as much as may be is under way, its end wakes this.
                await wakeup.wait(atMost: running.count < Self.concurrency ? Self.rest : .seconds(60), clock: clock)
            }
        }
    }

    private func finish(_ job: Job) async {
        await prepare(job)
        running.remove(job)
        wakeup.notify()
    }

    /// What can be done now.
    private func due() async -> [Job] {
        // What ends while the library is read still looks undone in what was read.
        let before = running
        do {
            let now = clock.now
            var look = QueueLook()
            var (jobs, due): (Set<Job>, [Job]) = ([], [])
            var (count, fresh): (Int, [Job]) = (0, [])
            repeat {
                let podcasts = try await library.recordingsToPrepare(limit: look.depth)
                count = podcasts.count
                let found = podcasts.flatMap(Self.jobs)
                jobs = Set(found)
                due = found.filter { !before.contains($0) && troubles[$0].map { $0.until <= now } ?? true }
                fresh = due.filter { troubles[$0] == nil }
            } while look.goesDeeper(read: count, isEnough: fresh.count >= Self.concurrency)
            outage.ended(for: "recording workshop")
            if look.isWhole { troubles = troubles.filter { jobs.contains($0.key) } }
            // What has failed goes behind what was never tried.
            return fresh + due.filter { troubles[$0] != nil }
        } catch {
            outage.met(error, by: "recording workshop")
            return []
        }
    }

    private static func jobs(_ podcast: Podcast) -> [Job] {
        podcast.recordings.compactMap { recording in
            recording.fileToPrepare.map { Job(recording: recording.id, file: $0, isVoice: recording.kind == .voice) }
        }
    }

    private func prepare(_ job: Job) async {
        do throws(PreparationFault) {
            let result = try await copy(job)
            try await note(result, job)
            logger.info("A recording has a copy for browsers", metadata: ["recording": "\(job.recording)"])
        } catch {
            await settle(job, error)
        }
    }

    private func copy(_ job: Job) async throws(PreparationFault) -> PreparationResult {
        guard let original = media.file(job.file) else {
            throw .unavailable(detail: "the file \(job.file) is not in the media folder")
        }
        let copy: URL
        do {
            copy = try media.incoming("copy of \(job.file) for \(job.recording)")
        } catch {
            throw .unavailable(detail: "\(error)")
        }
        do {
            let sound = try await preparer.prepare(original, isVoice: job.isVoice, copy: copy)
            let stored = try await media.adopt(copy)
            let rendition = Recording.Rendition(
                key: stored.key,
                bytes: stored.bytes,
                mediaType: sound.mediaType,
                waveform: sound.waveform
            )
            return .ready(rendition, duration: sound.duration)
        } catch {
            try? FileManager.default.removeItem(at: copy)
            throw error as? PreparationFault ?? .unavailable(detail: "\(error)")
        }
    }

    /// What is to be done about a file of which no copy could be made.
    private func settle(_ job: Job, _ fault: PreparationFault) async {
        let reason: Recording.OriginalOnlyReason
        switch fault {
        case .cancelled:
            return
        case .unavailable(let detail):
            return wait(job, 0, detail)
        case .unfinished(let detail):
            let failures = (troubles[job]?.failures ?? 0) + 1
            guard failures >= Self.tries else { return wait(job, failures, detail) }
            reason = .failed
        case .tooLong:
            reason = .tooLong
        case .notSound:
            reason = .notSound
        }
        logger.warning(
            "A recording gets no copy for browsers",
            metadata: ["recording": "\(job.recording)", "reason": "\(fault)"]
        )
        do throws(PreparationFault) {
            try await note(.originalOnly(reason), job)
        } catch {
            wait(job, troubles[job]?.failures ?? 0, "\(error)")
        }
    }

    private func wait(_ job: Job, _ failures: Int, _ detail: String) {
        logger.warning(
            "A copy of a recording could not be made; it is tried again",
            metadata: ["recording": "\(job.recording)", "reason": "\(detail)"]
        )
        troubles[job] = Trouble(failures: failures, until: clock.after(Self.pause))
    }

    private func note(_ result: PreparationResult, _ job: Job) async throws(PreparationFault) {
        // With the time: a file that was replaced and put back is looked into once more.
        let time = Timestamp.milliseconds(clock.now)
        let cause = Cause(rawValue: "prepared:\(job.recording):\(job.file):\(time)")
        do throws(ChangeFailure) {
            _ = try await library.note(result, of: job.recording, file: job.file, cause: cause)
        } catch {
            switch error {
            case .refused: break  // The recording is gone.
            case .store(let error): throw .unavailable(detail: "\(error)")
            }
        }
    }
}

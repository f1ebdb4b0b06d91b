import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Every fault that Telegram or the way to it can have while many files are to be fetched: what it costs, and how soon
/// it is over.
@Suite(.timeLimit(.minutes(2)))
struct FetchingRecoveryTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        var name: String
        /// What every call of the Bot API is answered with; nil: they go well.
        var answer: ScriptedBotAPI.Answer?
        /// What every download is answered with.
        var download: ScriptedDownloads.Answer = .broken(after: 0, of: "")
        var recovery: Duration = .seconds(35)

        var testDescription: String { name }
    }

    static let faults = [
        Fault(name: "no connection", answer: .broken(wasSent: false)),
        Fault(name: "502 with HTML", answer: .raw(status: 502, body: "<html>")),
        Fault(name: "500", answer: .refusal(500, "Internal Server Error: restart")),
        Fault(name: "garbage", answer: .raw(status: 200, body: "garbage")),
        Fault(name: "401", answer: .refusal(401, "Unauthorized"), recovery: .seconds(70)),
        Fault(
            name: "429 for everything",
            answer: .refusal(429, "Too Many Requests", parameters: #"{"retry_after":1}"#)
        ),
        Fault(name: "downloads that break", answer: nil),
        Fault(name: "downloads that are answered with 500", answer: nil, download: .refused(500, "Internal")),
    ]

    private static let files: Int64 = 12

    let stage: FetchingStage

    init() async throws {
        stage = try await FetchingStage()
        for number in 1...Self.files { try await stage.post(number) }
    }

    private var requests: Int { stage.telegram.calls.count + stage.telegram.downloads.calls.count }

    private func fetched() async throws -> Int {
        var count = 0
        for number in 1...Self.files {
            if case .stored = try await stage.media(number) { count += 1 }
        }
        return count
    }

    /// Telegram hands out every file from now on.
    private func recover() {
        stage.telegram.disturb(nil)
        stage.telegram.downloads.disturb(nil)
        stage.scriptLocation(times: Int(Self.files))
        for number in 1...Self.files { stage.telegram.downloads.script(.file("sound \(number)")) }
    }

    @Test(arguments: faults)
    func `a fault of minutes costs two requests a second at most, and all files come soon after it`(
        fault: Fault
    ) async throws {
        let clock = stage.talk.club.clock
        if let answer = fault.answer {
            stage.telegram.disturb(answer)
        } else {
            stage.scriptLocation(times: 200)
        }
        stage.telegram.downloads.disturb(fault.download)
        var rate = RequestRate()

        try await stage.fetching {
            // What is on its way when the fault begins meets it all at once.
            await stage.pass(.seconds(1))
            rate.note(total: requests, at: clock.now)
            let start = clock.now.addingTimeInterval(0.5)
            for _ in 1...180 {
                await stage.pass(.seconds(1))
                rate.note(total: requests, at: clock.now)
            }
            #expect(rate.most(since: start) <= 2)
            #expect(requests > 5)

            recover()
            let ended = clock.now
            while try await fetched() < Self.files {
                let hasTime = clock.now.timeIntervalSince(ended) <= fault.recovery.seconds
                try #require(hasTime, "not all files after \(fault.recovery)")
                await stage.pass(.seconds(1))
            }
        }
    }

    @Test func `a request to wait is obeyed to its end, for every file`() async throws {
        stage.telegram.disturb(.refusal(429, "Too Many Requests", parameters: #"{"retry_after":700}"#))

        try await stage.fetching {
            let asked = stage.asked.count
            #expect(asked <= RecordingFetcher.concurrency)
            recover()
            await stage.pass(.milliseconds(699_999))
            #expect(stage.asked.count == asked)
            await stage.pass(.milliseconds(1))
            let count = try await fetched()
            #expect(count == Int(Self.files))
        }
    }

    @Test func `an attempt that hung until its deadline is soon followed by another`() {
        let start = Fixtures.start
        var pace = FetchPace(now: start)
        var now = start
        for _ in 1...20 {
            let began = now
            now = began.addingTimeInterval(TelegramAPI.deadline.seconds)
            pace.trouble(since: began, now: now)
        }

        #expect(pace.pausedUntil.timeIntervalSince(now) < 1)
        #expect(pace.concurrency == 1)
    }
}

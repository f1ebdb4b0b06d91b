import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Files that are given up, and what the admins are told then.
@Suite(.timeLimit(.minutes(1)))
struct RecordingGivenUpTests {
    let stage: FetchingStage

    init() async throws {
        stage = try await FetchingStage()
    }

    private func refuse(_ times: Int) {
        let description = "Bad Request: wrong file_id or the file is temporarily unavailable"
        for _ in 1...times { stage.telegram.script("getFile", .refusal(400, description)) }
    }

    private func expectTold(_ phrase: BotPhrase) async throws {
        let told = try await stage.toldOfFiles()
        #expect(told.count == 1)
        #expect(told.first?.hasPrefix(try stage.talk.words(phrase)) == true)
    }

    @Test func `a file that says that it is too big is not asked for, and the admins are told`() async throws {
        try await stage.post(bytes: FileSource.cloudLimit + 1)

        try await stage.fetching { await stage.pass(FetchingStage.longPause) }

        try await stage.expect(.messengerOnly(.tooLarge))
        #expect(stage.asked.isEmpty)
        try await expectTold(.recordingTooLarge)
    }

    @Test func `the largest file that Telegram hands out is asked for`() async throws {
        try await stage.post(bytes: FileSource.cloudLimit)
        stage.telegram.script("getFile", .broken(wasSent: false))

        try await stage.fetching {}

        #expect(stage.asked == ["file-1-for-club"])
        try await stage.expect(.awaited)
    }

    @Test func `a file that Telegram says is too big is heard in Telegram, and the admins are told`() async throws {
        try await stage.post()
        stage.telegram.script("getFile", .refusal(400, "Bad Request: file is too big"))

        try await stage.fetching { await stage.pass(FetchingStage.longPause) }

        try await stage.expect(.messengerOnly(.tooLarge))
        #expect(stage.asked.count == 1)
        try await expectTold(.recordingTooLarge)
    }

    /// How often a file is asked for that is refused every time, with such pauses between.
    private static func attempts(every pause: Duration = FetchingStage.longPause) -> Int {
        let whole = (RecordingFetcher.patience.seconds / pause.seconds).rounded(.up)
        return max(RecordingFetcher.refusalLimit, Int(whole) + 1)
    }

    @Test(arguments: [FetchingStage.longPause, RecordingFetcher.patience])
    func `a file that is refused often and for long is given up, and the admins are told`(
        pause: Duration
    ) async throws {
        try await stage.post()
        let times = Self.attempts(every: pause)
        refuse(times)

        try await stage.fetching {
            for _ in 2..<times { await stage.pass(pause) }
            try await stage.expect(.awaited)
            let early = try await stage.toldOfFiles()
            #expect(early.isEmpty)
            await stage.pass(pause)
            try await stage.expect(.messengerOnly(.gone))
            await stage.pass(pause)
        }

        #expect(stage.asked.count == times)
        try await expectTold(.recordingGone)
    }

    /// Telegram also refuses files that are only unavailable for a while.
    @Test func `a file that is refused often but not for long is waited for`() async throws {
        try await stage.post()
        refuse(50)

        try await stage.fetching {
            for _ in 1..<RecordingFetcher.patience.wholeSeconds / 60 { await stage.pass(.seconds(60)) }
        }

        #expect(stage.asked.count > RecordingFetcher.refusalLimit)
        try await stage.expect(.awaited)
    }

    @Test func `a file that Telegram names but does not have is given up as well`() async throws {
        try await stage.post()
        stage.scriptLocation(times: Self.attempts())
        for _ in 1...Self.attempts() { stage.telegram.downloads.script(.refused(404, "Not Found")) }

        try await stage.fetching {
            for _ in 1..<Self.attempts() { await stage.pass(FetchingStage.longPause) }
        }

        try await stage.expect(.messengerOnly(.gone))
        try await expectTold(.recordingGone)
    }

    @Test func `a file that turns out to be too big is heard in Telegram, and the admins are told`() async throws {
        try await stage.post()
        stage.scriptLocation()
        stage.telegram.downloads.script(.tooLarge)

        try await stage.fetching {}

        try await stage.expect(.messengerOnly(.tooLarge))
        try await expectTold(.recordingTooLarge)
    }

    @Test(arguments: ["", "sounds"])
    func `a file that comes damaged every time is given up, and the admins are told`(content: String) async throws {
        try await stage.post()
        stage.scriptLocation(bytes: 5, times: Self.attempts())
        for _ in 1...Self.attempts() { stage.telegram.downloads.script(.file(content)) }

        try await stage.fetching {
            for _ in 1..<Self.attempts() { await stage.pass(FetchingStage.longPause) }
        }

        try await stage.expect(.messengerOnly(.damaged))
        try await expectTold(.recordingDamaged)
    }

    @Test func `a file in place of one that was refused begins anew, at once`() async throws {
        try await stage.post()
        let times = Self.attempts()
        refuse(times + 1)

        try await stage.fetching {
            for _ in 2..<times { await stage.pass(FetchingStage.longPause) }
            try await stage.replace(by: "other", after: 10)
            await stage.pass(.seconds(2))
            #expect(stage.asked.last == "other-for-club")
            await stage.pass(FetchingStage.longPause)
            #expect(stage.asked.count == times + 1)
            try await stage.expect(.awaited)
        }
    }

    /// The notice about a file that was given up asks for this.
    @Test(arguments: [Recording.MessengerOnlyReason.gone, .damaged, .tooLarge])
    func `a recording that was given up and is posted once more is fetched`(
        reason: Recording.MessengerOnlyReason
    ) async throws {
        try await stage.talk.change(stage.post()) { $0.recordings[0].media = .messengerOnly(reason) }
        stage.scriptLocation()
        stage.telegram.downloads.script(.file("sound"))

        try await stage.fetching {
            _ = try await stage.talk.handle(
                stage.talk.recording(2, caption: "Title", file: ["file_id": "again", "file_unique_id": "file-1"])
            )
            await stage.pass(.seconds(2))
        }

        #expect(stage.asked == ["again"])
        try await stage.expect(stage.stored("sound"))
    }
}

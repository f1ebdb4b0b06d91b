import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Files that cannot be fetched at once.
@Suite(.timeLimit(.minutes(1)))
struct RecordingTroubleTests {
    let stage: FetchingStage

    init() async throws {
        stage = try await FetchingStage()
    }

    @Test func `a file that is refused four times and then handed out is fetched`() async throws {
        try await stage.post()
        for _ in 1..<RecordingFetcher.refusalLimit {
            stage.telegram.script("getFile", .refusal(400, "Bad Request: file is temporarily unavailable"))
        }
        stage.scriptLocation()
        stage.telegram.downloads.script(.file("sound"))

        try await stage.fetching {
            for _ in 1..<RecordingFetcher.refusalLimit { await stage.pass(FetchingStage.longPause) }
        }

        try await stage.expect(stage.stored("sound"))
        #expect(try await stage.toldOfFiles().isEmpty)
    }

    /// Troubles that are not the file's: however often they come, the file is waited for.
    @Test(
        arguments: [
            .refusal(401, "Unauthorized"), .refusal(500, "Internal Server Error: restart"), .broken(wasSent: false),
            .broken(wasSent: true), .raw(status: 502, body: "<html>Bad Gateway</html>"), .raw(status: 200, body: "?"),
            .result(#"{"file_id":"x","file_unique_id":"y"}"#),
        ] as [ScriptedBotAPI.Answer]
    )
    func `a trouble of Telegram's or of the network is not the file's fault`(
        trouble: ScriptedBotAPI.Answer
    ) async throws {
        try await stage.post()
        for _ in 1...7 { stage.telegram.script("getFile", trouble) }
        stage.scriptLocation()
        stage.telegram.downloads.script(.file("sound"))

        try await stage.fetching {
            for _ in 1...7 { await stage.pass(FetchingStage.longPause) }
        }

        #expect(stage.asked.count == 8)
        try await stage.expect(stage.stored("sound"))
        #expect(try await stage.toldOfFiles().isEmpty)
    }

    @Test func `attempts come at growing intervals`() async throws {
        try await stage.post()
        for _ in 1...3 { stage.telegram.script("getFile", .broken(wasSent: false)) }

        try await stage.fetching {
            await stage.pass(.milliseconds(1_999))
            #expect(stage.asked.count == 1)
            await stage.pass(.milliseconds(1))
            #expect(stage.asked.count == 2)
            await stage.pass(.milliseconds(1_999))
            #expect(stage.asked.count == 2)
            await stage.pass(.seconds(2.001))
            #expect(stage.asked.count == 3)
        }
    }

    @Test func `Telegram's wish to wait is obeyed`() async throws {
        try await stage.post()
        let wait = #"{"retry_after":30}"#
        stage.telegram.script("getFile", .refusal(429, "Too Many Requests: retry after 30", parameters: wait))
        stage.scriptLocation()
        stage.telegram.downloads.script(.file("sound"))

        try await stage.fetching {
            await stage.pass(.milliseconds(29_999))
            #expect(stage.asked.count == 1)
            await stage.pass(.milliseconds(1))
            await stage.pass(.seconds(2))
            #expect(stage.asked.count == 2)
        }

        try await stage.expect(stage.stored("sound"))
    }

    @Test func `a file of another size than announced is thrown away and fetched anew`() async throws {
        try await stage.post()
        stage.scriptLocation(bytes: 5, times: 2)
        stage.telegram.downloads.script(.file("sou"), .file("sound"))

        try await stage.fetching { await stage.pass(FetchingStage.longPause) }

        try await stage.expect(stage.stored("sound"))
        #expect(stage.telegram.downloads.calls.map(\.resumedFrom) == [0, 0])
    }

    @Test func `a media folder that fails loses nothing, and nothing is fetched twice`() async throws {
        try await stage.post()
        stage.shelf.fail(7)
        stage.scriptLocation(times: 8)
        for _ in 1...8 { stage.telegram.downloads.script(.file("sound")) }

        try await stage.fetching {
            for _ in 1...6 { await stage.pass(FetchingStage.longPause) }
            try await stage.expect(.awaited)
            await stage.pass(FetchingStage.longPause)
        }

        try await stage.expect(stage.stored("sound"))
        #expect(stage.telegram.downloads.calls.map(\.resumedFrom) == [0] + Array(repeating: 5, count: 7))
        #expect(try await stage.toldOfFiles().isEmpty)
    }

    @Test func `a file that cannot be had holds up no other`() async throws {
        for number in Int64(1)...4 { try await stage.post(number) }
        for _ in 1...3 { stage.telegram.script("getFile", .broken(wasSent: false)) }
        stage.scriptLocation()
        stage.telegram.downloads.script(.file("sound"))
        stage.scriptLocation(times: 3)
        for _ in 1...3 { stage.telegram.downloads.script(.file("others")) }

        try await stage.fetching {
            await stage.pass(.seconds(30))
            try await stage.expect(stage.stored("sound"), of: 4)
        }
    }

    @Test func `many recordings that only another bot can fetch hold up none of this one`() async throws {
        for number in Int64(1)...230 {
            let id = try await stage.post(number)
            if number < 230 { try await stage.talk.change(id) { $0.recordings[0].fileIDs = ["recorder": "x"] } }
        }
        stage.scriptLocation()
        stage.telegram.downloads.script(.file("sound"))

        try await stage.fetching { await stage.pass(.seconds(2)) }

        try await stage.expect(stage.stored("sound"), of: 230)
    }

    @Test func `a store that is down for a while loses no recording`() async throws {
        try await stage.post()
        stage.talk.club.store.setOutage(.unavailable(source: "memory", code: 1))
        stage.scriptLocation()
        stage.telegram.downloads.script(.file("sound"))

        try await stage.fetching {
            await stage.pass(.seconds(2))
            #expect(stage.asked.isEmpty)
            stage.talk.club.store.setOutage(nil)
            await stage.pass(.seconds(2))
        }

        try await stage.expect(stage.stored("sound"))
    }
}

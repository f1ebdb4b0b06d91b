import Foundation
import Testing

@testable import Sandbox

@Suite struct GetUpdatesTests {
    @Test(arguments: [("0", 1), ("-5", 1), ("3", 3), ("1000", 12), ("x", 1), (nil, 12)] as [(String?, Int)])
    func `the limit is clamped`(_ limit: String?, _ count: Int) throws {
        var stage = try ClubStage()
        for number in 0..<12 { _ = try stage.say("text \(number)") }
        let values = limit.map { ["limit": $0] } ?? [:]
        #expect(stage.result(.getUpdates, values)?.elements?.count == count)
    }

    @Test(arguments: [
        (pause: 0.4, timeout: "0", limit: 1, held: 3),
        (pause: 1.0, timeout: "0", limit: 100, held: 3),
        (pause: 3.0, timeout: "0", limit: 100, held: 0),
        (pause: 1.0, timeout: "30", limit: 100, held: 30),
        (pause: 9.0, timeout: "99", limit: 100, held: 50),
    ])
    func `a hasty poll with the same offset is slowed and cut`(
        _ pause: Double,
        _ timeout: String,
        _ limit: Int,
        _ held: Int
    ) throws {
        var stage = try ClubStage()
        stage.world.settings.surprisesPollers = true
        _ = stage.call(.getUpdates)
        stage.now.addTimeInterval(pause)
        let arguments = Arguments(["timeout": timeout])
        let outcome = stage.world.handle(
            BotCall(bot: ClubStage.bot, method: .getUpdates, arguments: arguments, now: stage.now)
        )
        switch outcome {
        case .hold(let request):
            #expect(request == HeldRequest(offset: 0, limit: limit, timeout: .seconds(held)))
        case .answer(let answer):
            #expect(held == 0)
            #expect(answer == .success(.array([])))
        }
    }

    @Test func `the first hasty answer holds one update only`() throws {
        var stage = try ClubStage()
        stage.world.settings.surprisesPollers = true
        for text in ["a", "b"] { _ = try stage.say(text) }
        #expect(stage.result(.getUpdates)?.elements?.count == 2)
        #expect(stage.result(.getUpdates)?.elements?.count == 1)
    }

    @Test func `kinds that were not asked for are not queued, and the choice stays`() throws {
        var stage = try ClubStage()
        _ = stage.call(.getUpdates, ["allowed_updates": "[\"MESSAGE\",\"nonsense\"]"])
        _ = try stage.postVoice()
        _ = stage.call(.getUpdates, ["allowed_updates": "no list"])
        _ = try stage.say("hello")
        #expect(stage.updates().compactMap { $0.at("message.text")?.string } == ["hello"])
        #expect(stage.result(.getWebhookInfo)?["allowed_updates"] == .array(["message"]))
    }

    @Test func `an empty list brings the default kinds back`() throws {
        var stage = try ClubStage()
        _ = stage.call(.getUpdates, ["allowed_updates": "[\"poll\"]"])
        _ = stage.call(.getUpdates, ["allowed_updates": "[]"])
        _ = try stage.say("hello")
        #expect(stage.updates().count == 1)
        #expect(stage.result(.getWebhookInfo)?["allowed_updates"] == nil)
    }

    @Test func `updates that are queued already survive another choice`() throws {
        var stage = try ClubStage()
        _ = try stage.say("hello")
        _ = stage.call(.getUpdates, ["allowed_updates": "[\"poll\"]"])
        #expect(stage.updates().count == 1)
    }

    @Test func `with a webhook there is no polling`() throws {
        var stage = try ClubStage()
        #expect(stage.failure(.setWebhook, ["url": "http://e.org"])?.hasPrefix("Bad Request: bad webhook:") == true)
        #expect(
            stage.call(.setWebhook, ["url": "https://e.org/x"]) == .success(true, description: "Webhook was set")
        )
        #expect(
            stage.failure(.getUpdates)
                == "Conflict: can't use getUpdates method while webhook is active; "
                + "use deleteWebhook to delete the webhook first"
        )
        #expect(stage.failure(.setWebhook, ["url": "https://e.org/x"]) == "Too Many Requests: retry after 1")
        stage.now.addTimeInterval(2)
        let again = stage.call(.setWebhook, ["url": "https://e.org/x"])
        #expect(again == .success(true, description: "Webhook is already set"))
        #expect(stage.result(.getWebhookInfo)?["url"] == "https://e.org/x")
        #expect(stage.call(.deleteWebhook) == .success(true, description: "Webhook was deleted"))
        #expect(stage.call(.deleteWebhook) == .success(true, description: "Webhook is already deleted"))
    }

    @Test func `pending updates are dropped only when asked for`() throws {
        var stage = try ClubStage()
        _ = try stage.say("hello")
        _ = stage.call(.deleteWebhook)
        #expect(stage.result(.getWebhookInfo)?["pending_update_count"] == 1)
        _ = stage.call(.deleteWebhook, ["drop_pending_updates": "true"])
        #expect(stage.result(.getWebhookInfo)?["pending_update_count"] == 0)
    }
}

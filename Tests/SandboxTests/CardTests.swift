import Testing

@testable import Sandbox

/// Places, contacts, dice, animations and stickers.
@Suite struct CardTests {
    private static let chat = "\(ClubStage.member)"

    @Test func `a venue shows its place twice, in the server's order`() throws {
        var stage = try ClubStage()
        let sent = stage.result(
            .sendVenue,
            ["chat_id": Self.chat, "latitude": "55.75", "longitude": "37.5", "title": "Club", "address": "Street 1"]
        )
        let place = #"{"latitude":55.75,"longitude":37.5}"#
        #expect(sent?["venue"]?.text == #"{"location":\#(place),"title":"Club","address":"Street 1"}"#)
        #expect(sent?["location"]?.text == place)
    }

    @Test func `a contact and a die are messages like others`() throws {
        var stage = try ClubStage()
        let person = ["chat_id": Self.chat, "phone_number": "+7", "first_name": "Anna"]
        #expect(stage.result(.sendContact, person)?.at("contact.first_name") == "Anna")
        for (emoji, faces) in [("🎲", 6), ("⚽️", 5), ("🎰", 64)] {
            let die = stage.result(.sendDice, ["chat_id": Self.chat, "emoji": emoji])?["dice"]
            #expect((1...faces).contains(Int(try #require(die?["value"]?.integer))))
        }
    }

    @Test(arguments: [
        (BotMethod.sendLocation, ["longitude": "1"], "latitude is empty"),
        (.sendLocation, ["latitude": "91", "longitude": "1"], "wrong latitude specified"),
        (.sendVenue, ["latitude": "1", "longitude": "1", "title": "x"], "VENUE_TITLE_EMPTY"),
        (.sendContact, ["first_name": "x"], "PHONE_NUMBER_INVALID"),
        (.sendDice, ["emoji": "🙈"], "EMOTICON_INVALID"),
    ])
    func `what is missing is named`(_ method: BotMethod, _ values: [String: String], _ error: String) throws {
        var stage = try ClubStage()
        let failure = stage.failure(method, values.merging(["chat_id": Self.chat]) { $1 })
        #expect(failure == "Bad Request: " + error)
    }

    @Test func `an animation is a document for older bots, and is sent again by its id`() throws {
        var stage = try ClubStage()
        let upload = Upload(key: 41, size: 9, name: "a.mp4")
        let sent = stage.result(
            .sendAnimation,
            ["chat_id": Self.chat, "caption": "c", "duration": "3"],
            uploads: ["animation": upload]
        )
        #expect(sent?.at("animation.duration") == 3 && sent?["caption"] == "c")
        let id = try #require(sent?.at("document.file_id")?.string)
        #expect(
            stage.result(.sendAnimation, ["chat_id": Self.chat, "animation": id])?.at("animation.file_name") == "a.mp4"
        )
        #expect(
            stage.failure(.sendVideo, ["chat_id": Self.chat, "video": id])
                == "Bad Request: can't use file of type Animation as Video"
        )
    }

    @Test(arguments: [("s.webp", false, false), ("s.tgs", true, false), ("s.webm", false, true)])
    func `a sticker says of which kind it is`(_ name: String, _ isAnimated: Bool, _ isVideo: Bool) throws {
        var stage = try ClubStage()
        let uploads = ["sticker": Upload(key: 41, size: 9, name: name)]
        let sent = stage.result(.sendSticker, ["chat_id": Self.chat, "emoji": "🔥"], uploads: uploads)?["sticker"]
        #expect(sent?["emoji"] == "🔥" && sent?["width"] == 512)
        #expect(sent?["is_animated"] == .bool(isAnimated) && sent?["is_video"] == .bool(isVideo))
    }

    @Test func `an inline result may be a place`() throws {
        var stage = try ClubStage()
        let query = try stage.world.ask("q", of: ClubStage.bot, by: ClubStage.member, in: nil, now: stage.now)
        let venue = #"{"type":"venue","id":"v","title":"Club","address":"S","latitude":1.5,"longitude":2.5}"#
        _ = stage.call(.answerInlineQuery, ["inline_query_id": query.id, "results": "[\(venue)]"])
        let sent = try stage.world.choose(
            "v",
            of: query.id,
            by: ClubStage.member,
            in: ClubStage.memberChat,
            now: stage.now
        )
        #expect(stage.world.json(of: sent, for: ClubStage.bot).at("venue.title") == "Club")
    }
}

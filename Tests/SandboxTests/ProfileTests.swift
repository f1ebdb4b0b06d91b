import Testing

@testable import Sandbox

@Suite struct ProfileTests {
    private static let commands = #"[{"command":"start","description":"Begin"}]"#

    @Test func `commands are kept by scope and language`() throws {
        var stage = try ClubStage()
        _ = stage.call(.setMyCommands, ["commands": Self.commands])
        let russian = #"[{"command":"start","description":"Начать"}]"#
        _ = stage.call(.setMyCommands, ["commands": russian, "language_code": "ru"])
        let own = #"[{"command":"own","description":"Own"}]"#
        let scope = #"{"type":"chat","chat_id":\#(ClubStage.stranger)}"#
        _ = stage.call(.setMyCommands, ["commands": own, "scope": scope])
        #expect(stage.result(.getMyCommands) == JSON(parsing: Self.commands))
        let people = stage.world.people
        let shown = try [ClubStage.member, ClubStage.stranger].map { id in
            stage.world.commands(of: ClubStage.bot, for: try #require(people[id])).first?["description"]
        }
        #expect(shown == ["Начать", "Own"])
        _ = stage.call(.deleteMyCommands)
        #expect(stage.result(.getMyCommands) == .array([]))
    }

    @Test(arguments: [
        (["commands": "x"], "Bad Request: can't parse commands JSON object"),
        (["commands": "[1]"], "Bad Request: can't parse BotCommand: expected an Object"),
        (["commands": #"[{"command":"Start!","description":"x"}]"#], "Bad Request: BOT_COMMAND_INVALID"),
        (["commands": #"[{"command":"start","description":""}]"#], "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"),
        (["commands": commands, "language_code": "xyz"], "Bad Request: LANG_CODE_INVALID"),
    ])
    func `wrong commands are refused`(_ values: [String: String], _ error: String) throws {
        var stage = try ClubStage()
        #expect(stage.failure(.setMyCommands, values) == error)
    }

    @Test func `the menu button of a person goes before that of all`() throws {
        var stage = try ClubStage()
        let app = #"{"type":"web_app","text":"Open","web_app":{"url":"https://e.org"}}"#
        #expect(stage.result(.setChatMenuButton, ["menu_button": app]) == true)
        let person = ["chat_id": "\(ClubStage.member)"]
        #expect(stage.result(.getChatMenuButton, person)?["type"] == "web_app")
        _ = stage.call(.setChatMenuButton, person.merging(["menu_button": #"{"type":"commands"}"#]) { $1 })
        #expect(stage.result(.getChatMenuButton, person)?["type"] == "commands")
        #expect(
            stage.failure(.setChatMenuButton, ["menu_button": "x"]) == "Bad Request: can't parse MenuButton JSON object"
        )
    }

    @Test func `descriptions are kept by language`() throws {
        var stage = try ClubStage()
        _ = stage.call(.setMyDescription, ["description": "All"])
        _ = stage.call(.setMyDescription, ["description": "Все", "language_code": "ru"])
        #expect(stage.result(.getMyDescription, ["language_code": "ru"])?["description"] == "Все")
        #expect(stage.result(.getMyDescription, ["language_code": "de"])?["description"] == "All")
        #expect(stage.result(.getMyShortDescription)?["short_description"] == "")
    }
}

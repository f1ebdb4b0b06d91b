import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// The menus and the help, made of one list.
struct CommandMenuTests {
    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
        _ = try await talk.club.takeOutbox()
    }

    /// The menu calls that wait to be sent.
    private func menus() async throws -> [OutgoingCall] {
        var calls: [OutgoingCall] = []
        for draft in try await talk.club.takeOutbox() where draft.body == .notice(.menuChanged) {
            calls += [try await talk.composer.reply(.menuChanged, in: draft.chat)?.call(in: draft.chat)].compactMap {
                $0
            }
        }
        return calls
    }

    private func commands(_ call: OutgoingCall?) -> [String]? {
        guard case .setMyCommands(let menu) = call else { return nil }
        return menu.commands.map(\.command)
    }

    private func decide(_ decision: MemberDecision, _ visitor: Visitor = .member) async throws {
        _ = try await talk.club.directory.decide(
            decision,
            about: talk.member(visitor).id,
            by: talk.member(.owner),
            cause: talk.club.cause("decide \(UUID())")
        )
    }

    @Test func `every command has a phrase in each language that Telegram takes`() {
        for command in MenuCommand.allCases {
            #expect(command.rawValue.wholeMatch(of: /[a-z0-9_]{1,32}/) != nil)
            for language in Language.allCases {
                let what = talk.club.phrases.label(command.phraseKey, language)
                #expect(what != command.phraseKey)
                #expect((1...256).contains(what.count))
            }
        }
        for language in Language.allCases {
            #expect(talk.club.phrases.text(BotPhrase.botDescription, language).count <= 512)
            #expect(talk.club.phrases.text(BotPhrase.botShortDescription, language).count <= 120)
        }
    }

    @Test func `every command of the list is understood`() async throws {
        let unknown = try talk.words(.unknownCommand)
        for command in MenuCommand.allCases {
            let seen = try await talk.says("/\(command.rawValue)", .owner)
            #expect(try seen.screens.allSatisfy { try !$0.text.contains(unknown) }, "\(command)")
        }
    }

    @Test func `the help has exactly the commands of one's menu`() async throws {
        for (visitor, role) in [(Visitor.member, Role.member), (.owner, .owner)] {
            let text = try await talk.says("/help", visitor).screen.text
            for command in MenuCommand.allCases {
                #expect(text.contains("\n/\(command.rawValue) — ") == (command.leastRole <= role), "\(command)")
            }
        }
    }

    @Test func `a new role brings its menu, and losing it takes the menu away`() async throws {
        try await decide(.makeAdmin)
        #expect(commands(try await menus().first) == MenuCommand.open(to: .admin).map(\.rawValue))
        try await decide(.makeHost)
        #expect(commands(try await menus().first) == MenuCommand.open(to: .host).map(\.rawValue))
        try await decide(.makeMember)
        #expect(try await menus() == [.deleteMyCommands(DeleteMyCommands(scope: .chat(Visitor.member.chat)))])
        try await decide(.makeAdmin)
        _ = try await menus()
        try await decide(.ban)
        #expect(try await menus() == [.deleteMyCommands(DeleteMyCommands(scope: .chat(Visitor.member.chat)))])
    }

    @Test func `a chosen language brings a menu in it, and giving it up takes the menu away`() async throws {
        _ = try await talk.taps(.personal(.choose(.language(.en))), .member)
        guard case .setMyCommands(let menu) = try #require(try await menus().first) else {
            Issue.record("there is no menu")
            return
        }
        #expect(menu.scope == .chat(Visitor.member.chat))
        #expect(menu.languageCode == nil)
        #expect(menu.commands.first?.description == talk.club.phrases.label(MenuCommand.live.phraseKey, .en))
        _ = try await talk.taps(.personal(.choose(.language(nil))), .member)
        #expect(try await menus() == [.deleteMyCommands(DeleteMyCommands(scope: .chat(Visitor.member.chat)))])
        // Another setting changes no menu.
        _ = try await talk.says("/settings quiet 1-2", .member)
        #expect(try await menus().isEmpty)
    }

    @Test func `an admin whose Telegram speaks another language now gets the menu in it`() async throws {
        var owner = Visitor.owner
        owner.language = .en
        _ = try await talk.says("/help", owner)
        guard case .setMyCommands(let menu) = try #require(try await menus().first) else {
            Issue.record("there is no menu")
            return
        }
        #expect(menu.commands.last?.description == talk.club.phrases.label(MenuCommand.split.phraseKey, .en))
        _ = try await talk.says("/help", owner)
        #expect(try await menus().isEmpty)
    }

    @Test func `at the start all menus are set, those of single members once for each edition`() async throws {
        let telegram = ScriptedBotAPI()
        for _ in 1...2 {
            for _ in 1...6 { telegram.script("setMyCommands", .result("true")) }
            for _ in 1...3 {
                telegram.script("setMyDescription", .result("true"))
                telegram.script("setMyShortDescription", .result("true"))
            }
            try await announcer(telegram).announce()
        }
        let scopes = telegram.calls.filter { $0.method == "setMyCommands" }.prefix(6)
        #expect(scopes.filter { $0.parameters.contains(#""type":"default""#) }.count == 3)
        #expect(scopes.filter { $0.parameters.contains(#""type":"all_private_chats""#) }.count == 3)
        #expect(scopes.compactMap { $0.parameter("language_code") } == ["ru", "en", "ru", "en"])
        #expect(commands(try await menus().first) == MenuCommand.open(to: .owner).map(\.rawValue))
        #expect(try await menus().isEmpty)
    }

    @Test func `a Telegram that takes no menu stops nothing`() async throws {
        let telegram = ScriptedBotAPI()
        telegram.disturb(.refusal(400, "Bad Request: no"))
        try await announcer(telegram).announce()
        #expect(telegram.calls.count == 12)
        #expect(try await menus().count == 1)
    }

    @Test func `a menu that Telegram cannot take now is taken later, and not before it asks for`() async throws {
        let telegram = ScriptedBotAPI()
        telegram.script(
            "setMyCommands",
            .refusal(429, "Too Many Requests", parameters: #"{"retry_after":40}"#),
            .raw(status: 502, body: "<html>")
        )
        for _ in 1...6 { telegram.script("setMyCommands", .result("true")) }
        for _ in 1...3 {
            telegram.script("setMyDescription", .result("true"))
            telegram.script("setMyShortDescription", .result("true"))
        }
        let announcer = try announcer(telegram)
        let announcing = Task { await announcer.announce() }
        let clock = talk.club.clock
        await clock.waitForSleepers(1)
        clock.advance(by: .seconds(39))
        #expect(telegram.calls.count == 1)
        clock.advance(by: .seconds(1))
        await telegram.waitForCalls(2)
        await clock.waitForSleepers(1)
        clock.advance(by: .seconds(1))
        await announcing.value
        #expect(telegram.calls.count == 14)
    }

    private func announcer(_ telegram: ScriptedBotAPI) throws -> MenuAnnouncer {
        MenuAnnouncer(
            api: try telegram.api(),
            store: talk.club.store,
            menu: CommandMenu(phrases: talk.club.phrases),
            language: ClubLanguage(store: talk.club.store, setting: .ru),
            clock: talk.club.clock,
            logger: talk.club.logger
        )
    }
}

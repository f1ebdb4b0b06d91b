import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// What a member gets for greetings, help and the newest episodes.
struct MemberMenuTests {
    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
    }

    private let visitors: [Visitor] = [.member, .englishMember]

    @Test func `/start greets a member by name, with the ways to go on`() async throws {
        for visitor in visitors {
            let screen = try await talk.says("/start", visitor).screen

            #expect(try screen.text == talk.words(.startMember, visitor.language, ["name": visitor.name]))
            #expect(
                screen.labels
                    == [
                        [talk.label(.buttonLatest, visitor.language), talk.label(.buttonLibrary, visitor.language)],
                        [talk.label(.buttonHelp, visitor.language)],
                    ]
            )
        }
    }

    /// What members are told there is.
    private func help(_ language: Language, heading: BotPhrase = .helpMember) throws -> String {
        let lines = CommandMenu(phrases: talk.club.phrases).lines(from: .member, to: .member, language)
        let parts = [
            try talk.words(heading, language), try TelegramText(lines.source).plain,
            try talk.words(.helpSearch, language),
        ]
        return parts.joined(separator: "\n\n")
    }

    @Test func `/help tells members what there is, and admins more`() async throws {
        for visitor in visitors {
            let screen = try await talk.says("/help", visitor).screen
            #expect(try screen.text == help(visitor.language))
        }

        let admin = try await talk.says("/help", .owner).screen.text
        #expect(try admin.hasPrefix(help(.ru)))
        #expect(try admin.contains(talk.words(.helpAdmin)) && admin.contains(talk.words(.helpRecordings)))
        #expect(try await talk.taps(.help, .owner).screen.text == admin)
    }

    @Test(arguments: ["/nothing", "/", "/start@another_bot", "/лучшее"])
    func `an unknown command is answered with what there is`(text: String) async throws {
        for visitor in visitors {
            let seen = try await talk.says(text, visitor)

            #expect(try seen.screen.text == help(visitor.language, heading: .unknownCommand))
        }
    }

    @Test(arguments: ["sticker", "photo", "voice", "location"])
    func `what has no text is answered with what the bot understands`(kind: String) async throws {
        let content: [String: Any] = kind == "photo" ? [kind: [[String: Any]]()] : [kind: ["file_id": "x"]]

        let seen = try await talk.handle(talk.message(from: .englishMember, content))

        #expect(try seen.screen.text == talk.words(.noText, .en))
    }

    @Test func `/latest without an episode says when there will be one`() async throws {
        for visitor in visitors {
            let screen = try await talk.says("/latest", visitor).screen
            #expect(try screen.text == talk.words(.latestEmpty, visitor.language))
            #expect(screen.rows.isEmpty)
        }
    }

    @Test func `/latest is the newest episode, and buttons lead to older and newer ones`() async throws {
        try await talk.postEpisodes(3)
        let play = talk.label(.buttonPlay)
        let web = talk.label(.buttonOpenWeb)
        let thanks = [talk.label(ThanksPhrase.button)]

        let third = try await talk.says("/latest", .member).screen
        #expect(try TelegramText(third.source).bold == ["Episode 3"])
        #expect(third.changed == nil)
        #expect(third.labels == [[play, web], thanks, [talk.label(.buttonOlder)]])

        let second = try await talk.taps(.buttonOlder, of: third, .member).screen
        #expect(try TelegramText(second.source).bold == ["Episode 2"])
        #expect(second.changed == BotTalk.tapped)
        #expect(second.labels == [[play, web], thanks, [talk.label(.buttonNewer), talk.label(.buttonOlder)]])

        let first = try await talk.taps(.buttonOlder, of: second, .member).screen
        #expect(try TelegramText(first.source).bold == ["Episode 1"])
        #expect(first.labels == [[play, web], thanks, [talk.label(.buttonNewer)]])

        let again = try await talk.taps(.buttonNewer, of: first, .member).screen
        #expect(again.source == second.source)
    }

    @Test func `going back beyond the oldest episode begins at the newest again`() async throws {
        try await talk.postEpisodes(2)

        let screen = try await talk.taps(.latest(9), .member).screen

        #expect(try TelegramText(screen.source).bold == ["Episode 2"])
        #expect(screen.labels.last == [talk.label(.buttonOlder)])
    }

    @Test func `the newest episode is the one that was posted last, not the one that arrived last`() async throws {
        try await talk.post(7, "Posted later")
        try await talk.post(6, "Posted earlier")

        #expect(try await TelegramText(talk.says("/latest", .member).screen.source).bold == ["Posted later"])
    }

    @Test(arguments: ["drop table", "p:../../etc", "d:y", "", nil] as [String?])
    func `a button that means nothing any more says so`(data: String?) async throws {
        for visitor in visitors {
            let seen = try await talk.handle(talk.tap(data, by: visitor))

            #expect(seen.calls.count == 1)
            #expect(try seen.toast.text == talk.label(.toastStaleButton, visitor.language))
            #expect(try seen.toast.showAlert == true)
        }
    }

    @Test func `a tap under a message that Telegram does not name is answered with a new message`() async throws {
        let seen = try await talk.handle(talk.tap(Button.help.data, by: .member, message: nil))

        #expect(try seen.screen.changed == nil)
        #expect(try seen.screen.chat == Visitor.member.id)
        #expect(try seen.screen.text == help(.ru))
    }

    @Test func `who has taken another language is answered in it at once`() async throws {
        var visitor = Visitor.member
        visitor.language = .en

        #expect(try await talk.says("/help", visitor).screen.text == help(.en))
        #expect(try await talk.member(visitor).language == .en)
    }
}

import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// `/settings`: one message whose buttons change it.
struct SettingsTests {
    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
    }

    private func label(of language: Language?, in reader: Language) -> String {
        language.map { talk.club.phrases.label($0.nameKey, reader) }
            ?? talk.label(PersonalPhrase.languageOfMessenger, reader)
    }

    @Test func `a chosen language holds at once and at the next message, whatever Telegram says`() async throws {
        let screen = try await talk.says("/settings", .member).screen
        let english = try await talk.taps(label: "English", of: screen, .member).screen
        #expect(english.changed == BotTalk.tapped)
        #expect(english.labels[0] == ["As in Telegram", "Русский", "✅ English"])
        #expect(try await talk.says("/latest", .member).screen.text == talk.words(.latestEmpty, .en))
        #expect(try await talk.member(.member).language == .en)

        let back = try await talk.taps(label: "As in Telegram", of: english, .member).screen
        #expect(back.labels[0] == ["✅ Как в Telegram", "Русский", "English"])
        #expect(try await talk.says("/latest", .member).screen.text == talk.words(.latestEmpty, .ru))
    }

    @Test func `refusals and notices come in the chosen language, too`() async throws {
        _ = try await talk.taps(.personal(.choose(.language(.en))), .member)
        #expect(try await talk.says("/search", .member).screen.text == talk.refusal(.nothingToSearch, .en))
        let member = try await talk.member(.member)
        _ = try await talk.club.directory.decide(
            .makeHost,
            about: member.id,
            by: talk.member(.owner),
            cause: talk.club.cause("host")
        )
        let told = try #require(try await talk.told().last)
        let role = talk.club.phrases.label(Role.host.phraseKey, .en)
        #expect(try told.text == talk.words(AdminPhrase.toldRole, .en, ["role": role]))
    }

    @Test func `who said nothing is told of no new episodes, and a switch changes that`() async throws {
        let label = talk.club.phrases.label(NoticeKind.newEpisodes.labelKey, .ru)
        let screen = try await talk.says("/settings", .member).screen
        let on = try await talk.taps(label: "⬜️ \(label)", of: screen, .member).screen
        #expect(try await talk.member(.member).settings.wants(.newEpisodes))
        _ = try await talk.taps(label: "✅ \(label)", of: on, .member)
        #expect(try await talk.member(.member).settings == MemberSettings())
    }

    @Test func `what only admins are told only admins can switch`() async throws {
        let (admin, member) = (
            try await talk.says("/settings", .owner).screen, try await talk.says("/settings", .member).screen
        )
        for kind in NoticeKind.allCases where kind.leastRole == .admin {
            let label = talk.club.phrases.label(kind.labelKey, .ru)
            #expect(admin.labels.joined().contains("✅ \(label)"))
            #expect(!member.labels.joined().contains { $0.contains(label) })
        }
    }

    @Test func `quiet hours and their zone are chosen by buttons, one message for all`() async throws {
        let screen = try await talk.says("/settings", .member).screen
        let hours = try await talk.taps(PersonalPhrase.buttonHours, of: screen, .member).screen
        let chosen = try await talk.taps(label: "23:00–8:00", of: hours, .member).screen
        #expect(chosen.changed == BotTalk.tapped)
        #expect(try chosen.text.contains("23:00–8:00"))
        let zones = try await talk.taps(PersonalPhrase.buttonZone, of: chosen, .member).screen
        #expect(try await talk.taps(label: "Omsk", of: zones, .member).screen.text.contains("Omsk"))
        #expect(try await talk.taps(.buttonBack, of: zones, .member).screen.text.contains("Omsk"))
        let closed = try await talk.taps(PersonalPhrase.buttonClose, of: chosen, .member).screen
        #expect(closed.buttons.isEmpty)
        let settings = try await talk.member(.member).settings
        #expect(settings.quietHours == QuietHours("23-8"))
        #expect(settings.timeZone == "Asia/Omsk")
    }

    @Test func `quiet hours and zones can be typed`() async throws {
        #expect(try await talk.says("/settings quiet 23:30-7:15", .member).screen.text.contains("23:30–7:15"))
        #expect(try await talk.says("/settings zone Europe/Riga", .member).screen.text.contains("Riga"))
        #expect(try await talk.says("/settings zone Mars", .member).screen.text == talk.refusal(.unknownTimeZone))
        #expect(try await talk.says("/settings zone off", .member).screen.text.contains("Moscow"))
        _ = try await talk.says("/settings quiet off", .member)
        #expect(try await talk.member(.member).settings == MemberSettings())
        for text in ["/settings quiet", "/settings quiet late", "/settings noise 1-2"] {
            #expect(try await talk.says(text, .member).screen.text == talk.refusal(.unclearSetting))
        }
    }

    @Test func `strangers have no settings`() async throws {
        #expect(try await talk.says("/settings", .stranger).screen.text == talk.refusal(.notAMember))
        #expect(try await talk.says("/settings quiet 1-2", .stranger).screen.text == talk.refusal(.notAMember))
        #expect(
            try await talk.taps(.personal(.choose(.language(.en))), .stranger).toast.text == talk.refusal(.notAMember)
        )
    }

    @Test func `every button is read as it was written, and fits`() {
        let hours = SettingsScreens.offeredHours.map { SettingChoice.quietHours($0) }
        let zones = SettingButton.offeredZones.map { SettingChoice.timeZone($0) }
        let notices = NoticeKind.allCases.flatMap { kind in
            [true, false].map { SettingChoice.notices(kind, isWanted: $0) }
        }
        let languages = ([nil] + Language.allCases).map { SettingChoice.language($0) }
        let choices = hours + zones + notices + languages + [.quietHours(nil), .timeZone(nil)]
        let buttons: [PersonalButton] =
            [.settings, .close, .hours, .zones, .leave(isConfirmed: true), .leave(isConfirmed: false)]
            + PersonalButton.ForgetStep.allCases.map { .forget($0) } + choices.map { .choose($0) }
        for button in buttons {
            let data = Button.personal(button).data
            #expect(Button(data: data) == .personal(button))
            #expect(data.utf8.count <= Button.dataLimit)
        }
        #expect(SettingsScreens.offeredHours.count == 5)
    }

    @Test(arguments: [
        "my:", "my", "my:x:y", "my:l:de", "my:n:new_episodes", "my:n:x:y", "my:q:1440-5", "my:q:5-5", "my:q:1",
        "my:z:a b",
        "my:f:z", "my:v:",
    ])
    func `data that no button of ours has is none`(data: String) {
        #expect(Button(data: data) == nil)
    }

    @Test func `the club's language is that of people who do not say theirs`() async throws {
        let screen = try await talk.says("/club", .owner).screen
        _ = try await talk.taps(label: "English", of: screen, .owner)
        let silent: [String: Any] = ["id": 90, "is_bot": false, "first_name": "Sam"]
        let entry = try talk.update(
            "message",
            ["message_id": 5, "date": 1, "from": silent, "chat": ["id": 90, "type": "private"], "text": "/start"]
        )
        #expect(try await talk.handle(entry).screen.text.hasPrefix(talk.words(.startStranger, .en, ["name": "Sam"])))
        #expect(
            try await talk.says("/start", .stranger).screen.text.hasPrefix(
                talk.words(.startStranger, .ru, ["name": "Stas"])
            )
        )
        #expect(try await talk.says("/audit", .owner).screen.text.contains("language"))
    }
}

import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// `/invite`, `/invites`, and coming in by a link; `/club`.
struct InvitesTests {
    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
    }

    /// Makes an invite, and gives what its link carries.
    private func invite(_ command: String = "/invite") async throws -> String {
        let seen = try await talk.says(command, .owner)
        let text = try #require(try seen.screens.first?.text)
        return try String(#require(text.firstMatch(of: /join-[a-z0-9]{26}/)).0)
    }

    @Test func `a link lets a stranger in, who is welcomed, and its maker is told`() async throws {
        let payload = try await invite()
        let seen = try await talk.says("/start \(payload)", .stranger)

        #expect(try seen.screen.text == talk.words(.joinWelcome, .ru, ["name": "Stas"]))
        #expect(try await talk.member(.stranger).isActive)
        let told = try #require(try await talk.told().first)
        #expect(told.chat == Visitor.owner.id)
        #expect(try told.text == talk.words(AdminPhrase.toldJoined, .ru, ["name": "Stas", "handle": " (@stas)"]))
        let other = Visitor(id: 31, name: "Late")
        #expect(try await talk.says("/start \(payload)", other).screen.text == talk.refusal(.inviteEnded))
    }

    @Test func `a member who opens a link is greeted`() async throws {
        let payload = try await invite()
        let seen = try await talk.says("/start \(payload)", .member)
        #expect(try seen.screen.text == talk.words(.startMember, .ru, ["name": "Mark"]))
        #expect(try await talk.says("/start \(payload)", .stranger).screens.count == 1)
        #expect(try await talk.member(.stranger).isActive)
    }

    @Test func `the list tells what is left, and a tap takes an invite back`() async throws {
        let payload = try await invite("/invite 10 3")
        _ = try await talk.says("/start \(payload)", .stranger)
        let list = try await talk.says("/invites", .owner).screen
        #expect(try list.text.contains("9 из 10"))
        #expect(try !list.text.contains(payload))

        let label = talk.club.phrases.text(AdminPhrase.buttonRevoke, .ru, ["number": "1"])
        let after = try await talk.taps(label: label, of: list, .owner)
        #expect(try after.screen.text == talk.words(AdminPhrase.invitesEmpty))
        let late = Visitor(id: 31, name: "Late")
        #expect(try await talk.says("/start \(payload)", late).screen.text == talk.refusal(.inviteEnded))
        #expect(try await talk.taps(label: label, of: list, .owner).toast.text == talk.refusal(.nothingToDecide))
    }

    @Test(arguments: ["/invite x", "/invite 0", "/invite 1 2 3", "/invite 1000", "/invite 1 365"])
    func `numbers that make no sense are explained`(command: String) async throws {
        #expect(try await talk.says(command, .owner).screen.text == talk.refusal(.inviteOutOfRange))
    }

    @Test func `a member makes no invites and changes no settings`() async throws {
        let refused = try await talk.refusal(.notAllowed)
        for command in ["/invite", "/invites", "/club", "/club Asia/Omsk"] {
            #expect(try await talk.says(command, .member).screen.text == refused)
        }
        let buttons: [AdminButton] = [
            .revokeInvite(InviteID(rawValue: "abc")), .setting(.overview), .setting(.zones),
            .setting(.zone("Asia/Omsk")), .setting(.joining(.request, isOpen: false)),
        ]
        for button in buttons {
            #expect(try await talk.taps(.admin(button), .member).toast.text == refused)
            #expect(Button(data: Button.admin(button).data) == .admin(button))
        }
    }

    @Test func `the settings are switched by buttons and by a typed zone`() async throws {
        let overview = try await talk.says("/club", .owner).screen
        #expect(try overview.text.contains("Europe/Moscow"))
        let request = talk.club.phrases.label(JoiningMode.request.labelKey, .ru)
        let closed = try await talk.taps(label: "✅ \(request)", of: overview, .owner).screen
        #expect(closed.labels.joined().contains("⬜️ \(request)"))
        #expect(try await talk.taps(.askToJoin, .stranger).toast.text == talk.refusal(.joiningClosed))

        let zones = try await talk.taps(AdminPhrase.buttonZone, of: closed, .owner).screen
        let omsk = try await talk.taps(label: "Omsk", of: zones, .owner).screen
        #expect(try omsk.text.contains("Asia/Omsk"))
        #expect(try await talk.says("/club Europe/Riga", .owner).screen.text.contains("Europe/Riga"))
        #expect(try await talk.says("/club Mars", .owner).screen.text == talk.refusal(.unknownTimeZone))
        #expect(try await talk.says("/audit", .owner).screen.text.contains("Asia/Omsk → Europe/Riga"))
    }

    @Test(arguments: ["a:i:", "a:i:A", "a:s", "a:s:", "a:s:x", "a:s:z:", "a:s:z:a b", "a:s:j:x:y", "a:s:j:request:1"])
    func `data that no button of ours has is none`(data: String) {
        #expect(Button(data: data) == nil)
    }

    @Test func `every zone that is offered is known and fits a button`() {
        for name in SettingButton.offeredZones {
            #expect(TimeZone.knownTimeZoneIdentifiers.contains(name))
            #expect(Button.admin(.setting(.zone(name))).data.utf8.count <= Button.dataLimit)
        }
    }
}

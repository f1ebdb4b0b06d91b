import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// `/leave`.
struct LeavingTests {
    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
    }

    @Test func `whoever leaves is out at once, everywhere, and may ask to come back`() async throws {
        let member = try await talk.member(.member)
        let (session, _) = try await talk.club.signIn.open(
            for: .id(member.id),
            way: .link,
            device: "Firefox",
            cause: talk.club.cause("in")
        )
        let question = try await talk.says("/leave", .member).screen
        let done = try await talk.taps(PersonalPhrase.buttonLeave, of: question, .member).screen
        #expect(try done.text == talk.words(PersonalPhrase.leaveDone))
        #expect(done.changed == BotTalk.tapped)

        #expect(try await talk.member(.member).membership == .left)
        await #expect(throws: ChangeFailure.refused(.notSignedIn)) {
            _ = try await talk.club.signIn.member(session: session.id)
        }
        #expect(
            try await talk.says("/latest", .member).screen.text.hasPrefix(
                talk.words(.startStranger, .ru, ["name": "Mark"])
            )
        )
        #expect(try await talk.taps(.askToJoin, .member).screen.text == talk.words(.joinAsked))
        let audit = try await talk.club.store.audit.list(after: nil, limit: 1).items
        #expect(audit.map(\.action) == [.memberLeft])
        #expect(audit.first?.actor == member.id)
    }

    @Test func `who stays after all stays`() async throws {
        let question = try await talk.says("/leave", .member).screen
        let kept = try await talk.taps(PersonalPhrase.buttonStay, of: question, .member).screen
        #expect(try kept.text == talk.words(PersonalPhrase.leaveKept))
        #expect(try await talk.member(.member).isActive)
    }

    @Test func `an admin who leaves loses role and menu`() async throws {
        let admin = Visitor(id: 40, name: "Ada")
        try await talk.admit(admin, role: .admin)
        _ = try await talk.club.takeOutbox()
        _ = try await talk.taps(.personal(.leave(isConfirmed: true)), admin)
        #expect(try await talk.member(admin).role == .member)
        #expect(try await talk.club.takeOutbox().map(\.body) == [.notice(.menuChanged)])
        let call = try await talk.composer.reply(.menuChanged, in: admin.chat)?.call(in: admin.chat)
        #expect(call == .deleteMyCommands(DeleteMyCommands(scope: .chat(admin.chat))))
    }

    @Test func `the owner cannot leave, and is told why`() async throws {
        #expect(try await talk.says("/leave", .owner).screen.text == talk.refusal(.ownerStays))
        #expect(
            try await talk.taps(.personal(.leave(isConfirmed: true)), .owner).toast.text == talk.refusal(.ownerStays)
        )
        #expect(try await talk.member(.owner).isActive)
    }

    @Test func `a second tap, and a stranger's, do no harm`() async throws {
        _ = try await talk.taps(.personal(.leave(isConfirmed: true)), .member)
        let again = try await talk.taps(.personal(.leave(isConfirmed: true)), .member).screen
        #expect(try again.text == talk.words(PersonalPhrase.leaveDone))
        #expect(
            try await talk.taps(.personal(.leave(isConfirmed: true)), .stranger).toast.text == talk.refusal(.notAMember)
        )
        #expect(try await talk.says("/leave", .stranger).screen.text == talk.refusal(.notAMember))
    }
}

import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Signing a browser in through the bot.
struct SignInLinkTests {
    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
    }

    private func start(device: String = "Firefox, Linux") async throws -> SignIn.Started {
        try await talk.club.signIn.start(device: device, cause: talk.club.cause("browser \(device)"))
    }

    /// Whether the browser that waits for the link is signed in, and as whom.
    private func redeemed(_ started: SignIn.Started) async throws -> MemberID? {
        switch try await talk.club.signIn.redeem(poll: started.poll, cause: talk.club.cause("redeem")) {
        case .waiting: nil
        case .signedIn(_, let member): member.id
        }
    }

    private func open(_ started: SignIn.Started, _ visitor: Visitor = .member) async throws -> Seen.Screen {
        try await talk.says("/start login-\(started.payload)", visitor).screen
    }

    private func expired(_ language: Language) -> String {
        talk.club.phrases.text(.linkExpired, language, zone: .gmt)
    }

    @Test func `the link asks, with device and number, and signs nobody in by itself`() async throws {
        let started = try await start(device: "<Firefox> & Co")

        for visitor in [Visitor.member, .englishMember] {
            let screen = try await open(started, visitor)
            let arguments = ["device": "<Firefox> & Co", "number": "\(started.number)"]
            #expect(try screen.text == talk.words(.signInQuestion, visitor.language, arguments))
            #expect(
                screen.labels
                    == [[talk.label(.buttonConfirm, visitor.language), talk.label(.buttonRefuse, visitor.language)]]
            )
        }
        #expect(try await redeemed(started) == nil)
    }

    @Test func `a confirmation signs the waiting browser in as the member who confirmed`() async throws {
        let started = try await start()
        let question = try await open(started, .englishMember)

        let seen = try await talk.taps(.buttonConfirm, of: question, .englishMember)

        #expect(try seen.screen.text == talk.words(.signInDone, .en, ["device": "Firefox, Linux"]))
        #expect(try seen.screen.changed == BotTalk.tapped)
        #expect(try seen.screen.rows.isEmpty)
        #expect(try await redeemed(started) == talk.member(.englishMember).id)
    }

    @Test func `a refusal signs nobody in, and the link is spent`() async throws {
        let started = try await start()
        let question = try await open(started)

        let seen = try await talk.taps(.buttonRefuse, of: question, .member)

        #expect(try seen.screen.text == talk.words(.signInRefused))
        #expect(try seen.screen.rows.isEmpty)
        let late = try await talk.taps(.buttonConfirm, of: question, .member)
        #expect(try late.toast.text == expired(.ru))
        #expect(late.screens.isEmpty)
        await #expect(throws: ChangeFailure.refused(.linkExpired)) { try await redeemed(started) }
    }

    @Test func `a link is good for five minutes`() async throws {
        let started = try await start()
        let question = try await open(started)

        talk.club.clock.advance(by: SignInLink.lifetime - .milliseconds(1))
        #expect(try await open(started).rows.count == 1)
        talk.club.clock.advance(by: .milliseconds(1))

        let again = try await open(started)
        #expect(try again.text == expired(.ru))
        #expect(again.rows.isEmpty)
        let confirmed = try await talk.taps(.buttonConfirm, of: question, .member)
        #expect(try confirmed.toast.text == expired(.ru))
        #expect(try confirmed.toast.showAlert == true)
    }

    @Test func `a link that was used is used up`() async throws {
        let started = try await start()
        let question = try await open(started)
        _ = try await talk.taps(.buttonConfirm, of: question, .member)
        _ = try await redeemed(started)

        #expect(try await open(started).text == expired(.ru))
        #expect(try await talk.taps(.buttonConfirm, of: question, .member).toast.text == expired(.ru))
    }

    @Test func `what one member has confirmed, another can neither take over nor refuse`() async throws {
        let started = try await start()
        let question = try await open(started, .englishMember)
        _ = try await talk.taps(.signIn(payload: started.payload, isConfirmed: true), .member)

        for label in [BotPhrase.buttonConfirm, .buttonRefuse] {
            let seen = try await talk.taps(label, of: question, .englishMember)
            #expect(try seen.toast.text == expired(.en))
        }

        #expect(try await redeemed(started) == talk.member(.member).id)
    }

    @Test func `a link that nobody made is no longer good`() async throws {
        let screen = try await talk.says("/start login-0abc", .englishMember).screen

        #expect(try screen.text == expired(.en))
        #expect(screen.rows.isEmpty)
    }

    @Test func `a stranger confirms nothing`() async throws {
        let started = try await start()

        _ = try await talk.taps(.signIn(payload: started.payload, isConfirmed: true), .stranger)

        #expect(try await redeemed(started) == nil)
    }
}

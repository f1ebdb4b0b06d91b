import Domain
import Foundation
import TestSupport
import Testing

/// One-time links onto a stage.
struct SpeakLinksTests {
    let store: MemoryClubStore
    let clock = ManualClock()
    let directory: MemberDirectory
    let signIn: SignIn
    let links: SpeakLinks
    let show = LiveSessionID(rawValue: "show")

    init() {
        store = MemoryClubStore(clock: clock)
        let ids = Fixtures.ids()
        let hasher = SecretHasher { "digest of \(String($0.reversed()))" }
        directory = MemberDirectory(store: store, clock: clock, ids: ids)
        signIn = SignIn(store: store, clock: clock, ids: ids, hasher: hasher)
        links = SpeakLinks(store: store, clock: clock, ids: ids, hasher: hasher)
    }

    private func cause(_ text: String) -> Cause { Cause(rawValue: text) }

    private func issued() async throws -> (member: Member, secret: String) {
        let member = try await directory.admit(Fixtures.person(2), cause: cause("member"))
        return (member, try await links.issue(for: member.id, in: show, until: clock.now.addingTimeInterval(60)))
    }

    private func redeem(_ secret: String, in session: LiveSessionID? = nil) async throws(ChangeFailure) -> Member {
        try await links.redeem(secret, in: session ?? show, cause: cause("redeem \(UUID())"))
    }

    @Test func `a link names its member once, however often it is looked at`() async throws {
        let (member, secret) = try await issued()
        for _ in 1...3 { #expect(try await links.isGood(secret, in: show)) }
        #expect(try await redeem(secret).id == member.id)
        #expect(try await !links.isGood(secret, in: show))
        await #expect(throws: ChangeFailure.refused(.speakLinkExpired)) { try await redeem(secret) }
    }

    @Test func `it is good for its show alone, and half a minute longer than the invitation`() async throws {
        let (_, secret) = try await issued()
        let other = LiveSessionID(rawValue: "other")
        #expect(try await !links.isGood(secret, in: other))
        await #expect(throws: ChangeFailure.refused(.speakLinkExpired)) { try await redeem(secret, in: other) }
        clock.advance(by: .seconds(89))
        #expect(try await links.isGood(secret, in: show))
        clock.advance(by: .seconds(1))
        await #expect(throws: ChangeFailure.refused(.speakLinkExpired)) { try await redeem(secret) }
    }

    @Test func `it signs nobody in, neither in the bot nor in a browser`() async throws {
        let (member, secret) = try await issued()
        for payload in [secret, "speak:\(show):\(secret)"] {
            await #expect(throws: ChangeFailure.refused(.linkExpired)) { try await signIn.link(payload: payload) }
            await #expect(throws: ChangeFailure.refused(.linkExpired)) {
                try await signIn.answer(payload: payload, isConfirmed: true, by: member, cause: cause("answer"))
            }
        }
        for poll in [secret, "speak-poll:\(secret)"] {
            await #expect(throws: ChangeFailure.refused(.linkExpired)) {
                try await signIn.redeem(poll: poll, cause: cause("poll"))
            }
        }
        #expect(try await redeem(secret).id == member.id)
    }

    @Test func `a sign-in link leads onto no stage`() async throws {
        let started = try await signIn.start(device: "Firefox", cause: cause("start"))
        await #expect(throws: ChangeFailure.refused(.speakLinkExpired)) { try await redeem(started.payload) }
        #expect(try await !links.isGood(started.payload, in: show))
    }

    @Test func `whoever has left or is banned comes onto no stage`() async throws {
        let (member, secret) = try await issued()
        _ = try await store.members.change(.id(member.id), cause: cause("ban")) { known in
            var banned = known ?? member
            banned.membership = .banned
            return Change(banned)
        }
        await #expect(throws: ChangeFailure.refused(.banned)) { try await redeem(secret) }
    }
}

import Domain
import Foundation
import TestSupport
import Testing

struct SignInTests {
    let store: MemoryClubStore
    let clock = ManualClock()
    let directory: MemberDirectory
    let signIn: SignIn

    init() {
        store = MemoryClubStore(clock: clock)
        let ids = Fixtures.ids()
        directory = MemberDirectory(store: store, clock: clock, ids: ids)
        signIn = SignIn(
            store: store,
            clock: clock,
            ids: ids,
            hasher: SecretHasher { "digest of \(String($0.reversed()))" }
        )
    }

    private func cause(_ text: String) -> Cause { Cause(rawValue: text) }

    @Test func `a confirmed link opens one session`() async throws {
        let member = try await directory.admit(Fixtures.person(2), cause: cause("member"))
        let started = try await signIn.start(device: "Firefox", cause: cause("1"))
        guard case .waiting = try await signIn.redeem(poll: started.poll, cause: cause("2")) else {
            Issue.record("nobody has confirmed yet")
            return
        }
        _ = try await signIn.answer(payload: started.payload, isConfirmed: true, by: member, cause: cause("3"))

        guard case .signedIn(let session, let who) = try await signIn.redeem(poll: started.poll, cause: cause("4"))
        else {
            Issue.record("it was confirmed")
            return
        }

        #expect(who.id == member.id)
        #expect(try await signIn.member(session: session.id).1.id == member.id)
        await #expect(throws: ChangeFailure.refused(.linkExpired)) {
            try await signIn.redeem(poll: started.poll, cause: cause("5"))
        }
    }

    @Test func `neither the link's payload nor the stored digests sign anybody in`() async throws {
        let member = try await directory.admit(Fixtures.person(2), cause: cause("member"))
        let started = try await signIn.start(device: "Firefox", cause: cause("1"))
        _ = try await signIn.answer(payload: started.payload, isConfirmed: true, by: member, cause: cause("2"))
        let link = try await signIn.link(payload: started.payload)

        for secret in [started.payload, link.id.rawValue, link.poll.rawValue] {
            await #expect(throws: ChangeFailure.refused(.linkExpired)) {
                try await signIn.redeem(poll: secret, cause: cause("3"))
            }
        }
    }

    @Test func `a refused link is dead`() async throws {
        let member = try await directory.admit(Fixtures.person(2), cause: cause("member"))
        let started = try await signIn.start(device: "Firefox", cause: cause("1"))
        _ = try await signIn.answer(payload: started.payload, isConfirmed: false, by: member, cause: cause("2"))

        await #expect(throws: ChangeFailure.refused(.linkExpired)) {
            try await signIn.redeem(poll: started.poll, cause: cause("3"))
        }
        await #expect(throws: ChangeFailure.refused(.linkExpired)) {
            try await signIn.answer(payload: started.payload, isConfirmed: true, by: member, cause: cause("4"))
        }
    }

    @Test func `a link is good for five minutes`() async throws {
        let started = try await signIn.start(device: "Firefox", cause: cause("1"))

        clock.advance(by: .seconds(299))
        #expect(try await signIn.link(payload: started.payload).number == started.number)
        clock.advance(by: .seconds(1))
        await #expect(throws: ChangeFailure.refused(.linkExpired)) {
            try await signIn.link(payload: started.payload)
        }
    }

    @Test func `a link that one member confirmed is no other member's`() async throws {
        let one = try await directory.admit(Fixtures.person(2), cause: cause("one"))
        let other = try await directory.admit(Fixtures.person(3), cause: cause("other"))
        let started = try await signIn.start(device: "Firefox", cause: cause("1"))
        _ = try await signIn.answer(payload: started.payload, isConfirmed: true, by: one, cause: cause("2"))

        await #expect(throws: ChangeFailure.refused(.linkExpired)) {
            try await signIn.answer(payload: started.payload, isConfirmed: true, by: other, cause: cause("3"))
        }
    }

    @Test func `who has not been let in is not signed in`() async throws {
        let asked = try await directory.askToJoin(Fixtures.person(5), cause: cause("1"))

        await #expect(throws: ChangeFailure.refused(.notAMember)) {
            try await signIn.open(for: .id(asked.id), way: .miniApp, device: "Phone", cause: cause("2"))
        }
    }

    @Test func `a session ends when it is ended, when all are, and by its age`() async throws {
        let member = try await directory.admit(Fixtures.person(2), cause: cause("member"))
        var sessions: [AuthSession] = []
        for number in 1...3 {
            let opened = try await signIn.open(
                for: .id(member.id),
                way: .miniApp,
                device: "Phone \(number)",
                cause: cause("open \(number)")
            )
            sessions.append(opened.0)
        }

        try await signIn.end(sessions[0].id, cause: cause("end"))
        await #expect(throws: ChangeFailure.refused(.notSignedIn)) {
            try await signIn.member(session: sessions[0].id)
        }
        #expect(try await signIn.sessions(of: member).count == 2)

        clock.advance(by: AuthSession.lifetime)
        await #expect(throws: ChangeFailure.refused(.notSignedIn)) {
            try await signIn.member(session: sessions[1].id)
        }

        let fresh = try await signIn.open(for: .id(member.id), way: .link, device: "PC", cause: cause("fresh")).0
        try await signIn.endAll(of: member, cause: cause("all"))
        await #expect(throws: ChangeFailure.refused(.notSignedIn)) {
            try await signIn.member(session: fresh.id)
        }
    }
}

import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

/// The one-time way from the bot onto a stage.
@Suite struct SpeakPagesTests {
    @Test func `looking at a link changes nothing, however often a messenger does`() async throws {
        try await WebClub.run { club in
            let stage = try await SpeakStage(club)
            for _ in 1...3 {
                let page = try await club.http.send("GET", stage.path)
                #expect(page.status == 200)
                #expect(page.text.contains("Evening &lt;talk&gt;"))
                #expect(page.text.contains("action=\"\(stage.path)\""))
                #expect(page["set-cookie"] == nil)
                #expect(page["cache-control"] == "no-store")
            }
            guard case .invited = try await stage.place(club) else {
                Issue.record("the invitation is gone")
                return
            }
        }
    }

    @Test func `the button accepts the invitation and leads into the room, with a pass for it alone`() async throws {
        try await WebClub.run { club in
            let stage = try await SpeakStage(club)
            let answer = try await club.form(stage.path, "")
            #expect(answer.status == 303)
            #expect(answer["location"] == "/live/\(stage.show.id)")
            #expect(try await stage.place(club) == .stage)

            let cookie = try #require(answer["set-cookie"])
            #expect(cookie.contains("; HttpOnly"))
            #expect(cookie.contains("; SameSite=Lax"))
            #expect(cookie.contains("; Max-Age=43200"))
            let pass = try answer.pass()
            #expect(try await club.bearer(of: pass, in: stage.show.id)?.id == stage.member.id)
            #expect(try await club.bearer(of: pass, in: LiveSessionID(rawValue: "show-2")) == nil)
            let renamed = pass.replacing("room-show-1", with: "room-show-2")
            try await club.keep(Fixtures.show(2, status: .live, host: 4))
            #expect(try await club.bearer(of: renamed, in: LiveSessionID(rawValue: "show-2")) == nil)
            #expect(try await club.http.send("GET", "/api/auth/me", headers: ["Cookie": pass]).status == 401)
        }
    }

    @Test func `a link works once`() async throws {
        try await WebClub.run { club in
            let stage = try await SpeakStage(club)
            #expect(try await club.form(stage.path, "").status == 303)
            #expect(try await club.form(stage.path, "").status == 410)
            #expect(try await club.http.send("GET", stage.path).status == 410)
        }
    }

    @Test func `who comes after the invitation has ended comes into the room as a listener`() async throws {
        try await WebClub.run { club in
            let stage = try await SpeakStage(club)
            club.clock.advance(by: .seconds(75))
            let answer = try await club.form(stage.path, "")
            #expect(answer.status == 303)
            #expect(try await stage.place(club) == .audience)
            #expect(try await club.bearer(of: answer.pass(), in: stage.show.id)?.id == stage.member.id)
        }
    }

    @Test func `where the invitation cannot be accepted now, the spent link leads into the room all the same`()
        async throws
    {
        try await WebClub.run { club in
            let stage = try await SpeakStage(club)
            await club.rooms.close()
            let answer = try await club.form(stage.path, "")
            #expect(answer.status == 303)
            #expect(answer["location"] == "/live/show-1")
            #expect(try await club.bearer(of: answer.pass(), in: stage.show.id)?.id == stage.member.id)
        }
    }

    @Test func `who was removed gets no pass`() async throws {
        try await WebClub.run { club in
            let stage = try await SpeakStage(club)
            try await club.rooms.perform(
                .kick(stage.member.id),
                by: RoomActor(RoomPerson(stage.host)),
                in: stage.show.id
            )
            let answer = try await club.form(stage.path, "")
            #expect(answer.status == 403)
            #expect(answer["set-cookie"] == nil)
        }
    }

    @Test(arguments: [
        "/live/show-2/speak/{secret}", "/live/show-1/speak/0123456789abcdefghjkmnpqrs", "/live/show-1/speak/x",
        "/live/SHOW/speak/{secret}",
    ])
    func `another show's, unknown and broken links say that they do not work`(path: String) async throws {
        try await WebClub.run { club in
            let stage = try await SpeakStage(club)
            let path = path.replacing("{secret}", with: stage.secret)
            #expect(try await club.http.send("GET", path).status == 410)
            #expect(try await club.form(path, "").status == 410)
            guard case .invited = try await stage.place(club) else {
                Issue.record("the invitation is gone")
                return
            }
        }
    }

    @Test func `another site cannot press the button`() async throws {
        try await WebClub.run { club in
            let stage = try await SpeakStage(club)
            let foreign = try await club.form(stage.path, "", headers: ["Origin": "https://evil.example"])
            #expect(foreign.status == 403)
            #expect(try await SpeakStage.links(club).isGood(stage.secret, in: stage.show.id))
        }
    }
}

import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

/// `/api/admin/broadcasts…`.
@Suite struct BroadcastAPITests {
    private func post(
        _ club: WebClub,
        _ path: String,
        _ body: String,
        _ headers: [String: String]
    ) async throws -> RawHTTP.Answer {
        let sent = headers.merging(["Content-Type": "application/json"]) { own, _ in own }
        return try await club.http.send("POST", path, headers: sent, body: Data(body.utf8))
    }

    @Test func `an admin announces something, sees how far it is, and stops it`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(1, role: .admin))
            try await club.keep(Fixtures.member(2))
            let made = try await post(club, "/api/admin/broadcasts", #"{"text": " News "}"#, headers)
            #expect(made.status == 201)
            #expect(made.json["text"] as? String == "News")
            #expect(made.json["state"] as? String == "sending")
            #expect(made.json["audience"] as? String == "members")
            #expect(made.json["left"] as? Int == 2)
            #expect(made.json["author"] as? [String: String] == ["user_id": "member-1", "name": "Person 1"])
            let id = try #require(made.json["id"] as? String)

            let stopped = try await post(club, "/api/admin/broadcasts/\(id)/stop", "", headers)
            #expect(stopped.status == 200)
            #expect(stopped.json["state"] as? String == "stopped")
            let again = try await post(club, "/api/admin/broadcasts/\(id)/stop", "", headers)
            #expect(again.status == 409)
            #expect(again.errorCode == "broadcast_over")
            let list = try await club.http.send("GET", "/api/admin/broadcasts?limit=1", headers: headers)
            let items = try #require(list.json["items"] as? [[String: Any]])
            #expect(items.map { $0["id"] as? String } == [id])
            #expect(list.json["next_cursor"] is NSNull)
            let one = try await club.http.send("GET", "/api/admin/broadcasts/\(id)", headers: headers)
            #expect(one.json["state"] as? String == "stopped")
        }
    }

    @Test(arguments: [
        (#"{"text": "  "}"#, 400, "nothing_to_announce"),
        (#"{"text": "a", "audience": "everybody"}"#, 400, "invalid_field"),
        (#"{"audience": "hosts"}"#, 400, "invalid_field"),
        ("{", 400, "malformed_body"),
    ])
    func `nonsense is refused and nothing is sent`(body: String, status: Int, code: String) async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(1, role: .admin))
            let answer = try await post(club, "/api/admin/broadcasts", body, headers)
            #expect(answer.status == status)
            #expect(answer.errorCode == code)
            #expect(try await club.store.broadcasts.open(limit: 9).isEmpty)
        }
    }

    @Test func `a text of more than one message is refused`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(1, role: .admin))
            let body = #"{"text": "\#(String(repeating: "a", count: 4_097))"}"#
            let answer = try await post(club, "/api/admin/broadcasts", body, headers)
            #expect(answer.errorCode == "announcement_too_long")
        }
    }

    @Test(arguments: [Role.member, .host])
    func `who is no admin is refused`(role: Role) async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(1, role: role))
            let made = try await post(club, "/api/admin/broadcasts", #"{"text": "a"}"#, headers)
            #expect(made.errorCode == "not_allowed")
            for path in ["", "/abc"] {
                let answer = try await club.http.send("GET", "/api/admin/broadcasts\(path)", headers: headers)
                #expect(answer.status == 403)
            }
        }
    }
}

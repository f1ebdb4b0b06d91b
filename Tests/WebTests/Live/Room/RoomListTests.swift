import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

/// What was written in a room, and who was there, for programs.
@Suite(.timeLimit(.minutes(2)))
struct RoomListTests {
    private static func items(_ answer: RawHTTP.Answer) -> [[String: Any]] {
        answer.json["items"] as? [[String: Any]] ?? []
    }

    @Test func `what was written is read page by page, the newest first`() async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            let anna = try await club.entered(headers[1])
            for number in 1...5 { try await anna.say("m\(number)") }
            _ = try await anna.hear(5)
            var (seen, path): ([String], String) = ([], "\(WebClub.shows)/show-1/messages?limit=2")
            for _ in 1...3 {
                let answer = try await club.http.send("GET", path, headers: headers[2])
                seen += Self.items(answer).compactMap { $0["text"] as? String }
                guard let cursor = answer.json["next_cursor"] as? String else { break }
                path = "\(WebClub.shows)/show-1/messages?limit=2&cursor=\(FormFields.encoded(cursor))"
            }
            #expect(seen == ["m5", "m4", "m3", "m2", "m1"])
            let wrong = "\(WebClub.shows)/show-1/messages?cursor=0.abc"
            #expect(try await club.http.send("GET", wrong, headers: headers[2]).errorField == "cursor")
        }
    }

    @Test func `who is there is listed while the show is live, and who was there afterwards`() async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            let (host, anna) = (try await club.entered(headers[0]), try await club.entered(headers[1]))
            let path = "\(WebClub.shows)/show-1/participants"
            let live = try await club.http.send("GET", path, headers: headers[2])
            #expect(Self.items(live).compactMap { $0["user_id"] as? String } == ["member-1", "member-2"])
            #expect(Self.items(live).compactMap { $0["on_stage"] as? Bool } == [true, false])
            let first = try await club.http.send("GET", "\(path)?limit=1", headers: headers[2])
            let cursor = try #require(first.json["next_cursor"] as? String)
            let second = try await club.http.send("GET", "\(path)?cursor=\(cursor)", headers: headers[2])
            #expect(Self.items(second).compactMap { $0["name"] as? String } == ["Person 2"])
            _ = try await club.post("\(WebClub.shows)/show-1/end", [:], headers: headers[0])
            try await club.rooms.follow(Fixtures.roomShow)
            for client in [host, anna] { _ = try await client.closeCode() }
            await club.rooms.close()
            let over = try await club.http.send("GET", path, headers: headers[2])
            #expect(Self.items(over).compactMap { $0["user_id"] as? String } == ["member-1", "member-2"])
            #expect(Self.items(over).compactMap { $0["on_stage"] as? Bool } == [true, false])
        }
    }

    @Test func `a message is deleted when the show is over, by its author and those who ran the show`() async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            let anna = try await club.entered(headers[1])
            for text in ["rude", "mine"] { try await anna.say(text) }
            _ = try await anna.hear(2)
            _ = try await club.post("\(WebClub.shows)/show-1/end", [:], headers: headers[0])
            try await club.rooms.follow(Fixtures.roomShow)
            _ = try await anna.closeCode()
            let path = "\(WebClub.shows)/show-1/messages"
            let list = try await club.http.send("GET", path, headers: headers[0])
            let ids = Self.items(list).compactMap { $0["id"] as? String }
            try #require(ids.count == 2)
            let other = try await club.send("DELETE", "\(path)/\(ids[1])", [:], headers: headers[2])
            #expect(other.status == 403 && other.errorCode == "not_allowed")
            for (id, asker) in zip(ids, [headers[1], headers[0]]) {
                for _ in 1...2 {
                    #expect(try await club.send("DELETE", "\(path)/\(id)", [:], headers: asker).status == 204)
                }
            }
            let after = try await club.http.send("GET", path, headers: headers[0])
            #expect(Self.items(after).isEmpty)
            let unknown = try await club.send("DELETE", "\(path)/show-1.99", [:], headers: headers[0])
            #expect(unknown.status == 404)
        }
    }

    @Test func `who was removed reads neither chat nor names while the show lasts`() async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            let host = try await club.entered(headers[0])
            try await host.say("hello")
            let anna = try await club.entered(headers[1])
            try await host.send(["type": "kick", "target_user_id": "member-2"])
            #expect(try await anna.closeCode() == SocketCloseCode.removed.rawValue)
            for list in ["messages", "participants"] {
                let path = "\(WebClub.shows)/show-1/\(list)"
                let answer = try await club.http.send("GET", path, headers: headers[1])
                #expect(answer.status == 403 && answer.errorCode == "removed_from_room")
                #expect(try await club.http.send("GET", path, headers: headers[2]).status == 200)
            }
            _ = try await club.post("\(WebClub.shows)/show-1/end", [:], headers: headers[0])
            let over = try await club.http.send("GET", "\(WebClub.shows)/show-1/messages", headers: headers[1])
            #expect(over.status == 200 && Self.items(over).count == 1)
        }
    }
}

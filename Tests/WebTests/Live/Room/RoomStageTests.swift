import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

/// Hands, stage and those who run the show, over real sockets.
@Suite(.timeLimit(.minutes(2)))
struct RoomStageTests {
    @Test func `hands are shown to all in their order, and each hears their own place`() async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            let (anna, boris) = (try await club.entered(headers[1]), try await club.entered(headers[2]))
            try await anna.send(["type": "hand_raise", "action": "raise", "topic": "Why?"])
            let first = try await boris.next("hand_raised_update")
            let hand = try #require((first.json["hands"] as? [[String: Any]])?.first)
            #expect(hand["name"] as? String == "Person 2" && hand["topic"] as? String == "Why?")
            #expect(first.json["total"] as? Int == 1)
            club.clock.advance(by: .seconds(2))
            try await boris.send(["type": "hand_raise", "action": "raise"])
            _ = try await boris.next("hand_raised_update")
            #expect(try await club.frame("queue_position", at: boris).json["position"] as? Int == 2)
            try await anna.send(["type": "hand_raise", "action": "lower"])
            club.clock.advance(by: .seconds(2))
            _ = try await boris.next("hand_raised_update")
            #expect(try await club.frame("queue_position", at: boris).json["position"] as? Int == 1)
            var mine = try await anna.next("queue_position")
            while mine.json["position"] is Int { mine = try await anna.next("queue_position") }
            #expect(mine.json["position"] is NSNull)
        }
    }

    @Test func `coming onto the stage takes two, and only they hear of the invitation`() async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            let (host, anna) = (try await club.entered(headers[0]), try await club.entered(headers[1]))
            let boris = try await club.entered(headers[2])
            try await host.send(["type": "promote", "target_user_id": "member-2"])
            for client in [host, anna] {
                let invited = try await client.next("user_invited")
                #expect((invited.json["invitation"] as? [String: Any])?["user_id"] as? String == "member-2")
            }
            try await anna.send(["type": "accept_invite"])
            var heard: [RoomClient.Frame] = []
            while heard.last?.type != "user_promoted" { heard.append(try await boris.next()) }
            #expect((heard.last?.json["user"] as? [String: Any])?["name"] as? String == "Person 2")
            #expect(!heard.contains { $0.type == "user_invited" })
            try await host.send(["type": "mute", "target_user_id": "member-2"])
            #expect(try await boris.next("user_muted").json["user_id"] as? String == "member-2")
            try await anna.send(["type": "leave_stage"])
            #expect(try await boris.next("user_demoted").json["why"] as? String == "own")
        }
    }

    @Test func `who is removed is sent away with 4003, and is not let in again`() async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            let (host, anna) = (try await club.entered(headers[0]), try await club.entered(headers[1]))
            try await host.send(["type": "kick", "target_user_id": "member-2"])
            #expect(try await host.next("user_removed").json["user_id"] as? String == "member-2")
            #expect(try await anna.closeCode() == SocketCloseCode.removed.rawValue)
            let (_, answer) = try await club.knock(headers[1])
            #expect(answer.status == 403 && answer.body.contains("removed_from_room"))
            let state = try await club.http.send("GET", "/api/live-sessions/room/show-1/state", headers: headers[1])
            #expect(state.status == 403 && state.errorCode == "removed_from_room")
        }
    }

    @Test func `those who run the show pin, rule the chat and delete; others are told that they may not`() async throws
    {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            let (host, anna) = (try await club.entered(headers[0]), try await club.entered(headers[1]))
            try await anna.send(["type": "pin", "text": "mine"])
            let refused = try await anna.next("error")
            #expect(refused.code == "not_allowed" && refused.json["of"] as? String == "pin")
            try await host.send(["type": "pin", "text": "Today: tea"])
            #expect(try await anna.next("pinned").said == "Today: tea")
            try await host.send(["type": "chat_mode", "mode": "everyone", "slow_seconds": 30])
            #expect(try await anna.next("chat_mode").json["slow_seconds"] as? Int == 30)
            try await anna.say("first")
            let said = try await anna.next("chat_message")
            let id = try #require((said.json["message"] as? [String: Any])?["id"] as? String)
            try await anna.say("second")
            let slow = try await anna.next("error")
            #expect(slow.code == "slow_mode" && slow.json["retry_after_ms"] as? Int == 30_000)
            #expect(slow.json["client_id"] as? String == "second")
            try await host.send(["type": "chat_mode", "mode": "hosts", "slow_seconds": 0])
            _ = try await anna.next("chat_mode")
            try await anna.say("third")
            #expect(try await anna.next("error").code == "chat_for_hosts")
            try await host.send(["type": "delete_message", "message_id": id])
            #expect(try await anna.next("chat_deleted").json["message_id"] as? String == id)
            let list = try await club.http.send("GET", "\(WebClub.shows)/show-1/messages", headers: headers[1])
            #expect((list.json["items"] as? [Any])?.isEmpty == true && !list.text.contains("first"))
        }
    }

    @Test func `who is no admin any more rules nothing, though nobody has looked since`() async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            try await club.keep(Fixtures.member(2, role: .admin, language: .en))
            let anna = try await club.entered(headers[1])
            try await anna.send(["type": "pin", "text": "Today: tea"])
            #expect(try await anna.next("pinned").said == "Today: tea")
            try await club.keep(Fixtures.member(2, language: .en))
            try await anna.send(["type": "pin", "text": "Today: coffee"])
            #expect(try await anna.next("error").code == "not_allowed")
        }
    }

    @Test func `a co-host who was removed does not end the show`() async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            let path = "\(WebClub.shows)/show-1"
            let added = try await club.send("PATCH", path, ["co_host_ids": ["member-2"]], headers: headers[0])
            try #require(added.status == 200, "\(added.text)")
            try await club.rooms.follow(Fixtures.roomShow)
            let (host, anna) = (try await club.entered(headers[0]), try await club.entered(headers[1]))
            try await host.send(["type": "kick", "target_user_id": "member-2"])
            _ = try await anna.closeCode()
            let refused = try await club.post("\(path)/end", [:], headers: headers[1])
            #expect(refused.status == 403 && refused.errorCode == "removed_from_room")
            #expect(try await club.show("show-1")?.status == .live)
            #expect(try await club.post("\(path)/end", [:], headers: headers[0]).status == 200)
        }
    }

    @Test func `when the show ends all are told and sent away with 4001`() async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            let anna = try await club.entered(headers[1])
            let ended = try await club.post("\(WebClub.shows)/show-1/end", [:], headers: headers[0])
            #expect(ended.status == 200)
            try await club.rooms.follow(Fixtures.roomShow)
            #expect(try await anna.next("session_ended").json["why"] as? String == "host")
            #expect(try await anna.closeCode() == SocketCloseCode.sessionEnded.rawValue)
            let (_, answer) = try await club.knock(headers[1])
            #expect(answer.status == 410 && answer.body.contains("show_ended"))
        }
    }
}

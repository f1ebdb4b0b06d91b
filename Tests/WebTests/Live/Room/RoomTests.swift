import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

/// A room over real sockets: what members see and do.
@Suite(.timeLimit(.minutes(2)))
struct RoomTests {
    @Test func `who comes in is told the room, and then hears what is said`() async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            let (host, anna) = (try await club.entered(headers[0]), try await club.enter(headers[1]))
            let state = try await anna.next()
            #expect(state.type == "room_state" && state.json["phase"] as? String == "live")
            #expect(state.json["title"] as? String == "Show 1")
            #expect(state.json["host"] as? String == "member-1")
            #expect(state.you["role"] as? String == "member" && state.you["place"] as? String == "audience")
            #expect(state.json["reactions"] as? [String] == Room.firstReactions)
            let stage = try #require(state.json["stage"] as? [[String: Any]])
            #expect(stage.compactMap { $0["name"] as? String } == ["Person 1"])
            #expect(stage.first?["microphone"] as? Bool == false)
            try await host.say("Добро пожаловать 🎙", as: "c1")
            for client in [host, anna] {
                let said = try await client.next("chat_message")
                #expect(said.said == "Добро пожаловать 🎙")
                #expect(said.seq ?? 0 > state.seq ?? .max)
                #expect((said.json["message"] as? [String: Any])?["client_id"] as? String == "c1")
            }
        }
    }

    @Test func `a message that is sent twice is there once, and its author alone hears it again`() async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            let (anna, boris) = (try await club.entered(headers[1]), try await club.entered(headers[2]))
            for _ in 1...2 { try await anna.say("once", as: "same") }
            #expect(try await anna.hear(2) == ["once", "once"])
            try await anna.say("after")
            #expect(try await boris.hear(2) == ["once", "after"])
            let stored = try await club.store.chatMessages.page(of: Fixtures.roomShow, before: nil, limit: 9)
            #expect(stored.map(\.text) == ["once", "after"])
        }
    }

    @Test func `who comes back hears exactly what was missed`() async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            let anna = try await club.enter(headers[1])
            let boris = try await club.entered(headers[2])
            let epoch = try #require(try await anna.next().json["epoch"] as? String)
            try await boris.say("one")
            let seq = try #require(try await anna.next("chat_message").seq)
            try await anna.drop()
            for text in ["two", "three"] { try await boris.say(text) }
            #expect(try await boris.hear(3) == ["one", "two", "three"])
            let back = try await club.enter(headers[1], "since=\(seq)&epoch=\(epoch)")
            let resumed = try await back.next()
            #expect(resumed.type == "resumed" && resumed.seq == seq)
            #expect(try await back.hear(2) == ["two", "three"])
            try await boris.say("four")
            #expect(try await back.hear(1) == ["four"])
        }
    }

    @Test func `another log, or a number that is not there yet, is answered with the whole room`() async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            let epoch = try #require(try await club.enter(headers[1]).next().json["epoch"] as? String)
            for query in ["since=0&epoch=other", "since=999&epoch=\(epoch)", "since=0"] {
                #expect(try await club.enter(headers[1], query).next().type == "room_state", "\(query)")
            }
        }
    }

    @Test func `thanks are told to who gives them and to the speaker, all together, and to nobody else`() async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow(people: 4)
            var clients: [RoomClient] = []
            for header in headers { clients.append(try await club.entered(header)) }
            let thank = ["type": "support", "target_user_id": "member-1"]
            try await clients[1].send(thank)
            let own = try await clients[1].next("supported").json
            #expect(own["user_id"] as? String == "member-1" && own["by"] as? String == "member-2")
            #expect(try await clients[0].next("supported").json["count"] as? Int == 1)
            for client in clients[2...3] {
                try await client.send(thank)
                #expect(try await client.next("supported").json["count"] as? Int == 1)
            }
            let told = try await club.frame("supported", at: clients[0]).json
            #expect(told["count"] as? Int == 2 && told["by"] as? String == "member-4")
            let frames = try await clients[1].untilPong() + clients[2].untilPong()
            #expect(frames.allSatisfy { $0.type != "supported" })
        }
    }

    @Test func `reactions and people are told together, once in a while`() async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            let (anna, boris) = (try await club.entered(headers[1]), try await club.entered(headers[2]))
            for _ in 1...2 { try await anna.send(["type": "reaction", "emoji": "👏"]) }
            _ = try await anna.untilPong()
            try await anna.send(["type": "reaction", "emoji": "🔥"])
            _ = try await anna.untilPong()
            var counts: [String: Int] = [:]
            while counts.values.reduce(0, +) < 3 {
                club.clock.advance(by: .milliseconds(250))
                _ = try await boris.untilPong().filter { $0.type == "reactions" }.map {
                    counts.merge($0.json["counts"] as? [String: Int] ?? [:]) { $0 + $1 }
                }
            }
            #expect(counts == ["👏": 2, "🔥": 1])
        }
    }
}

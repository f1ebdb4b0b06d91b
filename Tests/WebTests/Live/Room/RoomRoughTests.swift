import Domain
import Foundation
import NIOCore
import TestSupport
import Testing

@testable import Web

/// What goes wrong at sockets: bad clients, a store that is away, members who are none any more, a server that stops.
@Suite(.timeLimit(.minutes(2)))
struct RoomRoughTests {
    @Test(arguments: [
        ("not json", "malformed_body"), ("[]", "malformed_body"), ("", "malformed_body"), ("{}", "invalid_field"),
        (#"{"type":1}"#, "invalid_field"), (#"{"type":"dance"}"#, "unknown_type"),
        (#"{"type":"chat","message":1,"client_id":"a"}"#, "invalid_field"),
        (#"{"type":"chat","message":"a"}"#, "invalid_field"),
        (#"{"type":"chat","message":"a","client_id":"a","role":"host"}"#, "invalid_field"),
        (#"{"type":"chat","message":" ","client_id":"a"}"#, "message_empty"),
        (#"{"type":"chat","message":"a","client_id":""}"#, "client_id_wrong"),
        (#"{"type":"hand_raise","action":"wave"}"#, "invalid_field"),
        (#"{"type":"chat_mode","mode":"level:9","slow_seconds":0}"#, "invalid_field"),
        (#"{"type":"chat_mode","mode":"off","slow_seconds":1e99}"#, "invalid_field"),
        (#"{"type":"reaction","emoji":"🦕"}"#, "unknown_reaction"),
        (#"{"type":"support","target_user_id":"member-2"}"#, "not_oneself"),
        (String(repeating: "[", count: 8_000), "malformed_body"),
    ])
    func `what cannot be done is answered by a named error, and the socket stays`(
        text: String,
        code: String
    )
        async throws
    {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            let anna = try await club.entered(headers[1])
            try await anna.wire.send(text: text)
            let error = try await anna.next("error")
            #expect(error.code == code, "\(error.text)")
            #expect(error.json["message"] as? String != "")
            try await anna.say("still here")
            #expect(try await anna.hear(1) == ["still here"])
        }
    }

    @Test(arguments: [
        (WireClient.frame(0x82, [1, 2]), SocketCloseCode.notText),
        (WireClient.frame(0x81, Array(repeating: 0x61, count: 8 * 1024 + 1)), .tooBig),
        ([0x81, 0x01, 0x61], .protocolError), (WireClient.frame(0x81, [0xFF]), .invalidText),
    ])
    func `who breaks the protocol is sent away by name, and the others notice nothing`(
        bytes: [UInt8],
        code: SocketCloseCode
    ) async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            let (anna, boris) = (try await club.entered(headers[1]), try await club.entered(headers[2]))
            try await anna.wire.send(bytes)
            #expect(try await anna.closeCode() == code.rawValue)
            try await boris.say("all well")
            #expect(try await boris.hear(1) == ["all well"])
        }
    }

    @Test func `a command may come in pieces`() async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            let anna = try await club.entered(headers[1])
            let bytes = Array(#"{"type":"chat","message":"в кусках","client_id":"a"}"#.utf8)
            try await anna.wire.send(WireClient.frame(0x01, Array(bytes[..<33])))
            try await anna.wire.send(WireClient.frame(0x89))
            try await anna.wire.send(WireClient.frame(0x80, Array(bytes[33...])))
            #expect(try await anna.hear(1) == ["в кусках"])
        }
    }

    @Test func `ten thousand frames in a burst are held up, not lost, and the others go on`() async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            let (anna, boris) = (try await club.entered(headers[1]), try await club.entered(headers[2]))
            let ping = WireClient.frame(0x81, Array(#"{"type":"ping"}"#.utf8))
            let flood = Task { try await anna.wire.send((0..<10_000).flatMap { _ in ping }) }
            try await boris.say("in between")
            #expect(try await boris.hear(1) == ["in between"])
            for _ in 0..<10_000 { _ = try await anna.next("pong") }
            try await flood.value
        }
    }

    @Test func `who asks without end for what is not there is told to wait, and is heard afterwards`() async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            let host = try await club.entered(headers[0])
            for number in 0...CommandPace.burst {
                try await host.send(["type": "delete_message", "message_id": "show-1.\(900 + number)"])
            }
            let errors = try await host.untilPong().filter { $0.type == "error" }
            #expect(errors.dropLast().allSatisfy { $0.code == "not_found" })
            #expect(errors.count == CommandPace.burst + 1 && errors.last?.code == "too_fast")
            #expect(errors.last?.json["retry_after_ms"] as? Int == 100)
            club.clock.advance(by: .milliseconds(100))
            try await host.say("here again")
            #expect(try await host.hear(1) == ["here again"])
        }
    }

    @Test func `a client that never reads is given up, and the others hear everything`() async throws {
        var limits = RoomSockets.Limits()
        limits.sockets.output = 32 * 1024
        limits.sockets.systemOutput = 4096
        limits.sockets.closing = .milliseconds(250)
        try await WebClub.run(limits: limits) { club in
            let headers = try await club.liveShow(people: 6)
            let lazy = try await WireClient.connect(to: club.http.port, reads: false)
            let own = ["Host": "127.0.0.1:\(club.http.port)"].merging(headers[1]) { $1 }
            try await lazy.send(WireClient.handshake(path: RoomClient.path("show-1"), fields: own))
            let boris = try await club.entered(headers[2])
            var said = 0
            while club.sockets.tally.closedAsTooSlow == 0, said < 5_000 {
                for _ in 0..<5 {
                    try await boris.say(String(repeating: "x", count: 900), as: "m\(said)")
                    said += 1
                }
                _ = try await boris.hear(5)
                club.clock.advance(by: .seconds(6))
            }
            #expect(club.sockets.tally.closedAsTooSlow == 1)
        }
    }

    @Test func `while the store is away a message is refused, and taken with the same id later`() async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            let anna = try await club.entered(headers[1])
            try await anna.say("before")
            _ = try await anna.hear(1)
            club.store.setOutage(.unavailable(source: "memory", code: 0))
            try await anna.say("later", as: "x")
            let error = try await anna.next("error")
            #expect(error.code == "unavailable" && error.json["client_id"] as? String == "x")
            let (_, answer) = try await club.knock(headers[2])
            #expect(answer.status == 503 && answer.headers["retry-after"] == "5")
            club.store.setOutage(nil)
            try await anna.say("later", as: "x")
            #expect(try await anna.hear(1) == ["later"])
        }
    }

    @Test func `who is signed out or no member any more is out after a look`() async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow(people: 4)
            var clients: [RoomClient] = []
            for header in headers { clients.append(try await club.entered(header)) }
            let watch = RoomWatch(
                sockets: club.sockets,
                rooms: club.rooms,
                store: club.store,
                clock: club.clock,
                logger: club.logger
            )
            _ = try await club.post("/api/auth/logout", [:], headers: headers[1])
            try await club.keep(Fixtures.member(3, membership: .banned))
            try await club.keep(Fixtures.member(4, role: .admin))
            await watch.look()
            for client in clients[1...2] {
                #expect(try await client.closeCode() == SocketCloseCode.removed.rawValue)
            }
            try await clients[3].send(["type": "lower_all"])
            #expect(try await clients[3].untilPong().allSatisfy { $0.type != "error" })
            try await clients[0].say("the rest is here")
            #expect(try await clients[0].hear(1) == ["the rest is here"])
        }
    }

    @Test func `who was removed while they came in is out after a look`() async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            let (anna, boris) = (try await club.entered(headers[1]), try await club.entered(headers[2]))
            // Where anna's socket is, nobody was told of it.
            let rooms = LiveRooms(
                store: club.store,
                shows: club.shows,
                clock: club.clock,
                ids: Fixtures.ids(seed: 7),
                audiences: []
            )
            let elsewhere = ConnectionID(rawValue: "elsewhere")
            let person = RoomActor(RoomPerson(Fixtures.member(2)))
            try await rooms.enter(elsewhere, .browser, by: person, in: Fixtures.roomShow)
            let host = RoomActor(RoomPerson(Fixtures.member(1)))
            try await rooms.perform(.kick(Fixtures.member(2).id), by: host, in: Fixtures.roomShow)
            let watch = RoomWatch(
                sockets: club.sockets,
                rooms: rooms,
                store: club.store,
                clock: club.clock,
                logger: club.logger
            )
            await watch.look()
            #expect(try await anna.closeCode() == SocketCloseCode.removed.rawValue)
            #expect(try await boris.untilPong().allSatisfy { $0.type != "error" })
            await rooms.close()
        }
    }

    @Test func `a server that stops says so`() async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            let anna = try await club.entered(headers[1])
            club.sockets.hub.drain()
            #expect(try await anna.closeCode() == SocketCloseCode.shutdown.rawValue)
            let (_, answer) = try await club.knock(headers[1])
            #expect(answer.status == 503 && answer.body.contains("draining"))
            let state = try await club.http.send("GET", "/api/live-sessions/room/show-1/state", headers: headers[1])
            #expect(state.status == 503 && state.errorCode == "draining")
        }
    }

    @Test func `the figures count sockets, rooms and frames`() async throws {
        try await WebClub.run { club in
            let headers = try await club.liveShow()
            _ = try await club.entered(headers[1]).untilPong()
            let text = try await club.http.send("GET", "/metrics").text
            #expect(text.contains("fomo_room_sockets 1\n") && text.contains("fomo_rooms 1\n"))
            #expect(text.contains("fomo_room_sockets_too_slow_total 0\n"))
            #expect(!text.contains("fomo_room_frames_total 0\n"))
        }
    }
}

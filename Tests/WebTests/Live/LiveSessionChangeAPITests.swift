import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

@Suite struct LiveSessionChangeAPITests {
    private static let path = "\(WebClub.shows)/show-1"

    @Test func `its host edits, moves and gives it co-hosts, all at once`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(1, role: .host))
            try await club.keep(Fixtures.member(2))
            try await club.keep(Fixtures.show())
            let change: [String: Any] = [
                "title": "Other", "starts_at": "2026-06-02T18:00:00Z", "co_host_ids": ["member-2", "member-2"],
                "repeats_weekly": true,
            ]
            let answer = try await club.send("PATCH", Self.path, change, headers: headers)
            #expect(answer.status == 200)
            #expect(answer.json["title"] as? String == "Other")
            #expect(answer.json["starts_at"] as? String == "2026-06-02T18:00:00Z")
            #expect(answer.json["repeats_weekly"] as? Bool == true)
            let coHosts = answer.json["co_hosts"] as? [[String: String]]
            #expect(coHosts == [["user_id": "member-2", "name": "Person 2"]])
            let none = try await club.send("PATCH", Self.path, ["co_host_ids": [String]()], headers: headers)
            #expect((none.json["co_hosts"] as? [Any])?.isEmpty == true)
            #expect(none.json["title"] as? String == "Other")
        }
    }

    @Test(arguments: [
        (#"{"title":"Other","starts_at":"2026-05-01T18:00:00Z"}"#, "", 400, "time_in_the_past", "starts_at"),
        (#"{"title":"Other","co_host_ids":["nobody"]}"#, "", 400, "no_host", "co_host_ids"),
        (#"{"starts_at":"2026-06-03T18:00:00Z","title":" "}"#, "", 400, "title_missing", "title"),
        (#"{"title":"Other","co_host_ids":[1]}"#, "", 400, "invalid_field", "co_host_ids"),
        (#"{"title":"Other","host_id":"member-1"}"#, "", 400, "invalid_field", "host_id"),
        (#"{"title":"Other","starts_at":"2026-06-03T18:00:00Z"}"#, "?series=true", 400, "nothing_to_repeat", "series"),
        (#"{"title":"Other"}"#, "?series=1", 400, "invalid_field", "series"),
    ])
    func `a change that cannot be is refused as a whole, and the field is named`(
        body: String,
        query: String,
        status: Int,
        code: String,
        field: String
    ) async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(1, role: .host))
                .merging(["Content-Type": "application/json"]) { $1 }
            try await club.keep(Fixtures.show())
            let before = try await club.show("show-1")
            let path = Self.path + query
            let answer = try await club.http.send("PATCH", path, headers: headers, body: Data(body.utf8))
            #expect(answer.status == status)
            #expect(answer.errorCode == code)
            #expect(answer.errorField == field)
            #expect(try await club.show("show-1") == before)
        }
    }

    @Test func `a weekly show is moved alone, or with all that follow`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(1, role: .host))
            try await club.keep(Fixtures.show())
            _ = try await club.send("PATCH", Self.path, ["repeats_weekly": true], headers: headers)
            let slot = try await club.show("show-1")?.weekly?.slot
            let move = ["starts_at": "2026-06-02T18:00:00Z"]
            _ = try await club.send("PATCH", Self.path, move, headers: headers)
            #expect(try await club.show("show-1")?.weekly?.slot == slot)
            _ = try await club.send("PATCH", "\(Self.path)?series=true", move, headers: headers)
            #expect(try await club.show("show-1")?.weekly?.slot != slot)
        }
    }

    @Test func `a show begins, ends and is then over`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(1, role: .host))
            try await club.keep(Fixtures.show())
            #expect(try await club.post("\(Self.path)/end", [:], headers: headers).errorCode == "show_not_live")
            let live = try await club.post("\(Self.path)/start", [:], headers: headers)
            #expect(live.status == 200)
            #expect(live.json["status"] as? String == "live")
            #expect(live.json["started_at"] as? String == "2026-06-01T12:00:00Z")
            for (method, path) in [("POST", "\(Self.path)/start"), ("DELETE", Self.path)] {
                let again = try await club.http.send(method, path, headers: headers)
                #expect(again.status == 409, "\(method)")
                #expect(again.errorCode == "show_has_begun", "\(method)")
            }
            club.clock.advance(by: .seconds(1_800))
            let ended = try await club.post("\(Self.path)/end", [:], headers: headers)
            #expect(ended.json["status"] as? String == "ended")
            #expect(ended.json["duration_seconds"] as? Double == 1_800)
            #expect(ended.json["podcast_id"] is String)
            for path in ["\(Self.path)/start", "\(Self.path)/end"] {
                let over = try await club.post(path, [:], headers: headers)
                #expect(over.status == 409)
                #expect(over.errorCode == "show_over")
            }
            let answer = try await club.post("\(Self.path)/rsvp", ["coming": true], headers: headers)
            #expect(answer.errorCode == "show_over")
            let edit = try await club.send("PATCH", Self.path, ["title": "Late"], headers: headers)
            #expect(edit.status == 409)
        }
    }

    @Test func `a host is live in one show at a time`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(1, role: .host))
            try await club.keep(Fixtures.show(1))
            try await club.keep(Fixtures.show(2, status: .live))
            let answer = try await club.post("\(Self.path)/start", [:], headers: headers)
            #expect(answer.status == 409)
            #expect(answer.errorCode == "host_is_live")
        }
    }

    @Test func `a show is cancelled, a weekly one alone or as a series`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(1, role: .host))
            for number in 1...2 {
                try await club.keep(Fixtures.show(number))
                let path = "\(WebClub.shows)/show-\(number)"
                _ = try await club.send("PATCH", path, ["repeats_weekly": true], headers: headers)
                let query = number == 1 ? "" : "?series=true"
                let answer = try await club.http.send("DELETE", path + query, headers: headers)
                #expect(answer.status == 200)
                #expect(answer.json["status"] as? String == "cancelled")
                #expect(answer.json["cancelled_at"] as? String == "2026-06-01T12:00:00Z")
                #expect(answer.json["repeats_weekly"] as? Bool == (number == 1))
                let again = try await club.http.send("DELETE", path, headers: headers)
                #expect(again.errorCode == "show_cancelled")
            }
        }
    }

    /// Who asks, and whether they may change a show of member 1 whose co-host is member 4, and run it.
    @Test(arguments: [
        (1, Role.host, true, true), (1, .member, false, false), (2, .host, false, false), (2, .member, false, false),
        (2, .admin, true, true), (2, .owner, true, true), (4, .member, false, true),
    ])
    func `roles and parts decide who may do what`(number: Int64, role: Role, manages: Bool, runs: Bool) async throws {
        try await WebClub.run { club in
            let admin = try await club.signedIn(Fixtures.member(9, role: .admin))
            for number in Int64(1)...4 { try await club.keep(Fixtures.member(number)) }
            for number in 1...2 {
                try await club.keep(Fixtures.show(number))
                let path = "\(WebClub.shows)/show-\(number)"
                _ = try await club.send("PATCH", path, ["co_host_ids": ["member-4"]], headers: admin)
            }
            let headers = try await club.signedIn(Fixtures.member(number, role: role))
            let shown = try await club.http.send("GET", Self.path, headers: headers)
            #expect(shown.json["may_manage"] as? Bool == manages)
            #expect(shown.json["may_run"] as? Bool == runs)
            let edit = try await club.send("PATCH", Self.path, ["title": "Other"], headers: headers)
            #expect(edit.status == (manages ? 200 : 403))
            let start = try await club.post("\(Self.path)/start", [:], headers: headers)
            #expect(start.status == (runs ? 200 : 403))
            let end = try await club.post("\(Self.path)/end", [:], headers: headers)
            #expect(end.status == (runs ? 200 : 403))
            let cancel = try await club.http.send("DELETE", "\(WebClub.shows)/show-2", headers: headers)
            #expect(cancel.status == (manages ? 200 : 403))
            for answer in [edit, cancel] where !manages { #expect(answer.errorCode == "not_allowed") }
        }
    }

    @Test func `an answer is taken, counted, changed and taken back`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(2))
            try await club.keep(Fixtures.show())
            let path = "\(Self.path)/rsvp"
            let first = try await club.post(path, ["coming": true, "remind": true], headers: headers)
            #expect(first.status == 200)
            #expect(first.json["rsvp"] as? [String: Bool] == ["coming": true, "remind": true])
            #expect(first.json["coming_count"] as? Int == 1)
            #expect(first.json["reminder_count"] as? Int == 1)
            let second = try await club.post(path, ["coming": false], headers: headers)
            #expect(second.json["rsvp"] as? [String: Bool] == ["coming": false, "remind": true])
            #expect(second.json["coming_count"] as? Int == 0)
            #expect(second.json["reminder_count"] as? Int == 1)
        }
    }

    @Test(
        arguments: [
            ([:], "coming"), (["coming": "yes"], "coming"), (["remind": 1.5], "remind"),
        ] as [([String: any Sendable], String)]
    )
    func `an answer that says nothing is refused`(answer: [String: any Sendable], field: String) async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(2))
            try await club.keep(Fixtures.show())
            let refused = try await club.post("\(Self.path)/rsvp", answer, headers: headers)
            #expect(refused.status == 400)
            #expect(refused.errorCode == "invalid_field")
            #expect(refused.errorField == field)
        }
    }

    @Test func `pages of other sites change no show`() async throws {
        try await WebClub.run { club in
            var headers = try await club.signedIn(Fixtures.member(1, role: .owner))
            headers["Origin"] = "https://evil.example"
            try await club.keep(Fixtures.show())
            for (method, path) in [
                ("POST", WebClub.shows), ("PATCH", Self.path), ("DELETE", Self.path), ("POST", "\(Self.path)/start"),
                ("POST", "\(Self.path)/end"), ("POST", "\(Self.path)/rsvp"),
            ] {
                let answer = try await club.http.send(method, path, headers: headers)
                #expect(answer.status == 403, "\(method) \(path)")
                #expect(answer.errorCode == "foreign_origin", "\(method) \(path)")
            }
            #expect(try await club.show("show-1")?.status == .scheduled)
        }
    }

    @Test func `a show goes into a calendar`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(2))
            try await club.keep(Fixtures.show(1, title: "Talk; \"one\""))
            let answer = try await club.http.send("GET", "\(Self.path).ics", headers: headers)
            #expect(answer.status == 200)
            #expect(answer["content-type"] == "text/calendar; charset=utf-8")
            #expect(answer["content-disposition"]?.contains("Talk_ _one_.ics") == true)
            #expect(answer.text.hasPrefix("BEGIN:VCALENDAR\r\n"))
            #expect(answer.text.contains("\r\nURL:http://127.0.0.1/lives\r\n"))
            #expect(try await club.http.send("GET", "\(Self.path).ics").status == 401)
            try await club.keep(Fixtures.show(2, title: String(repeating: "a", count: 200)))
            let long = try await club.http.send("GET", "\(WebClub.shows)/show-2.ics", headers: headers)
            #expect(long["content-disposition"]?.contains(".ics\"") == true)
        }
    }
}

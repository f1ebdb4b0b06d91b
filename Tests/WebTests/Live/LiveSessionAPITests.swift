import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

@Suite struct LiveSessionAPITests {
    private static func ids(_ answer: RawHTTP.Answer) -> [String] {
        (answer.json["items"] as? [[String: Any]])?.compactMap { $0["id"] as? String } ?? []
    }

    private static func at(_ hours: Double) -> Date { Fixtures.start.addingTimeInterval(hours * 3_600) }

    @Test(arguments: [
        ("", ["show-2", "show-1", "show-3"]), ("filter=upcoming", ["show-2", "show-1", "show-3"]),
        ("filter=", ["show-2", "show-1", "show-3"]), ("filter=live", ["show-2"]),
        ("filter=past", ["show-5", "show-4"]),
        ("filter=cancelled", ["show-6"]),
    ])
    func `shows are listed by what they are, the next one or the last one first`(
        query: String,
        found: [String]
    )
        async throws
    {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            try await club.keep(Fixtures.show(1, startsAt: Self.at(2)))
            try await club.keep(Fixtures.show(2, status: .live, startsAt: Self.at(-1)))
            try await club.keep(Fixtures.show(3, startsAt: Self.at(50)))
            try await club.keep(Fixtures.show(4, status: .ended, startsAt: Self.at(-50)))
            try await club.keep(Fixtures.show(5, status: .recorded, startsAt: Self.at(-25)))
            try await club.keep(Fixtures.show(6, status: .cancelled, startsAt: Self.at(3)))
            let answer = try await club.http.send("GET", "\(WebClub.shows)?\(query)", headers: headers)
            #expect(answer.status == 200)
            #expect(Self.ids(answer) == found)
            #expect(answer.json["next_cursor"] is NSNull)
        }
    }

    @Test func `a list is read page by page, without gaps and doubles`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            for number in 1...7 { try await club.keep(Fixtures.show(number, startsAt: Self.at(Double(number)))) }
            var (seen, path): ([String], String) = ([], "\(WebClub.shows)?limit=3")
            for _ in 1...3 {
                let answer = try await club.http.send("GET", path, headers: headers)
                seen += Self.ids(answer)
                guard let cursor = answer.json["next_cursor"] as? String else { break }
                path = "\(WebClub.shows)?limit=3&cursor=\(FormFields.encoded(cursor))"
            }
            #expect(seen == (1...7).map { "show-\($0)" })
        }
    }

    @Test(arguments: [
        ("filter=nonsense", "filter"), ("limit=0", "limit"), ("limit=101", "limit"), ("cursor=nonsense", "cursor"),
    ])
    func `nonsense in the query is refused, and the field is named`(query: String, field: String) async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member())
            let answer = try await club.http.send("GET", "\(WebClub.shows)?\(query)", headers: headers)
            #expect(answer.status == 400)
            #expect(answer.errorCode == "invalid_field")
            #expect(answer.errorField == field)
        }
    }

    @Test func `a show tells who runs it, when, and what the reader may do and has answered`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(2))
            try await club.keep(Fixtures.member(1, role: .host))
            try await club.keep(Fixtures.show(1, title: "Night <talk>"))
            let path = "\(WebClub.shows)/show-1"
            _ = try await club.post("\(path)/rsvp", ["coming": true], headers: headers)
            let answer = try await club.http.send("GET", path, headers: headers)
            #expect(answer.status == 200)
            #expect(answer["cache-control"] == "no-store")
            #expect(answer.json["title"] as? String == "Night <talk>")
            #expect(answer.json["status"] as? String == "scheduled")
            #expect(answer.json["starts_at"] as? String == "2026-06-01T13:00:00Z")
            #expect(answer.json["duration_minutes"] as? Int == 60)
            #expect(answer.json["hand_policy"] as? String == "everyone")
            #expect(answer.json["repeats_weekly"] as? Bool == false)
            #expect(answer.json["host"] as? [String: String] == ["user_id": "member-1", "name": "Person 1"])
            #expect((answer.json["co_hosts"] as? [Any])?.isEmpty == true)
            #expect(answer.json["rsvp"] as? [String: Bool] == ["coming": true, "remind": false])
            #expect(answer.json["coming_count"] as? Int == 1)
            #expect(answer.json["may_manage"] as? Bool == false)
            #expect(answer.json["may_run"] as? Bool == false)
            #expect(answer.json["podcast_id"] == nil)
        }
    }

    @Test(arguments: ["nope", "%00", "..%2Fsessions", "show-1%20", String(repeating: "a", count: 4_000)])
    func `an unknown id is not found, whatever is asked of it`(id: String) async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(role: .owner))
            try await club.keep(Fixtures.show())
            let path = "\(WebClub.shows)/\(id)"
            for (method, path) in [
                ("GET", path), ("GET", "\(path).ics"), ("DELETE", path), ("POST", "\(path)/start"),
                ("POST", "\(path)/end"),
            ] {
                let answer = try await club.http.send(method, path, headers: headers)
                #expect(answer.status == 404, "\(method) \(path)")
                #expect(answer.errorCode == "not_found", "\(method) \(path)")
            }
            for (method, path) in [("PATCH", path), ("POST", "\(path)/rsvp")] {
                let answer = try await club.send(method, path, ["coming": true], headers: headers)
                #expect(answer.status == 404, "\(method) \(path)")
            }
        }
    }

    // MARK: Planning

    @Test func `a host plans a show`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(1, role: .host))
            let answer = try await club.post(
                WebClub.shows,
                [
                    "title": "  Night\n talk ", "summary": "One.\n\nTwo.", "starts_at": "2026-06-05T21:00:00+03:00",
                    "duration_minutes": 90, "hand_policy": "level:2", "repeats_weekly": true,
                ],
                headers: headers
            )
            #expect(answer.status == 201)
            let id = try #require(answer.json["id"] as? String)
            #expect(answer["location"] == "\(WebClub.shows)/\(id)")
            #expect(answer.json["title"] as? String == "Night talk")
            #expect(answer.json["starts_at"] as? String == "2026-06-05T18:00:00Z")
            #expect(answer.json["duration_minutes"] as? Int == 90)
            #expect(answer.json["hand_policy"] as? String == "level:2")
            #expect(answer.json["repeats_weekly"] as? Bool == true)
            #expect((answer.json["host"] as? [String: String])?["user_id"] == "member-1")
            #expect(answer.json["may_manage"] as? Bool == true)
            let list = try await club.http.send("GET", WebClub.shows, headers: headers)
            #expect(Self.ids(list) == [id])
        }
    }

    @Test func `what a plan does not say is as new shows are`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(1, role: .host))
            let plan = ["title": "Talk", "starts_at": "2026-06-05T18:00:00Z"]
            let answer = try await club.post(WebClub.shows, plan, headers: headers)
            #expect(answer.json["summary"] as? String == "")
            #expect(answer.json["duration_minutes"] as? Int == 60)
            #expect(answer.json["hand_policy"] as? String == "everyone")
            #expect(answer.json["repeats_weekly"] as? Bool == false)
        }
    }

    /// What a plan says differently, and what is wrong with it.
    private static let wrongPlans: [(String, String, String, String)] = [
        ("title", "null", "invalid_field", "title"), ("title", "1", "invalid_field", "title"),
        ("title", "\" \"", "title_missing", "title"),
        ("title", "\"\(String(repeating: "a", count: 201))\"", "title_too_long", "title"),
        ("summary", "\"\(String(repeating: "a", count: 4_001))\"", "summary_too_long", "summary"),
        ("summary", "[]", "invalid_field", "summary"), ("starts_at", "null", "invalid_field", "starts_at"),
        ("starts_at", "\"tomorrow\"", "invalid_field", "starts_at"),
        ("starts_at", "\"2026-06-05T18:00:00\"", "invalid_field", "starts_at"),
        ("starts_at", "\"2026-05-31T18:00:00Z\"", "time_in_the_past", "starts_at"),
        ("starts_at", "\"2028-01-01T00:00:00Z\"", "time_too_far", "starts_at"),
        ("duration_minutes", "4", "duration_out_of_range", "duration_minutes"),
        ("duration_minutes", "721", "duration_out_of_range", "duration_minutes"),
        ("duration_minutes", "-9223372036854775808", "duration_out_of_range", "duration_minutes"),
        ("duration_minutes", "9223372036854775807", "duration_out_of_range", "duration_minutes"),
        ("duration_minutes", "\"60\"", "invalid_field", "duration_minutes"),
        ("hand_policy", "\"level:6\"", "invalid_field", "hand_policy"),
        ("hand_policy", "\"all\"", "invalid_field", "hand_policy"),
        ("repeats_weekly", "\"yes\"", "invalid_field", "repeats_weekly"),
        ("host_id", "\"nobody\"", "no_host", "host_id"), ("host_id", "\"member-2\"", "no_host", "host_id"),
        ("co_host_ids", "[]", "invalid_field", "co_host_ids"),
    ]

    @Test func `a plan that cannot be is refused, and the field is named`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(1, role: .admin))
                .merging(["Content-Type": "application/json"]) { $1 }
            try await club.keep(Fixtures.member(2))
            for (name, value, code, field) in Self.wrongPlans {
                var plan = ["title": "\"Talk\"", "starts_at": "\"2026-06-05T18:00:00Z\""]
                plan[name] = value
                let body = "{" + plan.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ",") + "}"
                let answer = try await club.http.send("POST", WebClub.shows, headers: headers, body: Data(body.utf8))
                #expect(answer.status == 400, "\(name) \(value.prefix(40))")
                #expect(answer.errorCode == code, "\(name) \(value.prefix(40))")
                #expect(answer.errorField == field, "\(name) \(value.prefix(40))")
            }
            #expect(try await club.store.liveSessions.count(.upcoming) == 0)
        }
    }

    @Test func `only admins plan for another host`() async throws {
        try await WebClub.run { club in
            let plan = ["title": "Talk", "starts_at": "2026-06-05T18:00:00Z", "host_id": "member-1"]
            try await club.keep(Fixtures.member(1, role: .host))
            let host = try await club.signedIn(Fixtures.member(2, role: .host))
            #expect(try await club.post(WebClub.shows, plan, headers: host).errorCode == "not_allowed")
            let admin = try await club.signedIn(Fixtures.member(3, role: .admin))
            let answer = try await club.post(WebClub.shows, plan, headers: admin)
            #expect((answer.json["host"] as? [String: String])?["user_id"] == "member-1")
        }
    }

    @Test func `a member who is no host plans nothing, and the role counts as it is now`() async throws {
        try await WebClub.run { club in
            let headers = try await club.signedIn(Fixtures.member(1, role: .host))
            try await club.keep(Fixtures.member(1, role: .member))
            let plan = ["title": "Talk", "starts_at": "2026-06-05T18:00:00Z"]
            let answer = try await club.post(WebClub.shows, plan, headers: headers)
            #expect(answer.status == 403)
            #expect(answer.errorCode == "not_allowed")
        }
    }
}

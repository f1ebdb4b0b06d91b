import Domain
import TestSupport
import Testing

@testable import Web

struct MetricsTests {
    @Test func `a program on the same machine reads the figures`() async throws {
        try await WebClub.run { club in
            let answer = try await club.http.send("GET", "/metrics")
            #expect(answer.status == 200)
            #expect(answer["content-type"]?.hasPrefix("text/plain; version=0.0.4") == true)
            let lines = answer.text.split(separator: "\n")
            #expect(lines.contains("# TYPE fomo_test_total counter"))
            #expect(lines.contains(#"fomo_test_total{name="a \"b\""} 3"#))
        }
    }

    @Test(arguments: ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
    func `what a proxy hands on is somebody else's, who has to be an admin`(header: String) async throws {
        try await WebClub.run { club in
            let forwarded = [header: "203.0.113.9"]
            #expect(try await club.http.send("GET", "/metrics", headers: forwarded).status == 401)
            let member = try await club.signedIn(Fixtures.member(1))
            let refused = try await club.http.send("GET", "/metrics", headers: forwarded.merging(member) { $1 })
            #expect(refused.status == 403)
            let admin = try await club.signedIn(Fixtures.member(2, role: .admin))
            let answer = try await club.http.send("GET", "/metrics", headers: forwarded.merging(admin) { $1 })
            #expect(answer.status == 200)
        }
    }

    @Test func `figures of one name stand together under one head`() {
        let figures = [
            Metric("a_total", "As.", .counter, labels: ["bot": "x"], value: 1),
            Metric("b_seconds", "Bs.", .gauge, value: 0.5),
            Metric("a_total", "As.", .counter, labels: ["bot": "y", "and": "z\\"], value: 2),
        ]
        #expect(
            Metric.text(figures) == """
                # HELP a_total As.
                # TYPE a_total counter
                a_total{bot="x"} 1
                a_total{and="z\\\\",bot="y"} 2
                # HELP b_seconds Bs.
                # TYPE b_seconds gauge
                b_seconds 0.5

                """
        )
    }
}

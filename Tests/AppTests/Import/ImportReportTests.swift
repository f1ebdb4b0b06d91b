import Domain
import Foundation
import TestSupport
import Testing

@testable import App

struct ImportReportTests {
    private var report = ImportReport(source: "MongoDB, old/fomo", isDryRun: false, startedAt: Fixtures.start)

    @Test func `the first twenty ids are kept, each once, and all are counted`() {
        var report = report
        for number in 1...30 { report.note(.covers, "pod\(number)") }
        report.note(.covers, "pod1")

        #expect(report[.covers].count == 31)
        #expect(report[.covers].ids == (1...20).map { "pod\($0)" })
        #expect(report.text.contains("31 × covers of episodes"))
        #expect(report.text.contains("pod20 …"))
    }

    @Test func `ids cannot play with the terminal`() {
        var report = report
        report.note(.covers, "\u{1B}[2Jpod\n1\u{202E}" + String(repeating: "x", count: 100))

        #expect(report[.covers].ids[0].count == 64)
        #expect(report[.covers].ids[0].hasPrefix("[2Jpod 1xx"))
    }

    @Test func `an import that found nothing new says so`() {
        var report = report
        report.isWhole = true
        #expect(report.text == "MongoDB, old/fomo is in:\n\nCame in:\n  nothing new")
    }

    @Test(arguments: [(false, "came in only in part"), (true, "a part of MongoDB, old/fomo would come in")])
    func `an import that was broken off says so`(isDryRun: Bool, words: String) {
        var report = report
        report.isDryRun = isDryRun
        #expect(report.text.contains(words))
    }

    @Test func `programs read groups of notes with their counts`() throws {
        var report = report
        report.note(.members, "user1")
        report.note(.xpTransactions, "xp_transactions", count: 12)

        let data = Data(try report.json().utf8)
        let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])

        #expect(json["started_at"] as? String == "2026-06-01T12:00:00Z")
        #expect(json["is_dry_run"] as? Bool == false)
        let left = try #require((json["left_out"] as? [[String: Any]])?.first)
        #expect(left["note"] as? String == "xp_transactions")
        #expect(left["count"] as? Int == 12)
        #expect((json["came_in"] as? [[String: Any]])?.first?["ids"] as? [String] == ["user1"])
        #expect((json["changed"] as? [Any])?.isEmpty == true)
        #expect(report.fileName == "import-report-20260601T120000Z.json")
    }

    @Test func `every note has a meaning of its own`() {
        let meanings = ImportNote.allCases.map(\.meaning)
        #expect(Set(meanings).count == meanings.count)
        #expect(meanings.allSatisfy { !$0.isEmpty && !$0.contains("\n") })
    }
}

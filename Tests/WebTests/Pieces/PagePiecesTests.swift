import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

@Suite struct PagePiecesTests {
    @Test func `what ends a tag or an attribute is escaped, accents on it or not`() {
        let text = "<b> & \"quoted\" 'x' \"\u{301} <\u{301}script"
        let escaped = HTMLEscaping().escapeText(text)
        #expect(escaped == "&lt;b&gt; &amp; &quot;quoted&quot; &#39;x&#39; &quot;\u{301} &lt;\u{301}script")
    }

    @Test func `a cover follows from the id alone and has nothing that a page would forbid`() {
        let cover = CoverArt(id: "podcast-0001").svg
        #expect(cover == CoverArt(id: "podcast-0001").svg)
        #expect(cover != CoverArt(id: "podcast-0002").svg)
        #expect(!cover.contains("style") && !cover.contains("id=") && !cover.contains("href"))
    }

    @Test(arguments: [(0, "0:00"), (59, "0:59"), (245, "4:05"), (3_723, "1:02:03"), (36_000, "10:00:00")])
    func `a length is shown as a clock`(seconds: Int, text: String) {
        #expect(PlayingTime.clock(.seconds(seconds)) == text)
    }

    @Test func `empty lines part a summary into paragraphs`() {
        let paragraphs = SummaryText("One\ntwo\n\nthree").paragraphs
        #expect(paragraphs.map { $0.runs.map(\.text) } == [["One\ntwo"], ["three"]])
        #expect(SummaryText("").paragraphs.isEmpty)
    }

    @Test func `addresses of web sites become links, without the full stop behind them`() throws {
        let paragraph = try #require(SummaryText("See https://example.org/a?b=1. Or (http://x.org/).").paragraphs.first)
        #expect(paragraph.runs.compactMap(\.link) == ["https://example.org/a?b=1", "http://x.org/"])
        #expect(paragraph.runs.map(\.text).joined() == "See https://example.org/a?b=1. Or (http://x.org/).")
    }

    @Test(arguments: ["javascript:alert(1)", "data:text/html,x", "ftp://x.org", "https://", "http:// x"])
    func `nothing else becomes a link`(text: String) throws {
        let paragraph = try #require(SummaryText(text).paragraphs.first)
        #expect(paragraph.runs.allSatisfy { $0.link == nil })
        #expect(paragraph.runs.map(\.text).joined() == text)
    }

    @Test func `a template that uses an unknown phrase is found at start`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "templates-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("{{t.no.such_phrase}}".utf8).write(to: folder.appending(path: "login.mustache"))
        #expect(throws: WebServerFault.phraseUnknown(template: "login", key: "web.no.such_phrase")) {
            try PageTemplates(folder: folder)
        }
    }

    @Test func `missing and broken templates are found at start`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "templates-\(UUID().uuidString)")
        #expect(throws: WebServerFault.resourceUnreadable(path: folder.path)) { try PageTemplates(folder: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(throws: WebServerFault.templateBroken(name: "login", detail: "it is missing")) {
            try PageTemplates(folder: folder)
        }
        try Data("{{#open}}".utf8).write(to: folder.appending(path: "login.mustache"))
        let fault = #expect(throws: WebServerFault.self) { try PageTemplates(folder: folder) }
        guard case .templateBroken("login", _) = fault else {
            Issue.record("another fault: \(String(describing: fault))")
            return
        }
    }

    @Test func `a key that is too short to sign with is refused at start`() {
        #expect(throws: WebServerFault.sessionKeyTooShort(bytes: 31, needed: 32)) {
            try SigningKeys(Data(repeating: 1, count: 31))
        }
    }
}

import Foundation
import Glibc
import Testing

@testable import App

struct FolderCheckTests {
    let place = TemporaryFolder()

    private func findings(space: UInt64? = 5_000_000_000) -> [Finding] {
        FolderCheck(folder: place.url, space: { _ in space }).findings
    }

    @Test func `a folder that is not there is made by the first start, not by a look at it`() {
        let findings = findings()

        #expect(findings.first?.verdict == .ok)
        #expect(findings.first?.seen.contains("the first start makes it") == true)
        #expect(!FileManager.default.fileExists(atPath: place.url.path))
    }

    @Test func `who works in the folder is told`() throws {
        let folder = try DataFolder(place.url, as: [.recorder], command: "fomo recorder")
        let text = findings().map(\.text).joined(separator: "\n")

        #expect(text.contains("no fomo runs the club here"))
        #expect(text.contains("the recording bot is run by `fomo recorder`, process \(getpid())"))
        withExtendedLifetime(folder) {}
    }

    @Test func `a folder that everybody may enter is a warning`() throws {
        try FileManager.default.createDirectory(at: place.url, withIntermediateDirectories: true)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: place.url.path)

        #expect(findings().first?.verdict == .warning)
        #expect(findings().first?.advice?.hasPrefix("chmod 700") == true)
    }

    @Test func `a file in its place is a fault`() throws {
        try Data().write(to: place.url)

        #expect(findings().first?.verdict == .fault)
        #expect(findings().first?.advice?.contains("DATA_DIR") == true)
    }

    @Test func `a folder that cannot be made is a fault`() throws {
        try Data().write(to: place.url)
        let findings = FolderCheck(folder: place.url.appending(path: "club/data")).findings

        #expect(findings.first?.verdict == .fault)
        #expect(findings.first?.advice?.contains("mkdir") == true)
    }

    @Test(arguments: [
        (UInt64(499_999_999), Finding.Verdict.fault), (500_000_000, .warning), (1_999_999_999, .warning),
        (2_000_000_000, .ok),
    ])
    func `little room on the disk is told before it is too late`(space: UInt64, verdict: Finding.Verdict) {
        let finding = findings(space: space).last

        #expect(finding?.subject == "disk space")
        #expect(finding?.verdict == verdict)
        #expect((finding?.advice == nil) == (verdict == .ok))
    }

    @Test func `the room of this disk is known`() {
        #expect(FolderCheck.freeSpace(FileManager.default.temporaryDirectory) != nil)
        #expect(FolderCheck.freeSpace(URL(filePath: "/nowhere")) == nil)
    }
}

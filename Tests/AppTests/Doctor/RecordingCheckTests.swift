import Foundation
import Testing

@testable import App

struct RecordingCheckTests {
    @Test func `a missing ffmpeg is a warning that says what to install`() {
        let finding = RecordingCheck(path: "/nowhere").finding
        #expect(finding.verdict == .warning)
        #expect(finding.seen.contains("ffmpeg, ffprobe"))
        #expect(finding.advice?.contains("apt-get install") == true)
    }

    @Test func `an ffmpeg that is there is well`() {
        #expect(RecordingCheck(path: ProcessInfo.processInfo.environment["PATH"] ?? "").finding.verdict == .ok)
    }
}

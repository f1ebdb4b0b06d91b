import Foundation
import Testing

@testable import App

struct FilesFolderCheckTests {
    let place = TemporaryFolder()

    @Test func `a folder that is not there, or is a file, is a fault`() throws {
        try Data().write(to: place.url)
        let finding = FilesFolderCheck(folder: place.url).finding

        #expect(finding.verdict == .fault)
        #expect(finding.advice?.contains("TELEGRAM_FILES_DIR") == true)
    }

    @Test func `a folder that can be read is well`() throws {
        try FileManager.default.createDirectory(at: place.url, withIntermediateDirectories: true)

        #expect(FilesFolderCheck(folder: place.url).finding.verdict == .ok)
    }
}

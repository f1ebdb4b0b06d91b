import Foundation
import Testing

@testable import App

struct DataFolderTests {
    @Test func `a folder is worked with by one process at a time`() throws {
        let place = TemporaryFolder()
        let folder = try DataFolder(place.url)

        #expect(throws: SettingsFault.self) { try DataFolder(place.url) }
        withExtendedLifetime(folder) {}
    }

    @Test func `a folder that was let go can be taken again`() throws {
        let place = TemporaryFolder()
        do { _ = try DataFolder(place.url) }

        _ = try DataFolder(place.url)
    }

    @Test func `secrets are made once, and only the owner can read them`() throws {
        let place = TemporaryFolder()
        let folder = try DataFolder(place.url)

        let first = try folder.secret("key") { "made" }
        let second = try folder.secret("key") { "made anew" }

        #expect([first, second] == ["made", "made"])
        let path = place.url.appending(path: "key").path
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let folderAttributes = try FileManager.default.attributesOfItem(atPath: place.url.path)
        #expect(folderAttributes[.posixPermissions] as? Int == 0o700)
    }

    @Test func `a folder that cannot be made is said in one line`() {
        #expect(throws: SettingsFault.self) { try DataFolder(URL(filePath: "/proc/nowhere/data")) }
    }
}

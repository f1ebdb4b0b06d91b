import Foundation
import Glibc
import Testing

@testable import App

struct FolderLockTests {
    let place = TemporaryFolder()

    private func fault(_ roles: Set<FolderLock.Role>) -> SettingsFault? {
        do {
            _ = try DataFolder(place.url, as: roles)
            return nil
        } catch {
            return error
        }
    }

    @Test func `the club and the recording bot work in one folder, each with its own lock`() throws {
        let club = try DataFolder(place.url, as: [.club], command: "fomo serve --no-recorder")
        let recorder = try DataFolder(place.url, as: [.recorder], command: "fomo recorder")

        #expect(club.place(of: .club) != recorder.place(of: .recorder))
        withExtendedLifetime((club, recorder)) {}
    }

    @Test func `whoever finds the recording bot taken learns by whom, and what to do`() throws {
        let recorder = try DataFolder(place.url, as: [.recorder], command: "fomo recorder")
        let fault = try #require(self.fault([.club, .recorder]))

        #expect(fault.advice.contains("`fomo recorder`, process \(getpid())"))
        #expect(fault.advice.contains("fomo serve --no-recorder"))
        withExtendedLifetime(recorder) {}
    }

    @Test func `whoever finds the club taken learns by whom`() throws {
        let club = try DataFolder(place.url, as: [.club, .recorder], command: "fomo serve")

        // Also the second time: who was turned away leaves the holder's name where it is.
        for _ in 1...2 {
            #expect(fault([.club])?.advice.contains("`fomo serve`, process \(getpid())") == true)
        }
        withExtendedLifetime(club) {}
    }

    @Test func `a start that failed halfway holds nothing`() throws {
        let recorder = try DataFolder(place.url, as: [.recorder])
        #expect(fault([.club, .recorder]) != nil)

        _ = try DataFolder(place.url, as: [.club])
        withExtendedLifetime(recorder) {}
    }

    @Test func `who has a role can be seen without taking or making anything`() throws {
        #expect(FolderLock.state(of: .club, in: place.url) == .free)
        #expect(!FileManager.default.fileExists(atPath: place.url.path))
        let folder = try DataFolder(place.url, command: "fomo serve")

        let me = FolderLock.Holder(process: getpid(), command: "fomo serve")
        #expect(FolderLock.state(of: .club, in: place.url) == .taken(by: me))
        #expect(FolderLock.state(of: .recorder, in: place.url) == .free)
        withExtendedLifetime(folder) {}
    }

    @Test func `what a process left that is gone names nobody`() throws {
        do { _ = try DataFolder(place.url, command: "fomo serve") }

        #expect(FolderLock.state(of: .club, in: place.url) == .free)
    }
}

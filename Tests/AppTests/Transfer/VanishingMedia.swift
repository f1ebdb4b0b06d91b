import Domain
import Foundation
import Synchronization

/// Counts from 1.
final class Counter: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}

/// A media folder from which one file vanishes between the look where it is and its reading.
final class VanishingMedia: MediaStore {
    private let folder: any MediaStore
    private let vanishing: MediaKey

    init(_ folder: any MediaStore, vanishing: MediaKey) {
        self.folder = folder
        self.vanishing = vanishing
    }

    func incoming(_ name: String) throws -> URL { try folder.incoming(name) }

    func adopt(_ incoming: URL) async throws -> StoredMedia { try await folder.adopt(incoming) }

    func keys() throws -> [MediaKey] { try folder.keys() }

    func file(_ key: MediaKey) -> URL? {
        let file = folder.file(key)
        if key == vanishing, let file { try? FileManager.default.removeItem(at: file) }
        return file
    }
}

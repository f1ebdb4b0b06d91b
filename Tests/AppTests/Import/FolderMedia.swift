import Domain
import Foundation

/// A media store that keeps each file under a digest of its bytes, in one flat folder.
struct FolderMedia: MediaStore {
    let folder: URL

    /// 64-bit FNV-1a as 64 hexadecimal digits: enough to tell the files of a test apart.
    static func digest(_ bytes: some Sequence<UInt8>) -> String {
        let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
        let digits = String(hash, radix: 16)
        return String(repeating: String(repeating: "0", count: 16 - digits.count) + digits, count: 4)
    }

    func incoming(_ name: String) throws -> URL {
        folder.appending(path: "incoming-\(Self.digest(name.utf8))")
    }

    func adopt(_ incoming: URL) async throws -> StoredMedia {
        let data = try Data(contentsOf: incoming)
        let key = MediaKey(rawValue: Self.digest(data))
        let target = folder.appending(path: key.rawValue)
        try? FileManager.default.removeItem(at: target)
        try FileManager.default.moveItem(at: incoming, to: target)
        return StoredMedia(key: key, bytes: Int64(data.count))
    }

    func file(_ key: MediaKey) -> URL? {
        let url = folder.appending(path: key.rawValue)
        return FileManager.default.fileExists(atPath: url.path) ? url : nil
    }

    func keys() throws -> [MediaKey] {
        names.filter { !$0.hasPrefix("incoming-") }.sorted().map(MediaKey.init(rawValue:))
    }

    /// The names of all files in it.
    var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] }
}

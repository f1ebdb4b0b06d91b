import Domain
import Foundation

/// The folder with the predecessor's audio files. Nothing outside it is ever read, whatever a document says.
struct LegacyMedia: Sendable {
    /// Nil where it is not at hand.
    let folder: URL?
    /// Where the files go.
    let store: any MediaStore

    /// The file that a document names by path or address: the whole path below the folder, else as much of its end as
    /// is there, the file's name at least.
    /// - Returns: nil where there is none, or it is empty.
    func file(named name: String) -> URL? {
        guard let folder, let root = Self.realPath(folder.path) else { return nil }
        let below = root.hasSuffix("/") ? root : root + "/"
        for parts in Self.paths(name) {
            for start in parts.indices {
                let path = below + parts[start...].joined(separator: "/")
                guard let real = Self.realPath(path), real.hasPrefix(below), Self.isFile(real) else { continue }
                return URL(filePath: real, directoryHint: .notDirectory)
            }
        }
        return nil
    }

    /// Copies a file into the club's own media. The original stays as it is.
    /// `name`: what it is for; the same one takes up where a crash ended.
    func adopt(_ file: URL, for name: String) async throws(ImportFault) -> StoredMedia {
        do {
            let incoming = try store.incoming("import:\(name)")
            if FileManager.default.fileExists(atPath: incoming.path) {
                try FileManager.default.removeItem(at: incoming)
            }
            try FileManager.default.copyItem(at: file, to: incoming)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: incoming.path)
            return try await store.adopt(incoming)
        } catch {
            throw .fileNotCopied(file.lastPathComponent, detail: (error as NSError).localizedDescription)
        }
    }

    /// The ways to understand what is written: as a part of an address with %XX in it, and as it stands. Each as the
    /// names on the way, without those that lead up.
    private static func paths(_ text: String) -> [[String]] {
        guard !text.contains("\0") else { return [] }
        var path = text.replacing("\\", with: "/")
        if let scheme = path.firstRange(of: "://") {
            path = String(path[scheme.upperBound...].drop { $0 != "/" })
        }
        let plain = path.prefix { $0 != "?" && $0 != "#" }
        let decoded = plain.removingPercentEncoding.flatMap { $0.contains("\0") ? nil : $0 }
        return [decoded, path].compactMap { $0 }.map { path in
            let names = path.split(separator: "/").map(String.init)
            let up = names.lastIndex { $0 == ".." || $0 == "." }
            return Array(names[(up.map { $0 + 1 } ?? 0)...])
        }
    }

    /// A path without links and detours; nil where nothing is there.
    private static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func isFile(_ path: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return attributes?[.type] as? FileAttributeType == .typeRegular && (attributes?[.size] as? Int64 ?? 0) > 0
    }
}

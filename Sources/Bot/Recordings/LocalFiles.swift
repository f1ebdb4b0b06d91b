import Foundation
import Glibc

/// Files that a Bot API server of one's own has on a disk that can be read here.
///
/// A file is taken over by a hard link or, where that cannot be, copied by the kernel: it never passes through this
/// program's memory. Source: telegram-bot-api, `--local`: `getFile` answers an absolute path.
struct LocalFiles: Sendable {
    /// Why a file cannot be taken over.
    enum Fault: Error, Equatable, Sendable, CustomStringConvertible {
        /// The path leads out of the folder, or is none. Nothing was read.
        case outside
        /// The folder in which it should be is not there, holds nothing, or its disk does not answer: it is not mounted,
        /// or the server is being moved. With the system's error number.
        case away(Int32)
        /// It is not there, or not for this program. With the system's error number.
        case unreadable(Int32)
        /// The file cannot be kept. With the system's error number.
        case unwritable(Int32)

        /// Whether it is this file's fault, not that of the place where files are kept.
        var isOfTheFile: Bool {
            switch self {
            case .outside, .unreadable: true
            case .unwritable, .away: false
            }
        }

        /// Whether it meets every file of the server.
        var isOfTheFolder: Bool {
            if case .away = self { true } else { false }
        }

        var description: String {
            switch self {
            case .outside: "its path leads out of TELEGRAM_FILES_DIR"
            case .away(let number): "the folder of the local server's files is away, error \(number)"
            case .unreadable(let number): "the local server's file cannot be read here, error \(number)"
            case .unwritable(let number): "it cannot be written, error \(number)"
            }
        }
    }

    /// So many bytes are copied in one call.
    private static let piece = 64 << 20
    private static let queue = DispatchQueue(label: "local files", attributes: .concurrent)

    /// The server's folder as it is seen here; nil: its paths are good here as they are.
    let folder: URL?

    /// Takes over a file.
    /// - Parameters:
    ///   - path: What `getFile` answered: absolute, as the server sees it.
    ///   - target: Becomes the file; what was there before is gone.
    /// - Returns: The file's size in bytes.
    /// - Throws: `Fault`.
    func take(_ path: String, to target: URL) async throws -> Int64 {
        try await withCheckedThrowingContinuation { continuation in
            Self.queue.async {
                continuation.resume(with: Result { try Self.bring(place(of: path), to: target.path) })
            }
        }
    }

    /// Where the file is here, with all links followed.
    ///
    /// Below `folder` it is looked for under the longest end of `path` that is there: the server's own folder may have
    /// another name.
    func place(of path: String) throws(Fault) -> String {
        let parts = path.split(separator: "/")
        guard path.hasPrefix("/"), !parts.isEmpty, !parts.contains("..") else { throw .outside }
        guard let folder else {
            try Self.checkThere((path as NSString).deletingLastPathComponent)
            return try Self.resolved(path)
        }
        try Self.checkThere(folder.path)
        let root = try Self.resolved(folder.path)
        let ends = parts.indices.map { root + "/" + parts[$0...].joined(separator: "/") }
        let candidates = (path.hasPrefix(root + "/") ? [path] : []) + ends
        guard let found = candidates.first(where: { access($0, F_OK) == 0 }) else { throw .unreadable(ENOENT) }
        let place = try Self.resolved(found)
        guard place.hasPrefix(root == "/" ? root : root + "/") else { throw .outside }
        return place
    }

    /// A disk that is not mounted leaves an empty folder in its place.
    private static func checkThere(_ folder: String) throws(Fault) {
        guard let listing = opendir(folder) else { throw .away(errno) }
        defer { closedir(listing) }
        while let entry = readdir(listing) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { $0.prefix { $0 != 0 } }
            if !name.elementsEqual(".".utf8), !name.elementsEqual("..".utf8) { return }
        }
        throw .away(ENOENT)
    }

    /// A disk that does not answer is no fault of one file.
    private static func unreadable(_ number: Int32) -> Fault {
        [EIO, ESTALE, ENOTCONN, ENODEV, ENXIO, ETIMEDOUT, EHOSTDOWN].contains(number)
            ? .away(number) : .unreadable(number)
    }

    private static func resolved(_ path: String) throws(Fault) -> String {
        guard let resolved = realpath(path, nil) else { throw unreadable(errno) }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    // MARK: Bringing it over

    private static func bring(_ source: String, to target: String) throws(Fault) -> Int64 {
        let input = open(source, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard input >= 0 else { throw unreadable(errno) }
        defer { close(input) }
        var facts = stat()
        guard fstat(input, &facts) == 0 else { throw unreadable(errno) }
        guard facts.st_mode & S_IFMT == S_IFREG else { throw .unreadable(EISDIR) }
        guard unlink(target) == 0 || errno == ENOENT else { throw .unwritable(errno) }
        if link(source, target) == 0 { return Int64(facts.st_size) }
        let output = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard output >= 0 else { throw .unwritable(errno) }
        defer { close(output) }
        return try copy(input, to: output)
    }

    /// - Returns: How many bytes were copied: all up to the file's end.
    private static func copy(_ input: Int32, to output: Int32) throws(Fault) -> Int64 {
        var total: Int64 = 0
        while true {
            let count = sendfile(output, input, nil, piece)
            if count > 0 {
                total += Int64(count)
            } else if count == 0 {
                return total
            } else if errno != EINTR {
                throw .unwritable(errno)
            }
        }
    }
}

import Domain
import Foundation
import Glibc

/// Files and folders that only their owner can read and that are on the disk when a call returns.
enum DurableFiles {
    /// How much of a file is in memory at a time, in bytes.
    static let chunk = 1 << 20

    /// Makes a folder, which must not be there; the folder above it has to be.
    static func make(folder: URL) throws(TransferFault) {
        guard mkdir(folder.path, 0o700) == 0 else { throw .system(folder) }
    }

    /// Brings a folder's entries to the disk, so that they are still there after the power failed.
    static func synchronize(folder: URL) throws(TransferFault) {
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .system(folder) }
    }

    /// Gives a file or folder its final name; what has that name is replaced where it is a file.
    static func rename(_ from: URL, to: URL) throws(TransferFault) {
        guard Glibc.rename(from.path, to.path) == 0 else { throw .system(to) }
        try synchronize(folder: to.deletingLastPathComponent())
    }

    static func exists(_ url: URL) -> Bool {
        faccessat(AT_FDCWD, url.path, F_OK, AT_SYMLINK_NOFOLLOW) == 0
    }

    /// Reads a file in pieces.
    /// - Returns: The SHA-256 of its content, in hexadecimal digits.
    @discardableResult
    static func read(
        _ file: URL,
        _ body: (Data) throws(TransferFault) -> Void = { (_) throws(TransferFault) in }
    ) throws(TransferFault) -> String {
        let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(file) }
        defer { close(descriptor) }
        var sum = RunningSum()
        var buffer = [UInt8](repeating: 0, count: chunk)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            guard count >= 0 else {
                if errno == EINTR { continue }
                throw .system(file)
            }
            if count == 0 { return sum.sha256 }
            let piece = Data(buffer[..<count])
            sum.add(piece)
            try body(piece)
        }
    }

    /// Copies a file's content to a new file.
    /// - Returns: The SHA-256 and the length of what was copied.
    static func copy(_ from: URL, to: URL) throws(TransferFault) -> (sha256: String, bytes: Int64) {
        let file = try DurableFile(to)
        try read(from) { piece throws(TransferFault) in try file.write(piece) }
        return try file.close()
    }
}

/// A new file while it is written.
final class DurableFile {
    private let url: URL
    private let descriptor: Int32
    private var pending = Data()
    private var sum = RunningSum()
    private var bytes: Int64 = 0
    private var isClosed = false

    /// - Throws: `.file` where there is a file of that name already.
    init(_ url: URL) throws(TransferFault) {
        self.url = url
        descriptor = open(url.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(url) }
    }

    deinit {
        if !isClosed { Glibc.close(descriptor) }
    }

    func write(_ data: Data) throws(TransferFault) {
        sum.add(data)
        bytes += Int64(data.count)
        pending.append(data)
        if pending.count >= DurableFiles.chunk { try flush() }
    }

    /// Waits until everything is on the disk.
    func close() throws(TransferFault) -> (sha256: String, bytes: Int64) {
        try flush()
        guard fsync(descriptor) == 0 else { throw .system(url) }
        isClosed = true
        guard Glibc.close(descriptor) == 0 else { throw .system(url) }
        return (sum.sha256, bytes)
    }

    private func flush() throws(TransferFault) {
        var rest = pending[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw .system(url)
            }
            rest = rest.dropFirst(count)
        }
        pending = Data()
    }
}

extension TransferFault {
    /// What the system said last about a file.
    fileprivate static func system(_ url: URL) -> TransferFault {
        .file(url.path, code: errno)
    }
}

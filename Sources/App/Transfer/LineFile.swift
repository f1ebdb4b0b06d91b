import Foundation
import Glibc

/// Reads a text file line by line.
final class LineFile {
    /// What no line of a backup comes near, in bytes. A file with longer ones is damaged.
    static let longestLine = 64 << 20

    private let url: URL
    private let descriptor: Int32
    private var buffer = Data()
    private var isAtEnd = false

    init(_ url: URL) throws(TransferFault) {
        self.url = url
        descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .file(url.path, code: errno) }
    }

    deinit {
        close(descriptor)
    }

    /// The next line without its end, nil behind the last one.
    /// - Throws: `.damaged` where a line does not end.
    func next() throws(TransferFault) -> Data? {
        while true {
            if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
                defer { buffer = buffer[(end + 1)...] }
                return Data(buffer[..<end])
            }
            guard buffer.count <= Self.longestLine else { throw .damaged(file: url.path, detail: "a line is too long") }
            if isAtEnd {
                guard buffer.isEmpty else { throw .damaged(file: url.path, detail: "the last line has no end") }
                return nil
            }
            try fill()
        }
    }

    private func fill() throws(TransferFault) {
        var piece = [UInt8](repeating: 0, count: DurableFiles.chunk)
        let count = read(descriptor, &piece, piece.count)
        guard count >= 0 else {
            if errno == EINTR { return }
            throw .file(url.path, code: errno)
        }
        isAtEnd = count == 0
        buffer = Data(buffer) + piece[..<count]
    }
}

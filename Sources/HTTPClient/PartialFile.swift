import Foundation

/// The file that a download is written to, which may hold a first part already. Used on the loop's thread only.
///
/// Writes go straight to the system: what was received is in the file when the process dies. Making it survive a
/// power cut, and giving it its final name, is up to the caller.
final class PartialFile {
    /// How many bytes were there when the file was opened.
    let initialSize: Int64
    /// How many bytes are there now.
    private(set) var size: Int64
    private let descriptor: Int32

    /// Opens `file`, which is created where it is missing. A pipe fails at once instead of waiting for its reader.
    init(at file: URL) throws(TransferFault) {
        let path = file.path(percentEncoded: false)
        descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o644)
        guard descriptor >= 0 else { throw .unwritable(errno: errno) }
        let end = lseek(descriptor, 0, SEEK_END)
        initialSize = Int64(max(0, end))
        size = initialSize
        guard end >= 0 else { throw .unwritable(errno: errno) }
    }

    deinit {
        close(descriptor)
    }

    /// Drops everything that is in the file.
    func truncate() throws(TransferFault) {
        guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
            throw .unwritable(errno: errno)
        }
        size = 0
    }

    /// Writes `bytes` at the end.
    func append(_ bytes: UnsafeRawBufferPointer) throws(TransferFault) {
        var rest = bytes
        while !rest.isEmpty {
            let written = write(descriptor, rest.baseAddress, rest.count)
            if written > 0 {
                size += Int64(written)
                rest = UnsafeRawBufferPointer(rebasing: rest[written...])
            } else if written == 0 || errno != EINTR {
                throw .unwritable(errno: written == 0 ? EIO : errno)
            }
        }
    }
}

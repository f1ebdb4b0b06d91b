import Foundation
import Glibc

/// The folder of a club's data on this machine, held by one process at a time. Only its owner can read it.
///
/// The lock is released by the system when the process ends, however it ends.
final class DataFolder: Sendable {
    let url: URL
    private let lock: Int32

    /// Makes the folder where it is missing, and takes its lock.
    init(_ url: URL) throws(SettingsFault) {
        self.url = url
        do {
            try FileManager.default.createDirectory(
                at: url,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw SettingsFault(setting: "DATA_DIR", advice: "'\(url.path)' cannot be made or is no folder.")
        }
        lock = open(url.appending(path: "fomo.lock").path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else {
            throw SettingsFault(setting: "DATA_DIR", advice: "nothing can be written in '\(url.path)'.")
        }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw SettingsFault(
                setting: "DATA_DIR",
                advice: "another fomo works with '\(url.path)'. Stop it first, or choose another folder."
            )
        }
    }

    deinit {
        close(lock)
    }

    /// A secret that is made at the first start and kept in the folder, readable by its owner only.
    func secret(_ name: String, make: () -> String) throws(SettingsFault) -> String {
        let file = url.appending(path: name)
        if let data = FileManager.default.contents(atPath: file.path) {
            let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            if !text.isEmpty { return text }
        }
        let text = make()
        try write(text, to: name)
        return text
    }

    /// Writes a small file, readable by its owner only: whole, or not at all.
    func write(_ text: String, to name: String) throws(SettingsFault) {
        let aside = url.appending(path: "\(name).new")
        let file = url.appending(path: name)
        let isWritten = FileManager.default.createFile(
            atPath: aside.path,
            contents: Data("\(text)\n".utf8),
            attributes: [.posixPermissions: 0o600]
        )
        guard isWritten, rename(aside.path, file.path) == 0 else {
            throw SettingsFault(setting: "DATA_DIR", advice: "'\(file.path)' cannot be written.")
        }
    }

    /// Removes a file; nothing happens where it is not there.
    func remove(_ name: String) {
        unlink(url.appending(path: name).path)
    }

    /// Names this folder on this machine among all places where the club's processes may run.
    var place: String {
        "\(ProcessInfo.processInfo.hostName):\(url.standardizedFileURL.path)"
    }
}

import Foundation
import Glibc

/// The folder of a club's data on this machine. Each role in it has one process at a time. Only its owner can read it.
final class DataFolder: Sendable {
    let url: URL
    private let locks: [FolderLock]

    /// Makes the folder where it is missing, and takes its locks.
    /// - `roles`: What this process is in the folder.
    /// - `command`: How this process is called, for whoever finds the folder locked.
    init(_ url: URL, as roles: Set<FolderLock.Role> = [.club], command: String = "fomo") throws(SettingsFault) {
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
        var locks: [FolderLock] = []
        for role in FolderLock.Role.allCases where roles.contains(role) {
            locks.append(try FolderLock(role, in: url, command: command))
        }
        self.locks = locks
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

    /// Names a role in this folder on this machine among all places where the club's processes may run. Whoever has
    /// the lock of `role` knows that no other process runs there.
    func place(of role: FolderLock.Role) -> String {
        "\(ProcessInfo.processInfo.hostName):\(url.standardizedFileURL.appending(path: role.file).path)"
    }
}

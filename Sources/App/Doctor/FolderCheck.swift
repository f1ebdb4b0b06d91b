import Foundation
import Glibc

/// Looks at the data folder: rights, who works with it, and how much room is left.
struct FolderCheck {
    /// Below this the program soon cannot write, in bytes.
    static let leastSpace: UInt64 = 500_000_000
    /// Below this there is room for some hundred recordings only, in bytes.
    static let scarceSpace: UInt64 = 2_000_000_000

    private static let subject = "data folder"

    let folder: URL
    /// Room on the disk of a folder in bytes; nil where the system does not tell.
    var space: (_ folder: URL) -> UInt64? = FolderCheck.freeSpace

    var findings: [Finding] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder) else {
            return [missing, disk(of: parent)]
        }
        guard isFolder.boolValue else {
            let advice = "move the file away, or set DATA_DIR to another folder."
            return [.fault(Self.subject, "'\(folder.path)' is no folder", advice: advice)]
        }
        return [rights] + FolderLock.Role.allCases.compactMap(lock) + [disk(of: folder)]
    }

    private var missing: Finding {
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: parent.path, isDirectory: &isFolder)
        guard isFolder.boolValue, access(parent.path, W_OK | X_OK) == 0 else {
            return .fault(
                Self.subject,
                "'\(folder.path)' is not there, and nothing can be made in '\(parent.path)'",
                advice: "make it for the user who runs fomo: mkdir -p, chown, chmod 700; or correct DATA_DIR."
            )
        }
        return .ok(Self.subject, "'\(folder.path)' is not there; the first start makes it")
    }

    private var rights: Finding {
        guard access(folder.path, R_OK | W_OK | X_OK) == 0 else {
            return .fault(
                Self.subject,
                "user \(getuid()) may not read and write in '\(folder.path)'",
                advice: "run this as the user who runs fomo, or give the folder to that user: chown -R."
            )
        }
        let mode = (try? FileManager.default.attributesOfItem(atPath: folder.path))?[.posixPermissions] as? Int
        guard let mode, mode & 0o077 != 0 else { return .ok(Self.subject, "'\(folder.path)', writable") }
        return .warning(
            Self.subject,
            "'\(folder.path)' can be entered by other users (mode \(String(mode & 0o777, radix: 8)))",
            advice: "chmod 700 '\(folder.path)'"
        )
    }

    private func lock(_ role: FolderLock.Role) -> Finding? {
        let who = role == .club ? "the club" : "the recording bot"
        switch FolderLock.state(of: role, in: folder) {
        case .free:
            return role == .club ? .ok(Self.subject, "free: no fomo runs \(who) here") : nil
        case .taken(let holder):
            return .ok(Self.subject, "\(who) is run by \(holder.map { "\($0)" } ?? "a process that does not say who")")
        }
    }

    private func disk(of folder: URL) -> Finding {
        let subject = "disk space"
        guard let free = space(folder) else {
            return .warning(subject, "unknown for '\(folder.path)'", advice: "look by hand: df -h '\(folder.path)'")
        }
        let seen = "\(free.formatted(.byteCount(style: .decimal))) free"
        if free < Self.leastSpace {
            return .fault(subject, seen, advice: "make room or move DATA_DIR; below 500 MB the club cannot go on.")
        }
        if free < Self.scarceSpace {
            return .warning(subject, seen, advice: "make room soon: a recording takes up to 20 MB, a backup as much.")
        }
        return .ok(subject, seen)
    }

    /// The nearest folder above that exists.
    private var parent: URL {
        var parent = folder.standardizedFileURL.deletingLastPathComponent()
        while parent.path != "/", !FileManager.default.fileExists(atPath: parent.path) {
            parent = parent.deletingLastPathComponent()
        }
        return parent
    }

    static func freeSpace(_ folder: URL) -> UInt64? {
        var status = statvfs()
        guard statvfs(folder.path, &status) == 0 else { return nil }
        return UInt64(status.f_bavail) * UInt64(status.f_frsize)
    }
}

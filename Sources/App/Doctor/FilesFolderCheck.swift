import Foundation
import Glibc

/// Looks at the folder of a local Bot API server: whether its files can be read from here.
struct FilesFolderCheck {
    private static let subject = "local server's files"

    let folder: URL

    var finding: Finding {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder), isFolder.boolValue else {
            return .fault(
                Self.subject,
                "'\(folder.path)' is no folder here",
                advice: "mount the server's working directory there, or correct TELEGRAM_FILES_DIR."
            )
        }
        guard access(folder.path, R_OK | X_OK) == 0 else {
            return .fault(
                Self.subject,
                "user \(getuid()) may not read '\(folder.path)'",
                advice: "add this user to the group of the server's user, and let the group read: chmod -R g+rX."
            )
        }
        return .ok(Self.subject, "'\(folder.path)', readable")
    }
}

import Foundation

/// What a club has generated for itself and keeps as small files in its data folder, such as the key of its sessions.
///
/// All small files at the top of the folder count, so that one that comes with a later version is not forgotten; only
/// the database, locks and files that are just being written do not.
enum GeneratedKeys {
    /// What is larger is no key, in bytes.
    static let largest = 65_536

    /// Their names, in order. A folder that is not there has none.
    static func names(in folder: URL) throws(TransferFault) -> [String] {
        guard DurableFiles.exists(folder) else { return [] }
        let files: [URL]
        do {
            files = try FileManager.default.contentsOfDirectory(
                at: folder,
                includingPropertiesForKeys: [.isRegularFileKey, .fileSizeKey]
            )
        } catch {
            throw .file(folder, error)
        }
        return files.filter(isKey).map(\.lastPathComponent).sorted()
    }

    /// Whether a key's file may have this name.
    static func isName(_ name: String) -> Bool {
        !name.isEmpty && !name.contains("/") && !name.hasPrefix(".") && !name.hasPrefix("fomo.")
            && !name.hasSuffix(".lock") && !name.hasSuffix(".new")
    }

    private static func isKey(_ file: URL) -> Bool {
        let values = try? file.resourceValues(forKeys: [.isRegularFileKey, .fileSizeKey])
        guard values?.isRegularFile == true, (values?.fileSize ?? .max) <= largest else { return false }
        return isName(file.lastPathComponent)
    }
}

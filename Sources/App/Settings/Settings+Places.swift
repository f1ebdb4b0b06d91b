import Foundation

/// Where things are on this machine.
extension Settings {
    static func dataFolder(_ reader: SettingsReader) -> URL {
        URL(filePath: reader.text("DATA_DIR") ?? "data", directoryHint: .isDirectory).absoluteURL
    }

    static func sandboxFolder(in dataFolder: URL) -> URL {
        dataFolder.appending(path: "sandbox")
    }

    /// The folder of resources; it has to have these `parts`.
    static func resourcesFolder(_ reader: SettingsReader, with parts: [String]) throws(SettingsFault) -> URL {
        let path = reader.text("RESOURCES_DIR") ?? "Resources"
        let folder = URL(filePath: path, directoryHint: .isDirectory).absoluteURL
        let missing = parts.filter { !FileManager.default.fileExists(atPath: folder.appending(path: $0).path) }
        guard missing.isEmpty else {
            throw SettingsFault(
                setting: "RESOURCES_DIR",
                advice: missing.count == parts.count
                    ? "there are no resources in '\(path)'; start from the project's folder, or name theirs."
                    : "'\(path)' lacks \(missing.joined(separator: " and ")); fetch the resources of this version anew."
            )
        }
        return folder
    }

    /// Where the site is without a `PUBLIC_URL`.
    static func localAddress(port: Int) -> URL {
        var parts = URLComponents()
        parts.scheme = "http"
        parts.host = "127.0.0.1"
        parts.port = port
        return parts.url ?? URL(filePath: "/")
    }

    /// Whether only this machine reaches an address.
    static func isLoopback(_ url: URL) -> Bool {
        guard let host = url.host()?.lowercased() else { return false }
        return host == "localhost" || host.hasSuffix(".localhost") || host.hasPrefix("127.") || host == "::1"
            || host == "[::1]"
    }
}

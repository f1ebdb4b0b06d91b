import Foundation
import Web

extension Settings {
    /// The sound of shows.
    struct LiveKit: Sendable {
        var server: LiveKitServer
        /// Where the browsers' script comes from.
        var clientAddress: URL
    }

    /// One version of LiveKit's own module for browsers, with all that it needs in it.
    static let liveKitClient = "https://cdn.jsdelivr.net/npm/livekit-client@2.18.3/dist/livekit-client.esm.mjs"

    /// - Returns: nil where the shows of this club have no sound.
    static func liveKit(_ reader: SettingsReader) throws(SettingsFault) -> LiveKit? {
        let names = ["LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET"]
        let missing = names.filter { reader.text($0) == nil }
        guard missing.count < names.count else { return nil }
        if let first = missing.first {
            let given = names.filter { !missing.contains($0) }.joined(separator: " and ")
            throw SettingsFault(setting: first, advice: "it is missing, and \(given) is set; set all three or none.")
        }
        guard let address = reader.text(names[0]).flatMap({ URL(string: $0) }),
            let server = LiveKitServer(
                address: address,
                key: reader.text(names[1]) ?? "",
                secret: reader.text(names[2]) ?? ""
            )
        else {
            throw SettingsFault(
                setting: names[0],
                advice: "it has to be an address such as wss://sound.example.org (ws, wss, http or https)."
            )
        }
        return LiveKit(server: server, clientAddress: try liveKitClientAddress(reader))
    }

    static func liveKitClientAddress(_ reader: SettingsReader) throws(SettingsFault) -> URL {
        let name = "LIVEKIT_CLIENT_URL"
        guard let text = reader.text(name) else { return URL(string: liveKitClient) ?? URL(filePath: "/") }
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme),
            let host = url.host(), !host.isEmpty, url.user() == nil
        else {
            throw SettingsFault(
                setting: name,
                advice: "it has to be the address of livekit-client.esm.mjs, beginning with https:// or http://."
            )
        }
        return url
    }
}

import Domain
import Foundation
import HTTPClient
import Web

/// Looks whether LiveKit is there and takes the key, and whether the browsers' script is there or can be fetched.
struct LiveKitCheck {
    static let subject = "LiveKit"
    static let script = "LiveKit's script"

    let settings: Settings.LiveKit
    /// The club's.
    let dataFolder: URL
    let isOnline: Bool
    let clock: any ClubClock

    func findings() async -> [Finding] {
        guard let http = try? HTTPClient(HTTPClient.Configuration(connectTimeout: .seconds(5))) else { return [] }
        var findings: [Finding] = []
        if isOnline {
            findings.append(await server(http))
        } else {
            findings.append(.ok(Self.subject, "not asked (--offline)"))
        }
        findings.append(await script(http))
        await http.shutdown()
        return findings
    }

    private func server(_ http: HTTPClient) async -> Finding {
        do throws(LiveKitFault) {
            let rooms = try await LiveKitCalls(settings.server, http: http, clock: clock).check()
            return .ok(Self.subject, "\(settings.server) takes the key; rooms there now: \(rooms)")
        } catch {
            let advice =
                switch error {
                case .unreachable: "start LiveKit, or correct LIVEKIT_URL; without it rooms go on without sound."
                case .refused where error.isAboutKey:
                    "copy LIVEKIT_API_KEY and LIVEKIT_API_SECRET from LiveKit's own settings; are both clocks right?"
                case .refused, .missing, .undecodable: "is there another server at LIVEKIT_URL than LiveKit?"
                }
            return .fault(Self.subject, "\(error)", advice: advice)
        }
    }

    private func script(_ http: HTTPClient) async -> Finding {
        let folder = dataFolder.appending(path: SoundParts.scriptFolder, directoryHint: .isDirectory)
        let shelf = LiveKitScriptShelf(address: settings.clientAddress, folder: folder)
        do throws(LiveKitScriptFault) {
            if try shelf.kept() != nil { return .ok(Self.script, "kept in \(folder.path)") }
            guard isOnline else { return .ok(Self.script, "not fetched yet, not asked (--offline)") }
            let bytes = try await shelf.asked(http)
            return .ok(Self.script, "can be fetched (\(bytes.count) bytes)")
        } catch {
            return .fault(
                Self.script,
                "\(error)",
                advice: "let this machine reach the address, or name a copy of the file in LIVEKIT_CLIENT_URL."
            )
        }
    }
}

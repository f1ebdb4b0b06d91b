import Bot
import Domain
import Foundation
import Web

/// Looks at the folder of resources.
struct ResourcesCheck {
    let reader: SettingsReader
    let isRecorderOnly: Bool

    var findings: [Finding] {
        let parts = isRecorderOnly ? RecorderSettings.resourceParts : Settings.resourceParts
        // A folder that lacks parts was reported with its setting.
        guard let folder = try? Settings.resourcesFolder(reader, with: parts) else { return [] }
        do {
            _ = try Phrasebook(
                folder: folder.appending(path: "Phrases"),
                requiring: CommonPhrase.allCases.map(\.rawValue) + BotPhrase.requiredKeys
                    + (isRecorderOnly ? [] : WebPhrase.requiredKeys)
            )
            return [.ok("resources", "'\(folder.path)', all phrases there")]
        } catch {
            let advice = "fetch the resources of this version (\(Version.current)) anew."
            return [.fault("resources", "\(error)", advice: advice)]
        }
    }
}

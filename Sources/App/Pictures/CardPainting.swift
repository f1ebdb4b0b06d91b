import Domain
import Foundation
import Logging
import Pictures
import Tools

/// The pictures that go with news of progress.
enum CardPainting {
    /// What paints cards on this machine, or nil where a program for it is missing; the log says so then.
    /// `path`: folders in which programs are, parted by colons.
    static func painter(path: String, resources: URL, folder: DataFolder, logger: Logger) -> (any CardPainter)? {
        do throws(MissingTools) {
            return RSVGPainter(
                tools: try RSVGTools(path: path),
                templates: resources.appending(path: "Templates"),
                workshop: folder.url.appending(path: "cards")
            )
        } catch {
            logger.warning(
                "New levels and badges are told without a picture: a program is missing",
                metadata: ["missing": "\(error.programs.joined(separator: ", "))", "advice": "\(advice(error))"]
            )
            return nil
        }
    }

    static func advice(_ missing: MissingTools) -> String {
        let packages = (missing.packages + ["fonts-dejavu-core"]).joined(separator: " ")
        return "install it (Debian: apt-get install \(packages)) and start fomo again."
    }
}

import FFmpeg
import Tools

/// Looks for the programs that make copies of recordings which every browser plays.
struct RecordingCheck {
    private static let subject = "ffmpeg"

    /// Folders in which programs are, parted by colons.
    let path: String

    var finding: Finding {
        do throws(FFmpegTools.Missing) {
            _ = try FFmpegTools(path: path)
            return .ok(Self.subject, "makes copies of recordings that every browser plays")
        } catch {
            return .warning(
                Self.subject,
                "\(error.programs.joined(separator: ", ")) not found: recordings are served as they were posted, and many"
                    + " iPhones do not play voice notes",
                advice: RecordingWorkshop.advice(error)
            )
        }
    }
}

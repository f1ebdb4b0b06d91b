import Domain
import FFmpeg
import Logging
import Tools

extension RecordingWorkshop {
    /// What prepares recordings on this machine, or nil where a program for it is missing; the log says so then.
    /// `path`: folders in which programs are, parted by colons.
    static func preparer(path: String, logger: Logger) -> (any RecordingPreparer)? {
        do throws(FFmpegTools.Missing) {
            return FFmpegPreparer(tools: try FFmpegTools(path: path))
        } catch {
            logger.warning(
                "Recordings are served as they were posted, and many iPhones do not play voice notes: a program is missing",
                metadata: ["missing": "\(error.programs.joined(separator: ", "))", "advice": "\(advice(error))"]
            )
            return nil
        }
    }

    static func advice(_ missing: FFmpegTools.Missing) -> String {
        "install it (Debian: apt-get install \(missing.packages.joined(separator: " "))) and start fomo again."
    }
}

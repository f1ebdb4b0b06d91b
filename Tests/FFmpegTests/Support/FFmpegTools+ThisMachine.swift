import FFmpeg
import Foundation

extension FFmpegTools {
    /// The real programs.
    static func ofThisMachine() throws -> FFmpegTools {
        try FFmpegTools(path: ProcessInfo.processInfo.environment["PATH"] ?? "")
    }

    /// Programs of a folder before the real ones.
    static func with(_ folder: TestFolder) throws -> FFmpegTools {
        try FFmpegTools(path: folder.url.path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? ""))
    }
}

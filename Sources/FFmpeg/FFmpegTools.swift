import Foundation
import Tools

/// Where the programs are that prepare recordings.
public struct FFmpegTools: Equatable, Sendable {
    /// That a program is not there.
    public typealias Missing = MissingTools

    private static let packages = ["ffmpeg": "ffmpeg", "ffprobe": "ffmpeg"]

    /// Absolute paths.
    let ffmpeg: String
    let ffprobe: String
    let limiter: ToolLimiter

    /// Looks the programs up.
    /// - Parameter path: Folders, parted by colons, as in the environment's `PATH`. Relative ones are passed over.
    /// - Throws: `Missing`, with all that are not there.
    public init(path: String) throws(Missing) {
        let all = Self.packages.merging(ToolLimiter.packages) { own, _ in own }
        let found = try MissingTools.search(all, path: path)
        guard let ffmpeg = found["ffmpeg"], let ffprobe = found["ffprobe"], let limiter = ToolLimiter(found) else {
            throw Missing(programs: all.keys.sorted(), packages: Set(all.values).sorted())
        }
        self.ffmpeg = ffmpeg
        self.ffprobe = ffprobe
        self.limiter = limiter
    }
}

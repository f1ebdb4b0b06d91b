import Foundation

/// Where the programs are that prepare recordings.
public struct FFmpegTools: Equatable, Sendable {
    /// That a program is not there.
    public struct Missing: Error, Equatable, Sendable {
        /// Their names.
        public var programs: [String]
        /// The Debian packages that have them.
        public var packages: [String]
    }

    private static let packages = [
        "ffmpeg": "ffmpeg", "ffprobe": "ffmpeg", "nice": "coreutils", "prlimit": "util-linux",
    ]

    /// Absolute paths.
    let ffmpeg: String
    let ffprobe: String
    /// Lowers a program's claim on the processor.
    let nice: String
    /// Limits a program's memory, time and files.
    let prlimit: String

    /// Looks the programs up.
    /// - Parameter path: Folders, parted by colons, as in the environment's `PATH`. Relative ones are passed over.
    /// - Throws: `Missing`, with all that are not there.
    public init(path: String) throws(Missing) {
        let folders = path.split(separator: ":").filter { $0.hasPrefix("/") }
        var found: [String: String] = [:]
        for program in Self.packages.keys {
            let places = folders.lazy.map { "\($0)/\(program)" }
            found[program] = places.first { FileManager.default.isExecutableFile(atPath: $0) }
        }
        guard let ffmpeg = found["ffmpeg"], let ffprobe = found["ffprobe"], let nice = found["nice"],
            let prlimit = found["prlimit"]
        else {
            let missing = Self.packages.filter { found[$0.key] == nil }
            throw Missing(programs: missing.keys.sorted(), packages: Set(missing.values).sorted())
        }
        self.ffmpeg = ffmpeg
        self.ffprobe = ffprobe
        self.nice = nice
        self.prlimit = prlimit
    }
}

/// The programs by which others are limited, of every Linux.
public struct ToolLimiter: Equatable, Sendable {
    /// The programs with the Debian packages that have them.
    public static let packages = ["nice": "coreutils", "prlimit": "util-linux"]

    /// Lowers a program's claim on the processor. Absolute path.
    let nice: String
    /// Limits a program's memory, time and files. Absolute path.
    let prlimit: String

    /// Nil where one of them is not among them.
    /// - Parameter found: Paths by name, as `MissingTools.search` answers where it was asked for `packages` too.
    public init?(_ found: [String: String]) {
        guard let nice = found["nice"], let prlimit = found["prlimit"] else { return nil }
        self.nice = nice
        self.prlimit = prlimit
    }
}

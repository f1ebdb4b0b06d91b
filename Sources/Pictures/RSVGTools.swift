import Tools

/// Where the programs are that paint pictures.
public struct RSVGTools: Equatable, Sendable {
    /// With the Debian package that has it; the packages of fonts have no program.
    private static let packages = ["rsvg-convert": "librsvg2-bin"]

    /// Absolute path.
    let convert: String
    let limiter: ToolLimiter

    /// Looks the programs up.
    /// - Parameter path: Folders, parted by colons, as in the environment's `PATH`. Relative ones are passed over.
    /// - Throws: `MissingTools`, with all that are not there.
    public init(path: String) throws(MissingTools) {
        let all = Self.packages.merging(ToolLimiter.packages) { own, _ in own }
        let found = try MissingTools.search(all, path: path)
        guard let convert = found["rsvg-convert"], let limiter = ToolLimiter(found) else {
            throw MissingTools(programs: all.keys.sorted(), packages: Set(all.values).sorted())
        }
        self.convert = convert
        self.limiter = limiter
    }
}

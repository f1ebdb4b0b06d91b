import Foundation

/// That programs are not there.
public struct MissingTools: Error, Equatable, Sendable {
    /// Their names, sorted.
    public var programs: [String]
    /// The Debian packages that have them, sorted.
    public var packages: [String]

    public init(programs: [String], packages: [String]) {
        self.programs = programs
        self.packages = packages
    }

    /// Looks programs up.
    /// - Parameters:
    ///   - packages: Their names, each with the Debian package that has it.
    ///   - path: Folders, parted by colons, as in the environment's `PATH`. Relative ones are passed over.
    /// - Returns: The absolute path of each.
    /// - Throws: With all that are not there.
    public static func search(
        _ packages: [String: String],
        path: String
    ) throws(MissingTools) -> [String: String] {
        let folders = path.split(separator: ":").filter { $0.hasPrefix("/") }
        var found: [String: String] = [:]
        for program in packages.keys {
            let places = folders.lazy.map { "\($0)/\(program)" }
            found[program] = places.first { FileManager.default.isExecutableFile(atPath: $0) }
        }
        let missing = packages.filter { found[$0.key] == nil }
        guard missing.isEmpty else {
            throw MissingTools(programs: missing.keys.sorted(), packages: Set(missing.values).sorted())
        }
        return found
    }
}

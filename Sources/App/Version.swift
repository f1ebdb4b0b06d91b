/// What this program calls itself.
enum Version {
    /// Changed with each release, as CHANGELOG.md has it.
    static let current = "0.1.0-dev"
}

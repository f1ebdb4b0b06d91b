import Foundation

/// Where the project's files are, found from this one.
enum Project {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static let resources = root.appending(path: "Resources")

    /// The program, built beside the tests.
    static var program: URL {
        Bundle.main.bundleURL.appending(path: "fomo")
    }
}

/// A folder that is gone when its holder is.
final class TemporaryFolder: Sendable {
    let url = FileManager.default.temporaryDirectory.appending(path: "fomo-test-\(UUID().uuidString)")

    deinit {
        try? FileManager.default.removeItem(at: url)
    }
}

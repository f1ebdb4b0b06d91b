import Foundation
import Logging

/// Keeps a world in a folder: its state as one file, written aside and then renamed, and the bytes of files beside it.
actor WorldFolder {
    private let state: URL
    private let logger: Logger

    /// Uses a folder, which is made where it is missing.
    init(_ folder: URL, logger: Logger) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        state = folder.appendingPathComponent("state.json", isDirectory: false)
        self.logger = logger
    }

    /// The kept world; nothing at the first start. A state that cannot be read is put aside, not overwritten.
    func load() throws -> TelegramWorld? {
        guard FileManager.default.fileExists(atPath: state.path) else { return nil }
        do {
            return try JSONDecoder().decode(TelegramWorld.self, from: Data(contentsOf: state))
        } catch {
            let aside = state.deletingLastPathComponent().appendingPathComponent(
                "state-unreadable-\(Int(Date().timeIntervalSince1970)).json"
            )
            try FileManager.default.moveItem(at: state, to: aside)
            logger.warning(
                "the kept sandbox cannot be read; it was put aside and a new one begins",
                metadata: ["file": "\(aside.lastPathComponent)", "reason": "\(error)"]
            )
            return nil
        }
    }

    /// Writes the world down. A failure is logged; the sandbox goes on in memory.
    func save(_ world: TelegramWorld) {
        do {
            try JSONEncoder().encode(world).write(to: state, options: .atomic)
        } catch {
            logger.error("the sandbox could not be kept", metadata: ["reason": "\(error)"])
        }
    }
}

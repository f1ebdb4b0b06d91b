import Foundation

/// A recording of 1 GiB that a local Bot API server has on its disk: how long taking it over takes, and how much
/// memory.
struct LargeRecording: Sendable {
    struct Result: Sendable {
        /// From the bot's start to the file being the club's.
        var time: Duration
        /// The most memory before the recording was there to be had, in bytes.
        var memoryBefore: Int64
        /// The most memory up to the end, in bytes.
        var peakMemory: Int64
    }

    private static let size: Int64 = 1 << 30
    private static let patience: Duration = .seconds(120)

    let contender: Contender
    /// Where the server's folder is.
    let place: URL

    /// - Throws: `CocoaError` where the file is not taken over in time.
    func run() async throws -> Result {
        let name = "bot-bench-\(UUID().uuidString)"
        let folder = FileManager.default.temporaryDirectory.appending(path: "\(name)-club")
        let files = place.appending(path: "\(name)-files")
        for each in [folder, files] {
            try FileManager.default.createDirectory(at: each, withIntermediateDirectories: true)
        }
        defer { for each in [folder, files] { try? FileManager.default.removeItem(at: each) } }
        let file = files.appending(path: "large.wav")
        try Self.writeSilence(to: file)

        // First without any update: what the program needs anyway.
        let idle = try await StandIn(UpdateQueue(count: 0))
        let resting = try contender.start(at: idle.address, folder: folder, files: files)
        try await Task.sleep(for: .seconds(3))
        let before = ProcessUsage(of: resting.processIdentifier)?.peakMemory ?? 0
        resting.terminate()
        resting.waitUntilExit()
        try await idle.stop()

        let telegram = try await StandIn(UpdateQueue(recordingOf: Self.size), file: file)
        let start = ContinuousClock.now
        let bot = try contender.start(at: telegram.address, folder: folder, files: files)
        defer {
            bot.terminate()
            bot.waitUntilExit()
        }
        let media = folder.appending(path: "data/media")
        while !Self.isWhole(in: media) {
            guard ContinuousClock.now - start < Self.patience else { throw CocoaError(.fileReadNoSuchFile) }
            try await Task.sleep(for: .milliseconds(20))
        }
        let time = ContinuousClock.now - start
        let peak = ProcessUsage(of: bot.processIdentifier)?.peakMemory ?? 0
        try await telegram.stop()
        return Result(time: time, memoryBefore: before, peakMemory: peak)
    }

    private static func isWhole(in folder: URL) -> Bool {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.fileSizeKey])
        while let file = files?.nextObject() as? URL {
            if let bytes = try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize, bytes >= size { return true }
        }
        return false
    }

    /// An hour and a half of silence as a WAV file, with holes in place of zeros.
    private static func writeSilence(to file: URL) throws {
        func bytes(_ number: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(number >> (8 * $0) & 0xFF) } }
        let rest = Int(size) - 44
        let head =
            Array("RIFF".utf8) + bytes(rest + 36, 4) + Array("WAVEfmt ".utf8) + bytes(16, 4) + bytes(1, 2) + bytes(2, 2)
            + bytes(48_000, 4) + bytes(192_000, 4) + bytes(4, 2) + bytes(16, 2) + Array("data".utf8) + bytes(rest, 4)
        try Data(head).write(to: file)
        let handle = try FileHandle(forWritingTo: file)
        try handle.truncate(atOffset: UInt64(size))
        try handle.close()
    }
}

import Foundation

/// A server in a process of its own, on the machine's first core.
final class RoomServer {
    /// It did not say how to get in.
    struct Mute: Error {}

    let entrance: Entrance
    private let process = Process()

    var id: Int32 { process.processIdentifier }

    /// Starts a program that writes how to get in: the port, and for a live show's room its path and as many tokens as
    /// there are `members`.
    init(_ command: [String], members: Int) throws {
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/taskset")
        process.arguments = ["--cpu-list", "0"] + command
        process.standardOutput = output
        try process.run()
        let lines = try Self.lines(of: output.fileHandleForReading, count: members > 0 ? members + 2 : 1)
        guard let port = lines.first.flatMap({ Int($0) }) else { throw Mute() }
        entrance = Entrance(port: port, path: lines.count > 1 ? lines[1] : "/crowd", tokens: Array(lines.dropFirst(2)))
    }

    private static func lines(of handle: FileHandle, count: Int) throws -> [String] {
        var data = Data()
        var breaks = 0
        while breaks < count {
            let more = handle.availableData
            guard !more.isEmpty else { throw Mute() }
            breaks += more.count { $0 == UInt8(ascii: "\n") }
            data += more
        }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// Ends it, after it has put away what it kept.
    func stop() {
        process.terminate()
        let end = Date(timeIntervalSinceNow: 15)
        while process.isRunning, Date() < end { usleep(20_000) }
        if process.isRunning { kill(id, SIGKILL) }
        process.waitUntilExit()
    }
}

/// How listeners get in.
struct Entrance: Sendable {
    let port: Int
    let path: String
    /// One for each listener of a live show's room; none where anybody gets in.
    let tokens: [String]

    var isRoom: Bool { !tokens.isEmpty }
}

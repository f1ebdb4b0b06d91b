import Foundation

/// A server in a process of its own, on the machine's first core.
final class RoomServer {
    /// It did not say on which port it listens.
    struct Mute: Error {}

    let port: Int
    private let process = Process()

    var id: Int32 { process.processIdentifier }

    /// Starts a program that writes its port as the first line.
    init(_ command: [String]) throws {
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/taskset")
        process.arguments = ["--cpu-list", "0"] + command
        process.standardOutput = output
        try process.run()
        var line = Data()
        while line.last != UInt8(ascii: "\n"), let byte = try output.fileHandleForReading.read(upToCount: 1) {
            line += byte
        }
        guard let port = Int(String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
        else { throw Mute() }
        self.port = port
    }

    /// Ends it at once: it keeps nothing.
    func stop() {
        kill(id, SIGKILL)
        process.waitUntilExit()
    }
}

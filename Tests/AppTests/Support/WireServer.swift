import Foundation
import Glibc
import Synchronization

/// The wire-protocol server of the tests, as a MongoDB server that a test may stop, hang and let go on.
final class WireServer: Sendable {
    /// Whether what it needs is installed: then `Scripts/test` has started one, and says where.
    static let isInstalled = ProcessInfo.processInfo.environment["TEST_WIRE_URL"] != nil

    let url: String
    private let process: Mutex<Process>

    /// Starts a server with an empty memory. With a user it asks for that user's password.
    init(user: String? = nil, password: String = "") throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        let script = Project.root.appending(path: "Tests/Support/Mongo/wire_server.py").path
        process.arguments = [script, "--quiet"] + (user.map { ["--user", $0] } ?? [])
        process.environment = ["WIRE_PASSWORD": password, "PATH": "/usr/bin:/bin"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        self.process = Mutex(process)
        var line = Data()
        while let byte = try output.fileHandleForReading.read(upToCount: 1), byte != Data("\n".utf8), !byte.isEmpty {
            line.append(byte)
        }
        url = String(decoding: line, as: UTF8.self)
    }

    deinit {
        let process = process.withLock { $0 }
        kill(process.processIdentifier, SIGKILL)
    }

    /// Lets it answer nobody any more; connections stand.
    func hang() {
        send(SIGSTOP)
    }

    func goOn() {
        send(SIGCONT)
    }

    private func send(_ signal: Int32) {
        kill(process.withLock { $0.processIdentifier }, signal)
    }
}

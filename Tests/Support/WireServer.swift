import Foundation
import Glibc
import Synchronization

/// The wire-protocol server of the tests, as a MongoDB server that a test may stop, hang and let go on.
public final class WireServer: Sendable {
    /// Whether what it needs is installed: then `Scripts/test` has started one, and says where.
    public static let isInstalled = ProcessInfo.processInfo.environment["TEST_WIRE_URL"] != nil

    public let url: String
    private let process: Mutex<Process>

    /// Starts a server with an empty memory, where nothing else is said at a port that is free. With a user it asks for
    /// that user's password.
    public init(user: String? = nil, password: String = "", port: Int = 0) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Mongo/wire_server.py").path
        process.arguments = [script, "--quiet", "--port", String(port)] + (user.map { ["--user", $0] } ?? [])
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
    public func hang() {
        send(SIGSTOP)
    }

    public func goOn() {
        send(SIGCONT)
    }

    /// Ends it at once, with all that it kept, and returns when it is gone.
    public func end() {
        send(SIGKILL)
        process.withLock { $0.waitUntilExit() }
    }

    private func send(_ signal: Int32) {
        kill(process.withLock { $0.processIdentifier }, signal)
    }
}

import Foundation
import Glibc
import Synchronization

/// The wire-protocol server of the tests, as a MongoDB server that a test may stop, hang and let go on.
public final class WireServer: Sendable {
    /// Whether what it needs is installed: then `Scripts/test` has started one, and says where.
    public static let isInstalled = ProcessInfo.processInfo.environment["TEST_WIRE_URL"] != nil

    public let url: String
    private let pid: pid_t
    private let hasEnded = Mutex(false)

    /// Starts a server with an empty memory, where nothing else is said at a port that is free. With a user it asks for
    /// that user's password.
    public init(user: String? = nil, password: String = "", port: Int = 0) throws {
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Mongo/wire_server.py").path
        let (pid, output) = try Spawn.piped(
            URL(filePath: "/usr/bin/python3"),
            [script, "--quiet", "--port", String(port)] + (user.map { ["--user", $0] } ?? []),
            environment: ["WIRE_PASSWORD": password, "PATH": "/usr/bin:/bin"]
        )
        self.pid = pid
        var line = Data()
        while let byte = try output.read(upToCount: 1), byte != Data("\n".utf8), !byte.isEmpty {
            line.append(byte)
        }
        url = String(decoding: line, as: UTF8.self)
    }

    deinit {
        end()
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
        hasEnded.withLock { hasEnded in
            guard !hasEnded else { return }
            hasEnded = true
            send(SIGKILL)
            Spawn.wait(for: pid)
        }
    }

    private func send(_ signal: Int32) {
        kill(pid, signal)
    }
}

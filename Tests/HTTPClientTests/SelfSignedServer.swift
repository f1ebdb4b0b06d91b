import Foundation
import Glibc
import TestSupport

/// A TLS server on 127.0.0.1 with a certificate for that address which nobody has signed but itself.
final class SelfSignedServer {
    private static let command = "/usr/bin/openssl"

    /// Whether the command that it consists of is installed.
    static var isPossible: Bool { FileManager.default.isExecutableFile(atPath: command) }

    let port: Int
    private let pid: pid_t
    /// Kept open: the server writes on.
    private let output: FileHandle
    private let files = try? TemporaryFile()

    init() async throws {
        guard let key = files?.url else { throw LoopbackConnection.Failure.unreadable }
        let certificate = key.deletingLastPathComponent().appending(path: "certificate.pem")
        let made = try Spawn.run(
            URL(filePath: Self.command),
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
                "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
                "-keyout", key.path(percentEncoded: false), "-out", certificate.path(percentEncoded: false),
            ]
        )
        guard made.code == 0 else { throw LoopbackConnection.Failure.unreadable }
        let (pid, output) = try Spawn.piped(
            URL(filePath: Self.command),
            [
                "s_server", "-accept", "127.0.0.1:0", "-www",
                "-key", key.path(percentEncoded: false), "-cert", certificate.path(percentEncoded: false),
            ]
        )
        (self.pid, self.output) = (pid, output)
        do {
            port = try Self.port(from: output)
        } catch {
            Self.stop(pid)
            throw error
        }
    }

    deinit {
        Self.stop(pid)
    }

    private static func stop(_ pid: pid_t) {
        kill(pid, SIGKILL)
        Spawn.wait(for: pid)
    }

    /// Reads up to the line with which it says that it listens: `ACCEPT 127.0.0.1:40000`.
    private static func port(from output: FileHandle) throws -> Int {
        var text = ""
        while let piece = try output.read(upToCount: 1), !piece.isEmpty {
            text += String(decoding: piece, as: UTF8.self)
            guard text.hasSuffix("\n") else { continue }
            if text.hasPrefix("ACCEPT"), let port = text.dropLast().split(separator: ":").last.flatMap({ Int($0) }) {
                return port
            }
            text = ""
        }
        throw LoopbackConnection.Failure.closedByPeer
    }
}

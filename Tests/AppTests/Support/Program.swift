import Foundation
import Glibc
import TestSupport
import Testing

/// `fomo serve` as a process of its own.
final class Program: Sendable {
    private let output = Pipe()
    private let errors = Pipe()
    private let ended: Task<Int32, Never>
    let pid: Int32

    /// Starts the program with these settings and no others.
    init(_ settings: [String: String], arguments: [String] = ["serve"]) throws {
        // Killed processes leave shared memory of libmongoc, about which a later one of the same number would write.
        let defaults = ["RESOURCES_DIR": Project.resources.path, "MONGOC_DISABLE_SHM": "1"]
        let pid = try Spawn.start(
            Project.program,
            arguments,
            environment: settings.merging(defaults) { given, _ in given },
            folder: FileManager.default.temporaryDirectory,
            output: output.fileHandleForWriting,
            errors: errors.fileHandleForWriting
        )
        self.pid = pid
        ended = Task { await Spawn.end(of: pid) }
        // Else the pipes would not end with the program.
        try output.fileHandleForWriting.close()
        try errors.fileHandleForWriting.close()
    }

    func send(_ signal: Int32) {
        kill(pid, signal)
    }

    /// Waits for the end.
    /// - Returns: The exit code; a signal that ended it, negative.
    func end() async -> Int32 {
        await ended.value
    }

    /// What the program wrote to standard output, once it has ended.
    func outputText() -> String {
        String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }

    /// What the program wrote to standard error, once it has ended.
    func errorText() -> String {
        String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }

    /// A port that is free at this moment.
    static func freePort() throws -> Int {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let size = length
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, size) == 0 && getsockname(socket, $0, &length) == 0
            }
        }
        try #require(isBound)
        return Int(UInt16(bigEndian: address.sin_port))
    }
}

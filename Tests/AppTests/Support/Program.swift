import Foundation
import Glibc
import Synchronization
import Testing

/// `fomo serve` as a process of its own.
final class Program: Sendable {
    private let process: Mutex<Process>
    private let output = Pipe()
    private let errors = Pipe()
    private let ended: AsyncStream<Int32>
    let pid: Int32

    /// Starts the program with these settings and no others.
    init(_ settings: [String: String], arguments: [String] = ["serve"]) throws {
        let process = Process()
        process.executableURL = Project.program
        process.arguments = arguments
        process.currentDirectoryURL = FileManager.default.temporaryDirectory
        // Killed processes leave shared memory of libmongoc, about which a later one of the same number would write.
        let defaults = ["RESOURCES_DIR": Project.resources.path, "MONGOC_DISABLE_SHM": "1"]
        process.environment = settings.merging(defaults) { given, _ in given }
        process.standardOutput = output
        process.standardError = errors
        let (ended, ending) = AsyncStream<Int32>.makeStream()
        self.ended = ended
        process.terminationHandler = { process in
            let wasKilled = process.terminationReason == .uncaughtSignal
            ending.yield(wasKilled ? -process.terminationStatus : process.terminationStatus)
            ending.finish()
        }
        try process.run()
        pid = process.processIdentifier
        self.process = Mutex(process)
    }

    func send(_ signal: Int32) {
        kill(pid, signal)
    }

    /// Waits for the end.
    /// - Returns: The exit code; a signal that ended it, negative.
    func end() async -> Int32 {
        for await code in ended { return code }
        return Int32.min
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

import Foundation
import Glibc

/// Starts processes without Foundation's `Process`, which now and then reads beyond its memory where several are
/// started at once beside thousands of open files (Swift 6.3.1 on Linux).
public enum Spawn {
    public struct Failed: Error {
        public let code: Int32
    }

    /// Starts a program with just this environment; of our files it has its outputs and nothing else.
    /// - Returns: The process's id. It has to be waited for.
    public static func start(
        _ program: URL,
        _ arguments: [String],
        environment: [String: String] = ["PATH": "/usr/bin:/bin"],
        folder: URL = URL(filePath: "/"),
        output: FileHandle = .nullDevice,
        errors: FileHandle = .nullDevice
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output.fileDescriptor, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, errors.fileDescriptor, STDERR_FILENO)
        _ = try closeFrom()(&actions, STDERR_FILENO + 1)

        let path = "/usr/bin/env"
        let inFolder = [path, "-C", folder.path(percentEncoded: false), program.path(percentEncoded: false)]
        var words = (inFolder + arguments).map { strdup($0) } + [nil]
        var settings = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + settings { free(text) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, path, &actions, nil, &words, &settings)
        guard code == 0 else { throw Failed(code: code) }
        return pid
    }

    private typealias CloseFrom = @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32

    /// glibc's `posix_spawn_file_actions_addclosefrom_np`, which Swift's module of it leaves out.
    private static func closeFrom() throws -> CloseFrom {
        guard let found = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np") else { throw Failed(code: ENOSYS) }
        return unsafeBitCast(found, to: CloseFrom.self)
    }

    /// Waits for a process's end, on a thread of its own.
    /// - Returns: The exit code; a signal that ended it, negative.
    public static func end(of pid: pid_t) async -> Int32 {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: wait(for: pid)) }
        }
    }

    /// Waits for a process's end on this thread.
    /// - Returns: The exit code; a signal that ended it, negative.
    @discardableResult
    public static func wait(for pid: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : -signal
    }

    /// Runs a program to its end.
    /// - Returns: What it wrote, and its exit code.
    public static func run(_ program: URL, _ arguments: [String]) throws -> (output: Data, code: Int32) {
        let (pid, output) = try piped(program, arguments)
        let written = try output.readToEnd() ?? Data()
        return (written, wait(for: pid))
    }

    /// Starts a program whose output is to be read.
    public static func piped(
        _ program: URL,
        _ arguments: [String],
        environment: [String: String] = ["PATH": "/usr/bin:/bin"]
    ) throws -> (pid: pid_t, output: FileHandle) {
        let pipe = Pipe()
        let pid = try start(program, arguments, environment: environment, output: pipe.fileHandleForWriting)
        try pipe.fileHandleForWriting.close()
        return (pid, pipe.fileHandleForReading)
    }
}

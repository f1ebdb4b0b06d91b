import Foundation
import Subprocess
import Synchronization
import SystemPackage

/// One run of a program that looks into a file which is not trusted: without a shell, without input, with nothing of
/// this process's environment, and with limits on its time, memory and files.
public struct ToolRun: Sendable {
    /// How a run ended that was neither stopped nor impossible to begin.
    public struct Outcome: Sendable {
        public var isSuccess: Bool
        /// How the program ended, for the log.
        public var ending: String
        /// The end of what it wrote to standard error.
        public var complaint: String
    }

    /// How much of what a program complains about is kept, in bytes.
    private static let complaintSize = 2_000
    /// How much less it gets of the processor than the club itself. Source: nice(1).
    private static let niceness = 10
    /// How many files it may have open.
    private static let openFiles = 64

    let limiter: ToolLimiter
    /// Absolute path of the program.
    let program: String
    let arguments: [String]
    /// After this it is killed.
    let time: Duration
    /// Memory, in bytes of address space.
    let memory: Int64
    /// The largest file that it may write, in bytes.
    let fileSize: Int64

    /// - Parameters:
    ///   - limiter: The programs that limit it.
    ///   - program: Absolute path of the program.
    ///   - arguments: Handed to it as they are; no shell reads them.
    ///   - time: After this it is killed, with all that it has started.
    ///   - memory: In bytes of address space.
    ///   - fileSize: The largest file that it may write, in bytes.
    public init(
        limiter: ToolLimiter,
        program: String,
        arguments: [String],
        time: Duration,
        memory: Int64,
        fileSize: Int64
    ) {
        self.limiter = limiter
        self.program = program
        self.arguments = arguments
        self.time = time
        self.memory = memory
        self.fileSize = fileSize
    }

    /// Runs the program to its end.
    ///
    /// `take`: takes the pieces of what it writes to standard output, one after another. Where it throws, the program
    /// is killed.
    /// - Returns: How it ended.
    /// - Throws: `.tooSlow`, `.unavailable`, `.cancelled`; `.stopped` with what `take` throws.
    public func callAsFunction(
        _ take: @escaping @Sendable (UnsafeRawBufferPointer) throws -> Void
    ) async throws(ToolFault) -> Outcome {
        do {
            return try await withThrowingTaskGroup(of: Outcome.self) { group in
                group.addTask { try await run(take) }
                group.addTask {
                    try await Task.sleep(for: time)
                    throw ToolFault.tooSlow(detail: "\(name) took more than \(time)")
                }
                defer { group.cancelAll() }
                guard let outcome = try await group.next() else { throw ToolFault.cancelled }
                return outcome
            }
        } catch let fault as ToolFault {
            throw Task.isCancelled ? .cancelled : fault
        } catch {
            throw Task.isCancelled ? .cancelled : .unavailable(detail: "\(name): \(error)")
        }
    }

    private var name: String { URL(filePath: program).lastPathComponent }

    private func run(
        _ take: @escaping @Sendable (UnsafeRawBufferPointer) throws -> Void
    ) async throws -> Outcome {
        var options = PlatformOptions()
        // A session of its own, so that whatever it may have started ends with it.
        options.createSession = true
        options.teardownSequence = [
            .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(1))
        ]
        let complaints = Tail(size: Self.complaintSize)
        let result = try await Subprocess.run(
            .path(FilePath(limiter.nice)),
            arguments: Arguments(commandLine),
            environment: .custom(["LC_ALL": "C"]),
            workingDirectory: "/",
            platformOptions: options,
            input: .none,
            output: .sequence,
            error: .sequence
        ) { execution in
            try await withThrowingTaskGroup(of: Void.self) { group in
                let (output, errors) = (execution.standardOutput, execution.standardError)
                group.addTask {
                    for try await piece in output { try piece.withUnsafeBytes(taking(take)) }
                }
                group.addTask {
                    for try await piece in errors { piece.withUnsafeBytes { complaints.add($0) } }
                }
                do {
                    for try await _ in group {}
                } catch {
                    await execution.teardown(using: options.teardownSequence)
                    throw error
                }
            }
        }
        return Outcome(
            isSuccess: result.terminationStatus.isSuccess,
            ending: "\(name) ended with \(result.terminationStatus)",
            complaint: complaints.text
        )
    }

    /// The same, its errors marked as its own.
    private func taking(
        _ take: @escaping @Sendable (UnsafeRawBufferPointer) throws -> Void
    ) -> (UnsafeRawBufferPointer) throws -> Void {
        { piece in
            do {
                try take(piece)
            } catch {
                throw ToolFault.stopped(error)
            }
        }
    }

    private var commandLine: [String] {
        let seconds = time.components.seconds + 1
        let limits = [
            "--as=\(memory)", "--cpu=\(seconds)", "--fsize=\(fileSize)", "--nofile=\(Self.openFiles)", "--core=0",
        ]
        return ["-n", "\(Self.niceness)", limiter.prlimit] + limits + ["--", program] + arguments
    }
}

/// The end of a text that may be long.
private final class Tail: Sendable {
    private let size: Int
    private let bytes = Mutex<[UInt8]>([])

    init(size: Int) {
        self.size = size
    }

    func add(_ piece: UnsafeRawBufferPointer) {
        bytes.withLock { bytes in
            bytes.append(contentsOf: piece.suffix(size))
            bytes.removeFirst(max(0, bytes.count - size))
        }
    }

    var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
}

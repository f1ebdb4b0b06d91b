import Domain
import Foundation
import Subprocess
import Synchronization
import SystemPackage

/// One run of a program that looks into a file which is not trusted: without a shell, without input, with nothing of
/// this process's environment, and with limits on its time, memory and files.
struct ToolRun: Sendable {
    /// How a run ended that was neither stopped nor impossible to begin.
    struct Outcome: Sendable {
        var isSuccess: Bool
        /// How the program ended, for the log.
        var ending: String
        /// The end of what it wrote to standard error.
        var complaint: String
    }

    /// How much of what a program complains about is kept, in bytes.
    private static let complaintSize = 2_000
    /// How much less it gets of the processor than the club itself. Source: nice(1).
    private static let niceness = 10
    /// How many files it may have open.
    private static let openFiles = 64

    let tools: FFmpegTools
    /// Absolute path of the program.
    let program: String
    let arguments: [String]
    /// After this it is killed.
    let time: Duration
    /// Memory, in bytes of address space.
    let memory: Int64
    /// The largest file that it may write, in bytes.
    let fileSize: Int64

    /// Runs the program to its end.
    ///
    /// `take`: takes the pieces of what it writes to standard output, one after another. Where it throws, the program
    /// is killed.
    /// - Returns: How it ended.
    /// - Throws: `.unfinished` where it took too long; `.unavailable` where it could not be started; `.cancelled`; what
    ///   `take` throws.
    func callAsFunction(
        _ take: @escaping @Sendable (UnsafeRawBufferPointer) throws(PreparationFault) -> Void
    ) async throws(PreparationFault) -> Outcome {
        do {
            return try await withThrowingTaskGroup(of: Outcome.self) { group in
                group.addTask { try await run(take) }
                group.addTask {
                    try await Task.sleep(for: time)
                    throw PreparationFault.unfinished(detail: "\(name) took more than \(time)")
                }
                defer { group.cancelAll() }
                guard let outcome = try await group.next() else { throw PreparationFault.cancelled }
                return outcome
            }
        } catch let fault as PreparationFault {
            throw Task.isCancelled ? .cancelled : fault
        } catch {
            throw Task.isCancelled ? .cancelled : .unavailable(detail: "\(name): \(error)")
        }
    }

    private var name: String { URL(filePath: program).lastPathComponent }

    private func run(
        _ take: @escaping @Sendable (UnsafeRawBufferPointer) throws(PreparationFault) -> Void
    ) async throws -> Outcome {
        var options = PlatformOptions()
        // A session of its own, so that whatever it may have started ends with it.
        options.createSession = true
        options.teardownSequence = [
            .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(1))
        ]
        let complaints = Tail(size: Self.complaintSize)
        let result = try await Subprocess.run(
            .path(FilePath(tools.nice)),
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
                    for try await piece in output { try piece.withUnsafeBytes { try take($0) } }
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

    private var commandLine: [String] {
        let seconds = time.components.seconds + 1
        let limits = [
            "--as=\(memory)", "--cpu=\(seconds)", "--fsize=\(fileSize)", "--nofile=\(Self.openFiles)", "--core=0",
        ]
        return ["-n", "\(Self.niceness)", tools.prlimit] + limits + ["--", program] + arguments
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

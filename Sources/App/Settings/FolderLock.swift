import Foundation
import Glibc

/// The right of one process to a role in a data folder. The system releases it when the process ends, however it ends.
///
/// The lock's file tells people who has it: the process's number and the command.
final class FolderLock: Sendable {
    /// What only one process at a time may be in a data folder.
    enum Role: String, CaseIterable, Sendable {
        /// The club's process: bot, site, housekeeping.
        case club
        /// The recording bot, in a process of its own or in the club's.
        case recorder

        var file: String {
            switch self {
            case .club: "fomo.lock"
            case .recorder: "recorder.lock"
            }
        }
    }

    /// Who has a lock.
    struct Holder: Equatable, Sendable, CustomStringConvertible {
        var process: Int32
        var command: String

        var description: String { "`\(command)`, process \(process)" }
    }

    /// How a role stands.
    enum State: Equatable, Sendable {
        case free
        /// Nil where the holder has not said who it is.
        case taken(by: Holder?)
    }

    private let descriptor: Int32

    /// Takes the lock. `command`: what is told about this process to those who come later.
    init(_ role: Role, in folder: URL, command: String) throws(SettingsFault) {
        // Only once it is ours: what is given up again here is not to be given up by `deinit` too.
        descriptor = try Self.take(role, in: folder)
        let text = Data("\(getpid()) \(command)\n".utf8)
        ftruncate(descriptor, 0)
        _ = text.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    deinit {
        ftruncate(descriptor, 0)
        close(descriptor)
    }

    /// How a role in a folder stands at this moment. Looking takes nothing, and makes nothing.
    static func state(of role: Role, in folder: URL) -> State {
        let descriptor = open(folder.appending(path: role.file).path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return .free }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else { return .free }
        return .taken(by: readHolder(descriptor))
    }

    /// The descriptor of the role's file, locked.
    private static func take(_ role: Role, in folder: URL) throws(SettingsFault) -> Int32 {
        let file = folder.appending(path: role.file)
        let descriptor = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw SettingsFault(setting: "DATA_DIR", advice: "nothing can be written in '\(folder.path)'.")
        }
        guard lock(descriptor) else {
            let holder = readHolder(descriptor)
            close(descriptor)
            throw SettingsFault(setting: "DATA_DIR", advice: advice(role, folder, holder))
        }
        return descriptor
    }

    /// Tries for a quarter of a second: whoever only looks whether it is free holds it for a moment.
    private static func lock(_ descriptor: Int32) -> Bool {
        for attempt in 1...6 {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
            if attempt < 6 { usleep(50_000) }
        }
        return false
    }

    private static func readHolder(_ descriptor: Int32) -> Holder? {
        var bytes = [UInt8](repeating: 0, count: 200)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        let line = String(decoding: bytes[..<count], as: UTF8.self)
        guard let match = line.firstMatch(of: /^([1-9][0-9]{0,9}) ([^\n]+)\n/), let process = Int32(match.1) else {
            return nil
        }
        return Holder(process: process, command: String(match.2))
    }

    private static func advice(_ role: Role, _ folder: URL, _ holder: Holder?) -> String {
        let who = holder.map { ": \($0)" } ?? ""
        switch role {
        case .club:
            return "another fomo works with '\(folder.path)'\(who). Stop it first, or choose another folder."
        case .recorder:
            return "another fomo runs the recording bot with '\(folder.path)'\(who). Stop it first; beside"
                + " `fomo recorder`, start the club as `fomo serve --no-recorder`."
        }
    }
}

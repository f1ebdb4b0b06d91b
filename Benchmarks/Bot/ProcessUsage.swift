import Foundation
import Glibc

/// What a process has used up so far. Source: proc(5).
struct ProcessUsage: Sendable {
    /// Time on processors, its own and the kernel's for it.
    var processor: Duration
    /// The most memory that it ever had, in bytes.
    var peakMemory: Int64

    /// - Returns: nil where the process is gone.
    init?(of pid: Int32) {
        guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
            let status = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
        else { return nil }
        // The name may hold spaces; behind it, fields 14 and 15 of the line are the times in ticks.
        let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return nil }
        processor = .seconds((user + system) / Double(sysconf(Int32(_SC_CLK_TCK))))
        let peak = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }?.split(separator: " ")
        peakMemory = (peak.flatMap { $0.count > 1 ? Int64($0[1].filter(\.isNumber)) : nil } ?? 0) * 1024
    }
}

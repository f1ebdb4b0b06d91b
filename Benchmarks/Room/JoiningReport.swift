/// How listeners came into a room.
struct JoiningReport {
    let listeners: Int
    let took: Duration
    /// Of the server.
    let processor: Duration?
    /// What the server took for all sockets together, in bytes.
    let memory: Int64?

    var seconds: Double { took / .seconds(1) }
    /// KiB of the server.
    var memoryPerSocket: Double? { memory.map { Double($0) / Double(listeners) / 1024 } }
}

extension JoiningReport: CustomStringConvertible {
    var description: String {
        let memory = memoryPerSocket.map { ", \($0.formatted(1)) KiB per socket" } ?? ""
        let processor = processor.map { ", \(($0 / .seconds(1)).formatted(2)) CPU s" } ?? ""
        return "\(listeners) listeners joined in \(seconds.formatted(2)) s\(processor)\(memory)"
    }
}

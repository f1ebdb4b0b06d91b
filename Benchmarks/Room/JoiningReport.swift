/// How listeners came into a room.
struct JoiningReport: CustomStringConvertible {
    let listeners: Int
    let took: Duration
    /// What the server took for all sockets together, in bytes.
    let memory: Int64?

    var description: String {
        let memory = memory.map { ", \((Double($0) / Double(listeners) / 1024).formatted(1)) KiB per socket" } ?? ""
        return "\(listeners) listeners joined in \((took / .seconds(1)).formatted(2)) s\(memory)"
    }
}

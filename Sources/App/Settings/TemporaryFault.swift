/// Why the program cannot start now but may later, without anybody changing a setting: one line that names what is in
/// the way. The program ends with status 75 (EX_TEMPFAIL), so that a supervisor tries again.
struct TemporaryFault: Error, Equatable, CustomStringConvertible {
    /// What is in the way, for example the setting that names it.
    var subject: String
    var advice: String

    var description: String { "\(subject): \(advice)" }
}

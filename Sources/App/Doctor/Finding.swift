/// What one check has seen, and what to do about it.
struct Finding: Equatable, Sendable {
    enum Verdict: String, Sendable {
        case ok
        /// It works, but not as well as it should, or not for long.
        case warning
        /// Something does not work.
        case fault
    }

    var verdict: Verdict
    /// What was looked at.
    var subject: String
    /// What was seen; never a secret.
    var seen: String
    /// What to do. Every fault and every warning has it.
    var advice: String?

    static func ok(_ subject: String, _ seen: String) -> Finding {
        Finding(verdict: .ok, subject: subject, seen: seen, advice: nil)
    }

    static func warning(_ subject: String, _ seen: String, advice: String) -> Finding {
        Finding(verdict: .warning, subject: subject, seen: seen, advice: advice)
    }

    static func fault(_ subject: String, _ seen: String, advice: String) -> Finding {
        Finding(verdict: .fault, subject: subject, seen: seen, advice: advice)
    }

    /// One line, and a second one with the advice.
    var text: String {
        let first = "\(verdict.rawValue.padding(toLength: 9))\(subject): \(seen)"
        return advice.map { "\(first)\n\("".padding(toLength: 9))→ \($0)" } ?? first
    }
}

extension String {
    /// The text with spaces behind it up to `length` characters.
    fileprivate func padding(toLength length: Int) -> String {
        self + String(repeating: " ", count: max(0, length - count))
    }
}

import Foundation
import Synchronization

/// The code that makes its bearer the owner of a club that has none. Good once.
public final class ClaimCode: Sendable {
    private let code: Mutex<String?>
    private let onSpent: @Sendable () -> Void

    /// - Parameters:
    ///   - code: Nil where the club cannot be claimed.
    ///   - onSpent: Called when somebody has claimed the club by it: whoever keeps a copy deletes it.
    public init(_ code: String?, onSpent: @escaping @Sendable () -> Void = {}) {
        self.code = Mutex(code)
        self.onSpent = onSpent
    }

    /// Whether `text` is the code. Upper case and white space around it do not matter.
    func matches(_ text: String) -> Bool {
        let given = Array(text.trimmingCharacters(in: .whitespacesAndNewlines).lowercased().utf8)
        return code.withLock { code in
            guard let code else { return false }
            let wanted = Array(code.utf8)
            guard given.count == wanted.count else { return false }
            return zip(given, wanted).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
        }
    }

    func spend() {
        let wasOpen = code.withLock { code in
            defer { code = nil }
            return code != nil
        }
        if wasOpen { onSpent() }
    }
}

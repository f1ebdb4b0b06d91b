import Foundation
import Glibc

/// Where the program speaks to the person who started it; the log goes elsewhere (standard error).
struct Console: Sendable {
    /// Whether a person reads along.
    var isTerminal: Bool
    private let write: @Sendable (String) -> Void

    init(isTerminal: Bool, write: @escaping @Sendable (String) -> Void) {
        self.isTerminal = isTerminal
        self.write = write
    }

    /// Standard output.
    static let standard = Console(isTerminal: isatty(STDOUT_FILENO) == 1) { text in
        FileHandle.standardOutput.write(Data("\(text)\n".utf8))
    }

    func say(_ text: String) {
        write(text)
    }
}

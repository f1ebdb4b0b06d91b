/// Why a program did not come to its end by itself.
public enum ToolFault: Error, Sendable {
    /// It took too long and was killed.
    case tooSlow(detail: String)
    /// It could not be started.
    case unavailable(detail: String)
    /// Who took what it wrote wanted no more, and why; it was killed.
    case stopped(any Error)
    /// The task was cancelled; it was killed.
    case cancelled
}

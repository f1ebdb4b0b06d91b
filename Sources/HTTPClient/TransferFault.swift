/// Why a transfer cannot begin or go on, in the words of this module. Callers get an `HTTPError` made from it.
enum TransferFault: Error, Hashable {
    /// libcurl says no.
    case curl(CurlCode)
    /// The answer is larger than the caller allows.
    case tooLarge
    /// The answer's head contradicts itself or the question.
    case malformed
    /// The answer ended before the end that its head announced.
    case incomplete
    /// libcurl was about to send a request a second time that may have changed something the first time.
    case repetition
    /// The file of a download cannot be opened or written.
    case unwritable(errno: Int32)
}

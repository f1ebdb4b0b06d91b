/// The `Content-Range` of an answer: which bytes it holds and how many there are in all.
/// Source: RFC 9110, section 14.4.
struct ContentRange: Hashable {
    /// The first byte that the answer holds; nothing in the answer to a range that cannot be satisfied.
    let first: Int64?
    /// The size of the whole; nothing where the server does not know it.
    let total: Int64?

    /// Reads `bytes 100-199/200`, `bytes 100-199/*` and `bytes */200`; nothing for any other text.
    init?(_ text: String) {
        guard text.lowercased().hasPrefix("bytes ") else { return nil }
        let halves = text.dropFirst("bytes ".count).split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count == 2 else { return nil }
        total = halves[1] == "*" ? nil : Int64(halves[1])
        guard total.map({ $0 >= 0 }) ?? (halves[1] == "*") else { return nil }
        guard halves[0] != "*" else {
            first = nil
            return
        }
        let bounds = halves[0].split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
        guard bounds.count == 2, let first = bounds[0], let last = bounds[1], 0 <= first, first <= last else {
            return nil
        }
        self.first = first
    }
}

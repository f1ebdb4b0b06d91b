/// An address of a link or button as Telegram accepts and writes it.
struct LinkAddress: Sendable, Hashable {
    /// The address with scheme, lower-case host and a path.
    let text: String

    /// Checks an address the way Telegram does.
    ///
    /// Accepted are `http`, `https`, `tg`, `ton` and `tonsite`, `http` being the default, with a host that has a dot; a
    /// bare `localhost` is refused, an IP address is not.
    init?(checking input: String) {
        guard !input.isEmpty, !input.unicodeScalars.contains(where: { $0.value <= 0x20 }) else { return nil }
        var scheme = "http"
        var rest = Substring(input)
        if let range = input.firstRange(of: "://") {
            scheme = input[..<range.lowerBound].lowercased()
            rest = input[range.upperBound...]
        } else if input.lowercased().hasPrefix("tg:") {
            scheme = "tg"
            rest = input.dropFirst(3)
        }
        switch scheme {
        case "tg", "ton":
            guard !rest.isEmpty else { return nil }
            text = "\(scheme)://\(rest)"
        case "http", "https", "tonsite":
            let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
            let authority = rest[..<end].lowercased()
            let host = authority.split(separator: "@").last?.split(separator: ":", omittingEmptySubsequences: false)
                .first
            guard let host, host.contains("."), !host.hasPrefix("."), !host.hasSuffix(".") else { return nil }
            let tail = rest[end...]
            text = "\(scheme)://\(authority)" + (tail.first == "/" ? "" : "/") + tail
        default: return nil
        }
    }

    /// The person of a `tg://user?id=N` link, which becomes a mention.
    static func person(of input: String) -> Int64? {
        let lowered = input.lowercased()
        guard let prefix = ["tg://user?id=", "tg:user?id="].first(where: lowered.hasPrefix) else { return nil }
        return Int64(lowered.dropFirst(prefix.count))
    }
}

/// Whether a client's offers of permessage-deflate can be taken, and the answer to them.
///
/// The server always agrees on no context takeover in both directions: one compressed frame has to serve all sockets.
/// Source: RFC 7692, sections 5.1 and 7.1.
enum DeflateOffer {
    private static let name = "permessage-deflate"
    /// The window of what the server sends, as a power of two.
    private static let serverWindow = 15

    /// - Parameter offers: The value of `Sec-WebSocket-Extensions`, in which commas separate offers.
    /// - Returns: What the handshake's answer says; nil where no offer suits.
    static func answer(to offers: String) -> String? {
        for offer in offers.split(separator: ",") {
            let parts = offer.split(separator: ";", omittingEmptySubsequences: false).map(trimmed)
            guard parts.first?.lowercased() == name, let windowIsAsked = windowIsAsked(parts.dropFirst()) else {
                continue
            }
            let window = windowIsAsked ? "; server_max_window_bits=\(serverWindow)" : ""
            return "\(name); server_no_context_takeover; client_no_context_takeover\(window)"
        }
        return nil
    }

    /// - Returns: Whether the offer limits the server's window, to what it has anyway; nil where the offer cannot be
    ///   taken.
    private static func windowIsAsked(_ parameters: some Sequence<Substring>) -> Bool? {
        var seen: Set<String> = []
        for parameter in parameters {
            let pieces = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(trimmed)
            guard let key = pieces.first?.lowercased(), seen.insert(key).inserted else { return nil }
            let value = pieces.count == 2 ? pieces[1] : nil
            switch key {
            case "server_no_context_takeover", "client_no_context_takeover":
                guard value == nil else { return nil }
            case "client_max_window_bits":
                guard value == nil || value.flatMap(bits) != nil else { return nil }
            case "server_max_window_bits":
                guard value.flatMap(bits) == serverWindow else { return nil }
            default:
                return nil
            }
        }
        return seen.contains("server_max_window_bits")
    }

    private static func bits(_ value: Substring) -> Int? {
        let digits =
            value.count >= 2 && value.first == "\"" && value.last == "\"" ? value.dropFirst().dropLast() : value
        guard digits.first != "0", digits.allSatisfy({ $0.isASCII && $0.isNumber }), let bits = Int(digits) else {
            return nil
        }
        return (8...15).contains(bits) ? bits : nil
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}

import Foundation
import HTTPClient

/// A request as a server received it.
struct ReceivedRequest: Sendable {
    /// The first line, such as `GET /path HTTP/1.1`.
    let line: String
    let headers: HTTPHeaders
    var body = Data()

    init(head: String) throws {
        var lines = head.components(separatedBy: "\r\n")
        line = lines.removeFirst()
        var headers = HTTPHeaders()
        for line in lines where !line.isEmpty {
            guard let colon = line.firstIndex(of: ":") else { throw LoopbackConnection.Failure.unreadable }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            headers.add(name: String(line[..<colon]), value: value)
        }
        self.headers = headers
    }

    var text: String { String(decoding: body, as: UTF8.self) }
}

/// A complete answer in HTTP/1.1 with its length.
func answer(_ status: Int, _ body: String = "", headers: [String] = []) -> String {
    let lines = ["HTTP/1.1 \(status) Scripted", "Content-Length: \(body.utf8.count)"] + headers
    return lines.joined(separator: "\r\n") + "\r\n\r\n" + body
}

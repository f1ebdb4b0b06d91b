import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Sends a file or a part of it. Source: RFC 9110, section 14.
struct FileResponse {
    let url: URL
    /// Bytes.
    let size: Int
    /// The `Content-Type`.
    let type: String
    /// Further fields of the answer.
    var headers = HTTPFields()
    /// The connection breaks after that many bytes; nothing: it does not.
    var breaksAfter: Int?

    /// Ends the writing of a body, upon which the connection is closed.
    private struct Broken: Error {}

    /// Bytes read at a time.
    private static let pieceLength = 128 << 10

    /// The whole file, the part that `Range` asks for, or 416 where there is no such part.
    func response(to request: Request) -> Response {
        var headers = headers
        headers[.contentType] = type
        headers[.acceptRanges] = "bytes"
        var range = 0..<size
        var status = HTTPResponse.Status.ok
        if let wanted = request.headers[.range], wanted.hasPrefix("bytes="), !wanted.contains(",") {
            guard let part = FileResponse.range(wanted.dropFirst("bytes=".count), of: size) else {
                headers[.contentRange] = "bytes */\(size)"
                return Response(status: .rangeNotSatisfiable, headers: headers)
            }
            range = part
            status = .partialContent
            headers[.contentRange] = "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(size)"
        }
        guard request.method != .head else {
            headers[.contentLength] = String(range.count)
            return Response(status: status, headers: headers)
        }
        let body = ResponseBody(contentLength: range.count) { [url, range, breaksAfter] writer in
            let handle = try FileHandle(forReadingFrom: url)
            defer { try? handle.close() }
            try handle.seek(toOffset: UInt64(range.lowerBound))
            var left = min(range.count, breaksAfter ?? range.count)
            while left > 0, let piece = try handle.read(upToCount: min(left, FileResponse.pieceLength)), !piece.isEmpty
            {
                try await writer.write(ByteBuffer(bytes: piece))
                left -= piece.count
            }
            if breaksAfter ?? range.count < range.count { throw Broken() }
            try await writer.finish(nil)
        }
        return Response(status: status, headers: headers, body: body)
    }

    /// The part that `first-last`, `first-` or `-length` names.
    static func range(_ text: Substring, of size: Int) -> Range<Int>? {
        let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard ends.count == 2 else { return nil }
        if ends[0].isEmpty {
            guard let length = Int(ends[1]), length > 0, size > 0 else { return nil }
            return max(0, size - length)..<size
        }
        guard let first = Int(ends[0]), first >= 0, first < size else { return nil }
        guard !ends[1].isEmpty else { return first..<size }
        guard let last = Int(ends[1]), last >= first else { return nil }
        return first..<min(last, size - 1) + 1
    }
}

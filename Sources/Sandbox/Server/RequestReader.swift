import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Takes the parameters out of a request: from the query, and from a body that is urlencoded, JSON or multipart.
struct RequestReader: Sendable {
    /// Bytes of all parameters that are no files. Source: tdlib/td, HttpReader.cpp.
    static let parameterCapacity = 1 << 20

    let shelf: FileShelf
    /// Bytes of one uploaded file.
    let fileCapacity: Int

    /// Reads a request. Uploaded files lie on the shelf afterwards; whoever takes the result removes them.
    ///
    /// - Throws: `.tooLarge`; whatever was uploaded until then is removed. Errors of the connection or of the disk.
    func read(_ request: Request) async throws -> Arguments {
        var arguments = Arguments()
        Self.addForm(request.uri.query ?? "", to: &arguments)
        let type = request.headers[.contentType] ?? ""
        if let boundary = MultipartParser.boundary(of: type) {
            do {
                try await readMultipart(request.body, boundary, into: &arguments)
            } catch {
                for upload in arguments.uploads.values { shelf.remove(upload.key) }
                throw error
            }
        } else {
            var bytes: [UInt8] = []
            for try await buffer in request.body {
                bytes.append(contentsOf: buffer.readableBytesView)
                guard bytes.count <= Self.parameterCapacity else { throw CallFailure.tooLarge }
            }
            switch type.split(separator: ";").first?.lowercased() {
            case "application/x-www-form-urlencoded":
                Self.addForm(String(decoding: bytes, as: UTF8.self), to: &arguments)
            case "application/json": arguments.add(jsonBody: bytes)
            default: break
            }
        }
        return arguments
    }

    private func readMultipart(
        _ body: RequestBody,
        _ boundary: String,
        into arguments: inout Arguments
    ) async throws {
        var parser = MultipartParser(boundary: boundary)
        var part: MultipartParser.Part?
        var text: [UInt8] = []
        var textSize = 0
        var file: NewShelfFile?
        for try await buffer in body {
            for event in try parser.feed(buffer.readableBytesView) {
                switch event {
                case .part(let new):
                    part = new
                    text = []
                    file = new.fileName == nil ? nil : try shelf.newFile()
                    // Known at once, so that it is removed should the rest fail.
                    if let file { arguments.add(new.name, Upload(key: file.key, size: 0)) }
                case .data(let bytes) where file != nil:
                    try file?.append(bytes)
                    guard file?.size ?? 0 <= fileCapacity else { throw CallFailure.tooLarge }
                case .data(let bytes):
                    text += bytes
                    textSize += bytes.count
                    guard textSize <= Self.parameterCapacity else { throw CallFailure.tooLarge }
                case .end:
                    guard let part else { continue }
                    if let file {
                        try finish(file, part, in: &arguments)
                    } else {
                        arguments.add(part.name, String(decoding: text, as: UTF8.self))
                    }
                }
            }
        }
        try parser.finish()
    }

    private func finish(_ file: NewShelfFile, _ part: MultipartParser.Part, in arguments: inout Arguments) throws {
        try file.close()
        var upload = Upload(key: file.key, size: file.size, name: part.fileName, mediaType: part.mediaType)
        upload.facts = MediaFacts(of: shelf.url(of: file.key))
        arguments.complete(part.name, upload)
        if arguments.uploads[part.name]?.key != file.key { shelf.remove(file.key) }
    }

    /// Adds what a query or an urlencoded body holds.
    private static func addForm(_ text: String, to arguments: inout Arguments) {
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            arguments.add(decoded(parts[0]), parts.count > 1 ? decoded(parts[1]) : "")
        }
    }

    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "+") {
                bytes.append(UInt8(ascii: " "))
            } else if byte == UInt8(ascii: "%"),
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

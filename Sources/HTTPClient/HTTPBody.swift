import Foundation

/// What a request carries. Prints sizes only.
public enum HTTPBody: Sendable, Hashable {
    /// Nothing; a POST or PUT then announces a length of 0.
    case none
    /// Bytes from memory, for example JSON or form fields that the caller has encoded.
    case bytes(Data, contentType: String)
    /// A `multipart/form-data` form. Its files are read from disk piece by piece while they are sent.
    case multipart([MultipartPart])
}

/// One field of a `multipart/form-data` form.
public struct MultipartPart: Sendable, Hashable {
    /// Where a part's content comes from.
    public enum Content: Sendable, Hashable {
        /// A plain field.
        case text(String)
        /// A file whose bytes are in memory.
        case bytes(Data, fileName: String, contentType: String)
        /// A regular file on disk, which is never read into memory as a whole. It must not change until it is sent.
        case file(URL, fileName: String, contentType: String)
    }

    /// The field's name.
    public var name: String
    /// The field's content.
    public var content: Content

    /// A field of a form.
    public init(name: String, content: Content) {
        self.name = name
        self.content = content
    }
}

extension HTTPBody: Discreet {
    /// The kind of body and its size in bytes or parts.
    public var description: String {
        switch self {
        case .none: "no body"
        case .bytes(let data, _): "\(data.count) bytes"
        case .multipart(let parts): "form of \(parts.count) parts"
        }
    }
}

extension MultipartPart: Discreet {
    /// The field's name and the kind of its content.
    public var description: String { "\(name): \(content)" }
}

extension MultipartPart.Content: Discreet {
    /// The kind of content and, in memory, its size in bytes.
    public var description: String {
        switch self {
        case .text(let text): "text of \(text.utf8.count) bytes"
        case .bytes(let data, _, _): "\(data.count) bytes"
        case .file: "a file"
        }
    }
}

extension MultipartPart {
    /// Whether name, file name and content type can stand in the part's own header lines.
    ///
    /// libcurl escapes quotes and line breaks in names itself; a zero byte would cut them short.
    var isSendable: Bool {
        guard !name.utf8.contains(0) else { return false }
        return switch content {
        case .text: true
        case .bytes(_, let fileName, let contentType), .file(_, let fileName, let contentType):
            !fileName.utf8.contains(0) && HTTPHeaders.Field.isSendable(value: contentType)
        }
    }
}

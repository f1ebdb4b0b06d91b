import CCurl
import Foundation

/// A `multipart/form-data` body in libcurl's own form. Files stay on disk and are read while they are sent.
///
/// Freed with the last reference, which must outlive the transfer.
final class MultipartForm {
    let pointer: OpaquePointer

    /// - Throws: `.curl(CURLE_READ_ERROR)` where a file is missing, unreadable or not a regular file.
    init(_ parts: [MultipartPart], for easy: EasyHandle) throws(TransferFault) {
        guard let pointer = curl_mime_init(easy.pointer) else { throw .curl(CurlCode(CURLE_OUT_OF_MEMORY)) }
        self.pointer = pointer
        for part in parts {
            try add(part)
        }
    }

    deinit {
        curl_mime_free(pointer)
    }

    private func add(_ part: MultipartPart) throws(TransferFault) {
        guard let slot = curl_mime_addpart(pointer) else { throw .curl(CurlCode(CURLE_OUT_OF_MEMORY)) }
        try check(curl_mime_name(slot, part.name))
        switch part.content {
        case .text(let text):
            try set(Data(text.utf8), in: slot)
        case .bytes(let data, let fileName, let contentType):
            try set(data, in: slot)
            try set(fileName: fileName, contentType: contentType, in: slot)
        case .file(let url, let fileName, let contentType):
            // A pipe or device would block the loop's thread.
            guard url.isRegularFile else { throw .curl(CurlCode(CURLE_READ_ERROR)) }
            try check(curl_mime_filedata(slot, url.path(percentEncoded: false)))
            try set(fileName: fileName, contentType: contentType, in: slot)
        }
    }

    private func set(_ data: Data, in slot: OpaquePointer) throws(TransferFault) {
        let code = data.withUnsafeBytes { bytes in
            bytes.withMemoryRebound(to: CChar.self) { curl_mime_data(slot, $0.baseAddress, $0.count) }
        }
        try check(code)
    }

    private func set(fileName: String, contentType: String, in slot: OpaquePointer) throws(TransferFault) {
        try check(curl_mime_filename(slot, fileName))
        try check(curl_mime_type(slot, contentType))
    }

    private func check(_ code: CURLcode) throws(TransferFault) {
        guard code == CURLE_OK else { throw .curl(CurlCode(code)) }
    }
}

extension URL {
    /// Whether a regular file is there, links followed.
    fileprivate var isRegularFile: Bool {
        var status = stat()
        return stat(path(percentEncoded: false), &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }
}

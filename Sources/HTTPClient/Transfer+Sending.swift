import CCurl
import Foundation

// What is sent.
extension Transfer {
    /// Hands the body to libcurl.
    func configureBody() throws(TransferFault) {
        switch order.request.body {
        case .bytes(let data, _):
            try easy.setBody(data)
        case .multipart:
            if let form {
                try easy.setForm(form)
            }
        case .none:
            if !order.request.method.isSafe {
                try easy.setBody(Data())
            }
        }
    }

    /// Hands the header fields to libcurl: the caller's and the client's own.
    func configureHeaders() throws(TransferFault) {
        for field in order.request.headers.fields {
            try lines.add(field.name, field.value)
        }
        if let sink {
            if sink.offset > 0 {
                try lines.add("Range", "bytes=\(sink.offset)-")
                if let tag = sink.entityTag(head) {
                    try lines.add("If-Range", tag)
                }
            }
        } else {
            // Not for downloads: their ranges count the bytes that are stored.
            try easy.set(CURLOPT_ACCEPT_ENCODING, "gzip")
        }
        switch order.request.body {
        case .bytes(_, let contentType): try lines.add("Content-Type", contentType)
        case .none: try lines.suppress("Content-Type")
        case .multipart: break
        }
        // Without this, libcurl would wait a second for "100 Continue" before each large body.
        try lines.suppress("Expect")
        try easy.setHeaders(lines)
    }
}

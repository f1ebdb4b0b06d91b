import CCurl

/// Header lines in libcurl's own list. Freed with the last reference, which must outlive the transfer.
final class HeaderLines {
    private(set) var pointer: UnsafeMutablePointer<curl_slist>?

    deinit {
        curl_slist_free_all(pointer)
    }

    /// Adds a field. libcurl writes an empty value only where the name is followed by a semicolon.
    func add(_ name: String, _ value: String) throws(TransferFault) {
        try append(value.isEmpty ? "\(name);" : "\(name): \(value)")
    }

    /// Keeps libcurl from adding a field of its own accord.
    func suppress(_ name: String) throws(TransferFault) {
        try append("\(name):")
    }

    private func append(_ line: String) throws(TransferFault) {
        // On failure libcurl leaves the list as it was.
        guard let longer = curl_slist_append(pointer, line) else { throw .curl(CurlCode(CURLE_OUT_OF_MEMORY)) }
        pointer = longer
    }
}

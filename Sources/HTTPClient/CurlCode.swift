import CCurl

/// A result code of libcurl.
struct CurlCode: Hashable {
    let rawValue: Int

    init(_ rawValue: Int) {
        self.rawValue = rawValue
    }

    init(_ code: CURLcode) {
        rawValue = Int(code.rawValue)
    }

    /// libcurl's fixed sentence for the code; it never quotes the request.
    var text: String {
        curl_easy_strerror(CURLcode(UInt32(rawValue))).map { String(cString: $0) } ?? "unknown code"
    }
}

/// What libcurl needs once in a process.
enum CurlLibrary {
    /// Whether libcurl is ready. Evaluated once; the first client waits for it.
    static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
}

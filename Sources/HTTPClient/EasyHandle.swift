import CCurl
import Foundation

/// One libcurl transfer handle, with typed options. Used on the loop's thread only.
///
/// A handle is reset and used again for the next request; connections do not belong to it but to the multi handle.
struct EasyHandle {
    let pointer: UnsafeMutableRawPointer

    /// Nothing where memory is exhausted.
    init?() {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
    }

    /// Forgets every option and result, so that nothing of one request reaches the next.
    func reset() {
        curl_easy_reset(pointer)
    }

    /// Frees the handle; it must not be in a multi handle any more.
    func free() {
        curl_easy_cleanup(pointer)
    }

    func set(_ option: CURLoption, _ value: Int) throws(TransferFault) {
        try check(ccurl_set_long(pointer, option, value))
    }

    func set(_ option: CURLoption, _ isOn: Bool) throws(TransferFault) {
        try set(option, isOn ? 1 : 0)
    }

    func set(_ option: CURLoption, offset: Int64) throws(TransferFault) {
        try check(ccurl_set_offset(pointer, option, curl_off_t(offset)))
    }

    /// libcurl keeps a copy of `value`.
    func set(_ option: CURLoption, _ value: String) throws(TransferFault) {
        try check(ccurl_set_string(pointer, option, value))
    }

    /// `value` must live until the handle is reset.
    func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer) throws(TransferFault) {
        try check(ccurl_set_pointer(pointer, option, value))
    }

    /// libcurl keeps a copy of `body`.
    func setBody(_ body: Data) throws(TransferFault) {
        try set(CURLOPT_POSTFIELDSIZE_LARGE, offset: Int64(body.count))
        guard !body.isEmpty else {
            // An empty Data has no address, and without one libcurl would ask a callback for the body.
            return try set(CURLOPT_COPYPOSTFIELDS, "")
        }
        try check(body.withUnsafeBytes { ccurl_set_pointer(pointer, CURLOPT_COPYPOSTFIELDS, $0.baseAddress) })
    }

    /// `form` must live until the handle is reset.
    func setForm(_ form: MultipartForm) throws(TransferFault) {
        try check(ccurl_set_form(pointer, form.pointer))
    }

    /// `lines` must live until the handle is reset.
    func setHeaders(_ lines: HeaderLines) throws(TransferFault) {
        try check(ccurl_set_list(pointer, CURLOPT_HTTPHEADER, lines.pointer))
    }

    func set(_ option: CURLoption, sink: curl_write_callback) throws(TransferFault) {
        try check(ccurl_set_sink(pointer, option, sink))
    }

    func setPrerequest(_ callback: curl_prereq_callback) throws(TransferFault) {
        try check(ccurl_set_prerequest(pointer, callback))
    }

    /// A fact about the transfer, 0 where libcurl does not know it.
    func number(_ info: CURLINFO) -> Int {
        var value = 0
        return ccurl_get_long(pointer, info, &value) == CURLE_OK ? value : 0
    }

    private func check(_ code: CURLcode) throws(TransferFault) {
        guard code == CURLE_OK else { throw .curl(CurlCode(code)) }
    }
}

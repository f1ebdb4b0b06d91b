import CCurl
import Foundation

// What comes back. Each of these is called by libcurl on the loop's thread.
extension Transfer {
    /// Tells libcurl whom to call.
    func listen() throws(TransferFault) {
        let itself = Unmanaged.passUnretained(self).toOpaque()
        try easy.set(CURLOPT_PRIVATE, itself)
        try easy.set(CURLOPT_PREREQDATA, itself)
        try easy.setPrerequest { itself, _, _, _, _ in
            Transfer.from(itself)?.willSendRequest() == true ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
        }
        try easy.set(CURLOPT_HEADERDATA, itself)
        try easy.set(CURLOPT_HEADERFUNCTION) { bytes, size, count, itself in
            Transfer.from(itself)?.receiveLine(UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? 0
        }
        try easy.set(CURLOPT_WRITEDATA, itself)
        try easy.set(CURLOPT_WRITEFUNCTION) { bytes, size, count, itself in
            Transfer.from(itself)?.receiveBody(UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? 0
        }
    }

    /// The transfer behind a pointer that `listen` gave to libcurl.
    static func from(_ pointer: UnsafeMutableRawPointer?) -> Transfer? {
        pointer.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    /// The connection stands, and the request is about to be written.
    ///
    /// libcurl repeats a request when a connection that it used again dies without an answer. The server may have
    /// acted on the first one all the same, so only safe methods are repeated.
    private func willSendRequest() -> Bool {
        if hasBegunRequest && !hasHeardAnswer && !order.request.method.isSafe {
            fault = .repetition
            return false
        }
        hasBegunRequest = true
        hasHeardAnswer = false
        return true
    }

    /// - Returns: How many bytes were taken; fewer than there are end the transfer.
    private func receiveLine(_ line: UnsafeRawBufferPointer) -> Int {
        hasHeardAnswer = true
        guard head.receive(line) else {
            fault = .tooLarge
            return 0
        }
        return line.count
    }

    /// - Returns: How many bytes were taken; fewer than there are end the transfer.
    private func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Int {
        do throws(TransferFault) {
            switch try sink?.placeForBody(of: head) {
            case .file:
                try sink?.append(bytes)
            case .nowhere:
                return 0
            case .memory, nil:
                guard body.count + bytes.count <= order.request.maximumResponseBytes else { throw .tooLarge }
                body.append(bytes.assumingMemoryBound(to: UInt8.self))
            }
            return bytes.count
        } catch {
            fault = error
            return 0
        }
    }
}

import CCurl
import Foundation

/// One request in flight: libcurl's handle, what it refers to, and what has come of the answer.
///
/// Lives and dies on the loop's thread. libcurl holds an unretained pointer to it, so the loop keeps it until the
/// handle has left the multi handle.
final class Transfer {
    let order: Order
    let easy: EasyHandle
    private let proxy: Proxy?
    let lines = HeaderLines()
    let form: MultipartForm?
    let sink: DownloadSink?
    var head = ResponseHead()
    var body = Data()
    var hasBegunRequest = false
    var hasHeardAnswer = false
    var fault: TransferFault?

    /// Prepares `easy` for `order`. Nothing is sent before the handle is in the multi handle.
    init(_ order: Order, on easy: EasyHandle, of configuration: HTTPClient.Configuration) throws(TransferFault) {
        self.order = order
        self.easy = easy
        proxy = configuration.proxy
        form =
            switch order.request.body {
            case .multipart(let parts): try MultipartForm(parts, for: easy)
            case .none, .bytes: nil
            }
        sink =
            switch order.destination {
            case .file(let target): try DownloadSink(target)
            case .memory: nil
            }
        try easy.configure(configuration)
        try easy.configure(order.request, origin: order.origin)
        if sink != nil { try easy.limitStall(configuration.stallTimeout) }
        try configureBody()
        try configureHeaders()
        try listen()
    }

    /// What is known of the request at this moment.
    var attempt: HTTPAttempt {
        order.attempt(through: proxy, mayHaveBeenSent: hasBegunRequest, entityTag: sink?.entityTag(head))
    }

    /// What the transfer ended with, once libcurl has ended it with `code`.
    func outcome(_ code: CURLcode) -> Result<Order.Answer, HTTPError> {
        do throws(TransferFault) {
            if let fault { throw fault }
            // A stale download was ended by this program, so libcurl calls it a failure.
            guard code == CURLE_OK || sink?.isStale == true else { throw .curl(CurlCode(code)) }
            // libcurl is content with an answer that breaks off within its head.
            guard head.isComplete else { throw .incomplete }
            let download = try sink?.finish(head)
            return .success(
                Order.Answer(
                    response: HTTPResponse(status: head.status, headers: head.headers, body: body, version: version),
                    download: download,
                    isStale: sink?.isStale ?? false,
                    attempt: attempt
                )
            )
        } catch {
            return .failure(HTTPError(error, attempt, refusedByProxy: isRefusedByProxy))
        }
    }

    private var version: HTTPVersion {
        switch easy.number(CURLINFO_HTTP_VERSION) {
        case Int(CURL_HTTP_VERSION_1_0): .http1_0
        case Int(CURL_HTTP_VERSION_1_1): .http1_1
        case Int(CURL_HTTP_VERSION_2_0): .http2
        default: .other
        }
    }

    /// Whether the proxy asked for a user and password, or for others.
    private var isRefusedByProxy: Bool {
        let proxyError = easy.number(CURLINFO_PROXY_ERROR)
        return easy.number(CURLINFO_HTTP_CONNECTCODE) == 407
            || proxyError == Int(CURLPX_NO_AUTH.rawValue)
            || proxyError == Int(CURLPX_USER_REJECTED.rawValue)
    }
}

import Foundation
import HTTPClient

/// Looks whether somebody listens where the proxy to Telegram is said to be. Whether it leads to Telegram, the bots'
/// own checks show.
struct ProxyCheck {
    let proxy: Proxy

    /// - Returns: nil where the HTTP client cannot be made.
    func finding() async -> Finding? {
        var address = URLComponents()
        address.scheme = "http"
        address.host = proxy.host.contains(":") ? "[\(proxy.host)]" : proxy.host
        address.port = proxy.port
        guard let url = address.url,
            let http = try? HTTPClient(HTTPClient.Configuration(connectTimeout: .seconds(5)))
        else { return nil }
        let isReached = await isReached(url, http)
        await http.shutdown()
        return isReached
            ? .ok("TELEGRAM_PROXY", "\(proxy) accepts connections")
            : .fault(
                "TELEGRAM_PROXY",
                "nobody listens at \(proxy)",
                advice: "start the proxy, or correct host and port; without it Telegram is asked directly."
            )
    }

    /// Any answer, also one that is no HTTP, comes from somebody; so does a silence on a standing connection.
    private func isReached(_ url: URL, _ http: HTTPClient) async -> Bool {
        do {
            _ = try await http.send(HTTPRequest(url: url, deadline: .seconds(8)))
            return true
        } catch {
            switch error {
            case .unresolved, .unreachable, .invalidRequest, .invalidConfiguration, .invalidProxy, .unavailable,
                .cancelled, .shutDown, .overloaded:
                return false
            case .untrusted, .proxyCredentialsRefused, .proxyFailed, .connectionLost, .deadlineExceeded,
                .responseTooLarge, .malformedResponse, .downloadRefused, .unreadableFile, .unwritableFile, .failed:
                return true
            }
        }
    }
}

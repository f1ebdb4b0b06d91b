import Foundation
import HTTPClient
import Web

/// Looks whether the site can be reached as the settings say, and whose word on visitors' addresses counts.
struct SiteCheck {
    let host: String
    let publicURL: URL?
    /// As the setting has it.
    let trustedProxies: String
    /// Whether the club runs on this data folder now.
    let isRunning: Bool
    let isOnline: Bool

    func findings() async -> [Finding] {
        var findings = proxies
        if let publicURL, !Settings.isLoopback(publicURL) { findings.append(await reach(publicURL)) }
        return findings
    }

    private var proxies: [Finding] {
        let subject = "TRUSTED_PROXIES"
        let isPublic = publicURL.map { !Settings.isLoopback($0) } ?? false
        let isLocal = ["127.0.0.1", "localhost", "::1"].contains(host)
        if trustedProxies.isEmpty {
            guard isPublic, isLocal else { return [] }
            return [
                .warning(
                    subject,
                    "a proxy must stand before the site (HOST is \(host)), and none is trusted: all visitors share one"
                        + " address and its limits",
                    advice: "TRUSTED_PROXIES=127.0.0.1,::1 where the proxy runs on this machine."
                )
            ]
        }
        let everybody = trustedProxies.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            .first { text in
                guard AddressRange(text) != nil, let bits = text.split(separator: "/").dropFirst().first else {
                    return false
                }
                return (Int(bits) ?? 128) < 8
            }
        guard let everybody else { return [] }
        return [
            .warning(
                subject,
                "\(everybody) is much of the internet: everybody there can pretend to be anybody",
                advice: "name the proxy's own address only."
            )
        ]
    }

    private func reach(_ url: URL) async -> Finding {
        let subject = "PUBLIC_URL"
        guard url.scheme?.lowercased() == "https" else {
            return .warning(
                subject,
                "\(url.absoluteString) is not encrypted; Telegram opens https addresses only",
                advice: "put a proxy with a certificate before the site, and write https://."
            )
        }
        guard isOnline else { return .ok(subject, "not asked (--offline)") }
        do {
            let http = try HTTPClient()
            defer { Task { await http.shutdown() } }
            let request = HTTPRequest(url: url.appending(path: "healthz"), deadline: Checkup.patience)
            let response = try await http.send(request)
            if response.status == 200 { return .ok(subject, "\(url.absoluteString) answers") }
            return .warning(subject, "\(url.absoluteString) answers with status \(response.status)", advice: advice)
        } catch {
            return .warning(subject, "\(url.absoluteString) is not reached from here (\(error))", advice: advice)
        }
    }

    private var advice: String {
        isRunning
            ? "look at the name's DNS entry, the certificate, and where the proxy leads; see docs/operations.md."
            : "start the club first; else look at the name's DNS entry, the certificate, and where the proxy leads."
    }
}

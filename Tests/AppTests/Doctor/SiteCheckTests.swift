import Foundation
import Testing

@testable import App

struct SiteCheckTests {
    private func findings(
        _ url: String?,
        proxies: String = "127.0.0.1",
        host: String = "127.0.0.1",
        isOnline: Bool = true
    ) async -> [Finding] {
        await SiteCheck(
            host: host,
            publicURL: url.flatMap { URL(string: $0) },
            trustedProxies: proxies,
            isRunning: false,
            isOnline: isOnline
        ).findings()
    }

    @Test func `a site for this machine needs nothing`() async {
        #expect(await findings(nil, proxies: "").isEmpty)
        #expect(await findings("http://127.0.0.1:8001", proxies: "").isEmpty)
    }

    @Test func `a public site that only a proxy can reach has to trust it`() async {
        let findings = await findings("https://club.test", proxies: "", isOnline: false)

        #expect(findings.first?.verdict == .warning)
        #expect(findings.first?.advice?.contains("TRUSTED_PROXIES=127.0.0.1,::1") == true)
    }

    @Test(arguments: ["0.0.0.0/0", "127.0.0.1, ::/0", "10.0.0.0/7"])
    func `whoever trusts half the internet is warned`(proxies: String) async {
        let findings = await findings(nil, proxies: proxies)

        #expect(findings.map(\.verdict) == [.warning])
        #expect(findings.first?.subject == "TRUSTED_PROXIES")
    }

    @Test func `a public address without encryption is a warning`() async {
        let findings = await findings("http://club.test")

        #expect(findings.map(\.verdict) == [.warning])
        #expect(findings.first?.seen.contains("not encrypted") == true)
    }

    @Test func `an address that nobody answers at is a warning at most`() async throws {
        let port = try Program.freePort()
        // A name of this machine that is not taken for its loopback address.
        let findings = await findings("https://0.0.0.0:\(port)")

        #expect(findings.map(\.verdict) == [.warning])
        #expect(findings.first?.seen.contains("not reached") == true)
        #expect(findings.first?.advice?.contains("start the club first") == true)
    }
}

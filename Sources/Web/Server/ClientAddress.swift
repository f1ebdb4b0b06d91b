import Foundation
import HTTPTypes
import Hummingbird

/// Finds out from where a request comes, behind proxies too.
struct ClientAddress: Sendable {
    private static let forwardedFor = HTTPField.Name("X-Forwarded-For")

    /// Whose word about other addresses counts.
    let trustedProxies: [AddressRange]

    /// The address of the client.
    ///
    /// A proxy that is not trusted is the client itself. Of what trusted ones say, the last address that is not a
    /// trusted proxy counts: whatever stands before it, the client may have made up.
    func resolve(peer: IPAddress?, headers: HTTPFields) -> IPAddress? {
        guard let peer, isTrusted(peer), let name = Self.forwardedFor else { return peer }
        let chain = headers[values: name]
            .flatMap { $0.split(separator: ",") }
            .map { IPAddress(String($0).trimmingCharacters(in: .whitespaces)) }
        var client = peer
        for address in chain.reversed() {
            guard let address else { break }
            client = address
            guard isTrusted(address) else { break }
        }
        return client
    }

    private func isTrusted(_ address: IPAddress) -> Bool {
        trustedProxies.contains { $0.contains(address) }
    }
}

import Foundation

/// An IPv4 or IPv6 address. An IPv4 address that is mapped into IPv6 is the IPv4 address.
struct IPAddress: Hashable, Sendable {
    /// 4 or 16 bytes in network order.
    let bytes: [UInt8]

    /// - Returns: nil where `text` is no address. A zone (`%eth0`) is passed over.
    init?(_ text: String) {
        let text = String(text.prefix { $0 != "%" })
        var four = [UInt8](repeating: 0, count: 4)
        var sixteen = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = four
        } else if inet_pton(AF_INET6, text, &sixteen) == 1 {
            let isMapped = sixteen[..<10].allSatisfy { $0 == 0 } && sixteen[10] == 0xFF && sixteen[11] == 0xFF
            bytes = isMapped ? Array(sixteen[12...]) : sixteen
        } else {
            return nil
        }
    }

    /// Whether it is this machine itself.
    var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
    }

    /// What limits count by: an IPv4 address as it is, of an IPv6 address the first 64 bits, since a household has
    /// them all.
    var household: [UInt8] { bytes.count == 4 ? bytes : Array(bytes[..<8]) }

    /// Whether the first `count` bits are those of `other`. Never, where one is IPv4 and the other IPv6.
    func sharesPrefix(of other: IPAddress, bits count: Int) -> Bool {
        guard bytes.count == other.bytes.count else { return false }
        let whole = count / 8
        guard bytes[..<whole] == other.bytes[..<whole] else { return false }
        let rest = count % 8
        guard rest > 0 else { return true }
        let mask = UInt8.max << (8 - rest)
        return bytes[whole] & mask == other.bytes[whole] & mask
    }
}

/// A range of addresses as settings write it: `10.0.0.0/8`, `fd00::/8`, or one address alone.
public struct AddressRange: Hashable, Sendable {
    private let base: IPAddress
    private let prefix: Int

    /// - Returns: nil where `text` is no address, or its prefix is longer than the address.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let base = IPAddress(String(first)) else { return nil }
        let longest = base.bytes.count * 8
        guard parts.count == 2 else {
            self.base = base
            prefix = longest
            return
        }
        guard let prefix = Int(parts[1]), (0...longest).contains(prefix) else { return nil }
        self.base = base
        self.prefix = prefix
    }

    func contains(_ address: IPAddress) -> Bool {
        address.sharesPrefix(of: base, bits: prefix)
    }
}

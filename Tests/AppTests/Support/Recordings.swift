import Foundation

/// Small recordings to post.
enum Recordings {
    /// An Ogg Opus file of about a second: its headers, one packet of silence, and a tail that makes it unique.
    static func voice(_ number: Int) -> Data {
        var file = Data()
        file.append(
            page(Data("OpusHead".utf8) + Data([1, 1, 0, 0, 0x80, 0xBB, 0, 0, 0, 0, 0]), 0, flags: 2, granule: 0)
        )
        let comment = Data("test \(number)".utf8)
        var tags = Data("OpusTags".utf8)
        tags.append(littleEndian(UInt32(comment.count)))
        tags.append(comment)
        tags.append(littleEndian(UInt32(0)))
        file.append(page(tags, 1, flags: 0, granule: 0))
        file.append(page(Data([0xFC, 0xFF, 0xFE]), 2, flags: 4, granule: 48_000))
        return file
    }

    /// One page of an Ogg stream.
    private static func page(_ packet: Data, _ number: UInt32, flags: UInt8, granule: UInt64) -> Data {
        var page = Data("OggS".utf8)
        page.append(contentsOf: [0, flags])
        page.append(littleEndian(granule))
        page.append(littleEndian(UInt32(7)))
        page.append(littleEndian(number))
        page.append(littleEndian(UInt32(0)))
        page.append(contentsOf: [1, UInt8(packet.count)])
        page += packet
        page.replaceSubrange(22..<26, with: littleEndian(checksum(page)))
        return page
    }

    /// Source: RFC 3533, section 6: CRC-32 with the polynomial 0x04C11DB7, over the page with zeros in this place.
    private static func checksum(_ page: Data) -> UInt32 {
        page.reduce(0) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte) << 24) { sum, _ in
                sum & 0x8000_0000 != 0 ? sum << 1 ^ 0x04C1_1DB7 : sum << 1
            }
        }
    }

    private static func littleEndian(_ number: some FixedWidthInteger) -> Data {
        withUnsafeBytes(of: number.littleEndian) { Data($0) }
    }
}

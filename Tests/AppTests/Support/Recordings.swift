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

    /// One page of an Ogg stream. Its checksum stays zero: nobody who only measures the duration reads it.
    private static func page(_ packet: Data, _ number: UInt32, flags: UInt8, granule: UInt64) -> Data {
        var page = Data("OggS".utf8)
        page.append(contentsOf: [0, flags])
        page.append(littleEndian(granule))
        page.append(littleEndian(UInt32(7)))
        page.append(littleEndian(number))
        page.append(littleEndian(UInt32(0)))
        page.append(contentsOf: [1, UInt8(packet.count)])
        return page + packet
    }

    private static func littleEndian(_ number: some FixedWidthInteger) -> Data {
        withUnsafeBytes(of: number.littleEndian) { Data($0) }
    }
}

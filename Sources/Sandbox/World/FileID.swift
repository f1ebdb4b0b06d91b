import Foundation

/// The two names of a file: `file_id`, which works for one bot only, and `file_unique_id`, which is the same for all.
enum FileID {
    /// What an id turned out to be.
    enum Reading: Sendable, Hashable {
        case file(Int64)
        /// Well formed, but not made for this bot.
        case foreign
        case malformed
    }

    private static let bodyLength = 54

    /// The `file_id` by which one bot names a file. As long as Telegram's own.
    static func make(_ file: MediaFile, for bot: Int64) -> String {
        base64URL([file.kind.code, 0, 2] + bytes(of: file.key) + seal(file.key, kind: file.kind.code, bot: bot))
    }

    /// The `file_unique_id`, the same for every bot and every later message with the file.
    static func unique(_ file: MediaFile) -> String {
        base64URL([file.kind == .photo || file.kind == .thumbnail ? 1 : 2, 0, 3] + bytes(of: file.key))
    }

    /// A name for something that is no file, made of a number.
    static func name(of number: Int64) -> String {
        base64URL(bytes(of: number))
    }

    /// Reads a `file_id` that a bot gave.
    static func read(_ text: String, for bot: Int64) -> Reading {
        let standard = text.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: standard + padding), data.count == bodyLength else { return .malformed }
        let bytes = Array(data)
        guard MediaFile.Kind.allCases.contains(where: { $0.code == bytes[0] }), bytes[1] == 0, bytes[2] == 2 else {
            return .malformed
        }
        let key = bytes[3..<11].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let file = Int64(bitPattern: key)
        return Array(bytes[11...]) == seal(file, kind: bytes[0], bot: bot) ? .file(file) : .foreign
    }

    /// Bytes that only one bot's id of this file ends with. No secret: it only tells bots apart.
    private static func seal(_ key: Int64, kind: UInt8, bot: Int64) -> [UInt8] {
        var generator = SeededGenerator(seed: UInt64(bitPattern: key &* 31 &+ bot) ^ UInt64(kind))
        return (0..<bodyLength - 11).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    private static func bytes(of key: Int64) -> [UInt8] {
        let bits = UInt64(bitPattern: key)
        return stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: bits >> UInt64($0)) }
    }

    private static func base64URL(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}

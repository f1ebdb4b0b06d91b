import Crypto
import Domain
import Foundation

/// What Telegram hands a Mini App about the person who opened it, after its signature was checked.
/// Source: Telegram, "Validating data received via the Mini App", `WebAppInitData`, `WebAppUser`.
struct MiniAppSignInData: Equatable, Sendable {
    /// How long after the app was opened one can sign in with its data.
    static let lifetime: Duration = .seconds(24 * 3600)
    /// How far Telegram's clock may be ahead of ours.
    static let clockSkew: Duration = .seconds(60)
    /// Longer data are not looked at. Telegram's have some 1,000 bytes.
    static let longest = 16 * 1024

    let person: Person

    /// Checks `text` as it came: a query string whose field `hash` signs all others.
    /// - Throws: `.signInRefused` where Telegram did not write it for this bot; `.signInExpired` where it is too old.
    init(checking text: String, keys: MiniAppKeys, now: Date, fallback: Language) throws(Refusal) {
        guard text.utf8.count <= Self.longest, let fields = FormFields(text),
            Set(fields.pairs.map(\.name)).count == fields.pairs.count,
            let hash = fields["hash"].flatMap(Self.bytes)
        else { throw .signInRefused }
        let signed = fields.pairs
            .filter { $0.name != "hash" }
            .sorted { Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8)) }
            .map { "\($0.name)=\($0.value)" }
            .joined(separator: "\n")
        let isGenuine = HMAC<SHA256>.isValidAuthenticationCode(
            hash,
            authenticating: Data(signed.utf8),
            using: keys.webAppKey
        )
        guard isGenuine, let seconds = fields["auth_date"].flatMap({ Int64($0) }),
            let user = fields["user"].flatMap(Self.user)
        else { throw .signInRefused }
        let age = now.timeIntervalSince(Date(timeIntervalSince1970: Double(seconds)))
        guard age >= -Self.clockSkew.seconds else { throw .signInRefused }
        guard age <= Self.lifetime.seconds else { throw .signInExpired }
        person = Person(
            telegramID: TelegramUserID(rawValue: user.id),
            name: [user.firstName, user.lastName].compactMap { $0 }.joined(separator: " "),
            username: user.username,
            language: Language(tag: user.languageCode, fallback: fallback)
        )
    }

    /// What is used of Telegram's user. Only the number has to be there and right.
    private struct User {
        var id: Int64
        var firstName: String?
        var lastName: String?
        var username: String?
        var languageCode: String?
    }

    private static func user(_ json: String) -> User? {
        guard let object = try? JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any],
            let number = object["id"] as? NSNumber, let id = Int64(number.stringValue), id > 0
        else { return nil }
        return User(
            id: id,
            firstName: object["first_name"] as? String,
            lastName: object["last_name"] as? String,
            username: object["username"] as? String,
            languageCode: object["language_code"] as? String
        )
    }

    /// The bytes of a hash: 64 hexadecimal digits in lower case.
    private static func bytes(_ text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: 64, by: 2) {
            guard let high = nibble(digits[index]), let low = nibble(digits[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}

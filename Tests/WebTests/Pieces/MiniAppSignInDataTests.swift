import Crypto
import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

@Suite struct MiniAppSignInDataTests {
    private static let keys = MiniAppKeys(botToken: WebClub.botToken)
    private static let user = """
        {"id":42,"first_name":"Vera \\u0412","last_name":"Light","username":"vera","language_code":"en-GB",\
        "photo_url":"https:\\/\\/t.me\\/i\\/userpic\\/320\\/x.svg","is_premium":true}
        """

    /// Made with Python's hmac module for the token of the tests, and accepted by aiogram's own check.
    private static let fromElsewhere =
        "query_id=AAHdF6IQAAAAAN0XohDhrOrc&user=%7B%22id%22%3A42%2C%22first_name%22%3A%22Vera%20%5Cu0412%22%2C"
        + "%22last_name%22%3A%22Light%22%2C%22username%22%3A%22vera%22%2C%22language_code%22%3A%22en-GB%22%2C"
        + "%22photo_url%22%3A%22https%3A%5C%2F%5C%2Ft.me%5C%2Fi%5C%2Fuserpic%5C%2F320%5C%2Fx.svg%22%2C"
        + "%22is_premium%22%3Atrue%7D&auth_date=1780315190&signature=abcDEF_-123"
        + "&hash=4b7d20d40b5822559d86736e1817cb8cbb7e509be8ee8700cddde0819ae2263f"

    private func check(_ text: String) throws(Refusal) -> Person {
        try MiniAppSignInData(checking: text, keys: Self.keys, now: Fixtures.start, fallback: .ru).person
    }

    @Test func `data that Telegram signed tell who opened the app, escaped slashes and all`() throws {
        let person = try check(Self.fromElsewhere)
        let expected = Person(
            telegramID: TelegramUserID(rawValue: 42),
            name: "Vera В Light",
            username: "vera",
            language: .en
        )
        #expect(person == expected)
    }

    @Test func `a plus is a space`() throws {
        #expect(try check(Self.fromElsewhere.replacing("Vera%20", with: "Vera+")).name == "Vera В Light")
    }

    @Test func `the order of the fields does not matter`() throws {
        let turned = Self.fromElsewhere.split(separator: "&").reversed().joined(separator: "&")
        #expect(try check(turned).telegramID.rawValue == 42)
    }

    @Test func `any changed, added, missing or doubled field is refused`() {
        let good = Self.fromElsewhere
        let bad = [
            "", "hash=", "user=1", good.replacing("%3A42%2C", with: "%3A43%2C"), good + "&extra=1",
            good.replacing("&signature=abcDEF_-123", with: ""), good.replacing("&hash=4b", with: "&hash=4B"),
            good.replacing("&hash=4b7d", with: "&hash=4b7e"), good.replacing("263f", with: "26"),
            good.replacing("&hash=", with: "&hsah="), good + "&auth_date=1780315190",
            good + "&hash=4b7d20d40b5822559d86736e1817cb8cbb7e509be8ee8700cddde0819ae2263f",
            good.replacing("hash=4b7d", with: "hash=%00%007d"), good + "%", good + "&a=%FF",
            good.replacing("%5C%2F", with: "%2F"), String(repeating: "a", count: 20_000),
        ]
        for text in bad {
            #expect(throws: Refusal.signInRefused, "\(text.suffix(80))") { try check(text) }
        }
    }

    @Test func `data that were signed for another bot are refused`() {
        let keys = MiniAppKeys(botToken: "123456:another")
        #expect(throws: Refusal.signInRefused) {
            try MiniAppSignInData(checking: Self.fromElsewhere, keys: keys, now: Fixtures.start, fallback: .ru)
        }
    }

    @Test(arguments: [
        (-86_400, nil), (-86_401, Refusal.signInExpired), (0, nil), (60, nil), (61, Refusal.signInRefused),
        (-100_000_000, Refusal.signInExpired),
    ])
    func `data are good for a day, and hardly before they were made`(age: Int, refusal: Refusal?) throws {
        let text = Self.signed(["user": Self.user, "auth_date": String(1_780_315_200 + age)])
        if let refusal {
            #expect(throws: refusal) { try check(text) }
        } else {
            #expect(try check(text).telegramID.rawValue == 42)
        }
    }

    @Test(arguments: [
        ["auth_date": "1780315190"], ["user": user], ["user": "[]", "auth_date": "1780315190"],
        ["user": "{}", "auth_date": "1780315190"], ["user": #"{"id":"42"}"#, "auth_date": "1780315190"],
        ["user": #"{"id":-5}"#, "auth_date": "1780315190"], ["user": #"{"id":1.5}"#, "auth_date": "1780315190"],
        ["user": user, "auth_date": "soon"], ["user": user, "auth_date": "1780315190.5"],
        ["user": user, "auth_date": ""],
    ])
    func `signed data without a person or a time are refused`(fields: [String: String]) {
        #expect(throws: Refusal.signInRefused) { try check(Self.signed(fields)) }
    }

    @Test func `of the person only the number has to make sense`() throws {
        let user = #"{"id":42,"first_name":7,"username":null,"language_code":[],"new_in_2030":{"a":1}}"#
        let person = try check(Self.signed(["user": user, "auth_date": "1780315190"]))
        #expect(person.name == "id 42")
        #expect(person.username == nil)
        #expect(person.language == .ru)
    }

    /// Signs fields as Telegram does for the bot of the tests.
    static func signed(_ fields: [String: String]) -> String {
        let text = fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "\n")
        let code = HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: keys.webAppKey)
        let hash = code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let query = fields.map { "\($0.key)=\(FormFields.encoded($0.value))" }
        return (query + ["hash=\(hash)"]).joined(separator: "&")
    }
}

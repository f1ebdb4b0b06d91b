import Crypto
import Domain
import Foundation
import TestSupport
import Testing

@testable import Web

@Suite struct SessionTokensTests {
    private let tokens = SessionTokens(key: SymmetricKey(data: Data("0123456789abcdef0123456789abcdef".utf8)))
    private let session = AuthSession(
        id: AuthSessionID(rawValue: "the-session"),
        memberID: MemberID(rawValue: "member-1"),
        way: .link,
        device: "",
        now: Fixtures.start
    )

    /// Made with Python's hmac and base64 modules.
    private static let fromElsewhere =
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
        + "eyJzaWQiOiJ0aGUtc2Vzc2lvbiIsInN1YiI6Im1lbWJlci0xIiwiaWF0IjoxNzgwMzE1MjAwLCJleHAiOjE3ODI5MDcyMDB9."
        + "NxHBpbjZeFO_8OQFAQPmq86jiqOef4av8tQKHtCjOq4"

    @Test func `a token names session and member, and no role`() throws {
        let token = try tokens.token(for: session)
        let claims = try #require(tokens.claims(in: token, now: Fixtures.start))
        #expect(claims.session == session.id)
        #expect(claims.member == session.memberID)
        #expect(claims.expiresAt == session.expiresAt)
        let payload = try #require(Base64URL.decode(token.split(separator: ".")[1]))
        let object = try #require(try JSONSerialization.jsonObject(with: payload) as? [String: Any])
        #expect(Set(object.keys) == ["sid", "sub", "iat", "exp"])
    }

    @Test func `a token that another library made with the same key is good`() throws {
        let claims = try #require(tokens.claims(in: Self.fromElsewhere, now: Fixtures.start))
        #expect(claims.session == session.id)
    }

    @Test func `a token is good until it expires and not a second longer`() throws {
        let token = try tokens.token(for: session)
        #expect(tokens.claims(in: token, now: session.expiresAt.addingTimeInterval(-1)) != nil)
        #expect(tokens.claims(in: token, now: session.expiresAt) == nil)
    }

    @Test func `another key, another algorithm or a changed byte is refused`() throws {
        let token = try tokens.token(for: session)
        let parts = token.split(separator: ".").map(String.init)
        let none = Base64URL.encode(Data(#"{"alg":"none","typ":"JWT"}"#.utf8))
        let other = SessionTokens(key: SymmetricKey(data: Data("another key of thirty-two bytes!".utf8)))
        let bad = [
            "", "..", "a.b.c", parts[0] + "." + parts[1], parts[0] + "." + parts[1] + ".",
            "\(none).\(parts[1]).", "\(none).\(parts[1]).\(parts[2])", token + "=", token + ".", " " + token,
            parts[0] + "." + parts[1] + "x." + parts[2], String(token.dropLast()),
            try other.token(for: session), String(repeating: "a", count: 100_000),
        ]
        for token in bad {
            #expect(tokens.claims(in: token, now: Fixtures.start) == nil, "\(token.prefix(80))")
        }
    }

    @Test func `a header with another algorithm is refused even where it is signed with our key`() {
        for header in [#"{"alg":"HS512","typ":"JWT"}"#, #"{"alg":"none","typ":"JWT"}"#, #"{"typ":"JWT"}"#, "[]"] {
            let payload = #"{"sid":"s","sub":"m","iat":1780315200,"exp":1782907200}"#
            let signed = [header, payload].map { Base64URL.encode(Data($0.utf8)) }.joined(separator: ".")
            let code = HMAC<SHA256>.authenticationCode(for: Data(signed.utf8), using: tokens.key)
            #expect(tokens.claims(in: signed + "." + Base64URL.encode(code), now: Fixtures.start) == nil)
        }
    }

    @Test(arguments: ["YQ", "YWI", "YWJj", "-_-_", ""])
    func `base64 for addresses is read strictly`(text: String) throws {
        let bytes = try #require(Base64URL.decode(text))
        #expect(Base64URL.encode(bytes) == text)
        for bad in [text + "=", text + " ", text + "\n", "+" + text + "/"] where !bad.isEmpty {
            #expect(Base64URL.decode(bad) == nil, "\(bad)")
        }
        #expect(Base64URL.decode("YR") == nil)
    }
}

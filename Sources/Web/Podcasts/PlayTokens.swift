import Crypto
import Domain
import Foundation

/// Makes and checks what a player shows with each beat: that it plays one episode for one member.
///
/// A token names the play and says until when it is good, under a seal over the member and the episode too. Each answer
/// to a beat brings a fresh one of the same play.
struct PlayTokens: Sendable {
    /// How long a token is good: longer than any silence that is still credited.
    static let lifetime: Duration = .seconds(15 * 60)
    /// Tokens of ours have some 80 characters; longer ones are not looked at.
    private static let longest = 256

    let key: SymmetricKey
    let clock: any ClubClock

    func token(for play: PlayID, _ member: MemberID, _ podcast: PodcastID) -> String {
        let expires = Int64(clock.after(Self.lifetime).timeIntervalSince1970)
        let seal = HMAC<SHA256>.authenticationCode(for: Self.signed(play, member, podcast, expires), using: key)
        return "\(play).\(expires).\(Base64URL.encode(seal))"
    }

    /// Which play a token names.
    /// - Throws: `.listening(.playEnded)` where it is none of ours, somebody else's, another episode's or too old.
    func play(_ token: String, of member: MemberID, _ podcast: PodcastID) throws(Refusal) -> PlayID {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard token.utf8.count <= Self.longest, parts.count == 3, let expires = Int64(parts[1]),
            let seal = Base64URL.decode(parts[2])
        else { throw .listening(.playEnded) }
        let play = PlayID(rawValue: String(parts[0]))
        guard
            HMAC<SHA256>.isValidAuthenticationCode(
                seal,
                authenticating: Self.signed(play, member, podcast, expires),
                using: key
            ),
            clock.now < Date(timeIntervalSince1970: Double(expires))
        else { throw .listening(.playEnded) }
        return play
    }

    private static func signed(_ play: PlayID, _ member: MemberID, _ podcast: PodcastID, _ expires: Int64) -> Data {
        Data("\(play)\n\(member)\n\(podcast)\n\(expires)".utf8)
    }
}

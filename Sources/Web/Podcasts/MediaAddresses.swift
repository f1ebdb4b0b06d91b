import Crypto
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// Makes and checks short-lived addresses of media, for players that send neither cookie nor token.
///
/// An address is good for one file and one member, and only as long as that person is an active member.
struct MediaAddresses: Sendable {
    /// How long a new address is good at least; at most twice as long. Within a period it stays the same, so that
    /// browsers find in their cache what they have fetched.
    static let period: Duration = .seconds(3600)

    let key: SymmetricKey
    let directory: MemberDirectory
    let clock: any ClubClock

    /// `path` with what lets `member` fetch it for a while.
    func address(of path: String, for member: MemberID) -> String {
        "\(path)?\(permit(path, member))"
    }

    /// The part of an address that lets `member` fetch `path`.
    private func permit(_ path: String, _ member: MemberID) -> String {
        let period = Self.period.wholeSeconds
        let expires = (Int64(clock.now.timeIntervalSince1970) / period + 2) * period
        let code = HMAC<SHA256>.authenticationCode(for: signed(path, member.rawValue, expires), using: key)
        return "expires=\(expires)&member=\(member)&signature=\(Base64URL.encode(code))"
    }

    /// The address of what was posted, and not of the copy for browsers.
    func original(of path: String, for member: MemberID) -> String {
        "\(path)?format=\(AudioFile.originalFormat)&\(permit(path, member))"
    }

    /// Where a browser fetches the sound of `recording`. While there is no copy that is the original by name, so that
    /// somebody who is listening when the copy comes goes on with the same file.
    func audio(of recording: Recording, at path: String, for member: MemberID) -> String {
        recording.rendition == nil ? original(of: path, for: member) : address(of: path, for: member)
    }

    /// Who fetches a file: whoever is signed in, else the member for whom the address was made.
    /// - Throws: `.badAddress` where the address is signed wrongly or too old; why the visitor, or the member of the
    ///   address, may not fetch it.
    func member(for request: Request, visitor: Visitor) async throws -> Member {
        if case .member(let signedIn) = visitor { return signedIn.member }
        let fields = try request.fields()
        guard let signature = fields["signature"] else { return try visitor.signedIn().member }
        guard let id = fields["member"], let expires = fields["expires"].flatMap({ Int64($0) }),
            let code = Base64URL.decode(signature),
            HMAC<SHA256>.isValidAuthenticationCode(
                code,
                authenticating: signed(request.uri.path, id, expires),
                using: key
            ),
            clock.now < Date(timeIntervalSince1970: Double(expires))
        else { throw RequestFault.badAddress }
        let member = try await directory.find(.id(MemberID(rawValue: id)))
        if member?.membership == .banned { throw Refusal.banned }
        guard let member, member.isActive else { throw Refusal.notAMember }
        return member
    }

    private func signed(_ path: String, _ member: String, _ expires: Int64) -> Data {
        Data("\(path)\n\(member)\n\(expires)".utf8)
    }
}

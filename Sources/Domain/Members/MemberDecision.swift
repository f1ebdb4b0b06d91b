import Foundation

/// What an admin may decide about a person who has been in the club or at its door.
public enum MemberDecision: String, CaseIterable, Sendable {
    /// The person may not come back.
    case ban
    /// The person may ask to be let in again.
    case unban
    case makeMember = "make_member"
    case makeHost = "make_host"
    case makeAdmin = "make_admin"

    /// The role that the person has afterwards, where it is one about roles.
    public var role: Role? {
        switch self {
        case .ban, .unban: nil
        case .makeMember: .member
        case .makeHost: .host
        case .makeAdmin: .admin
        }
    }

    var action: AuditAction {
        switch self {
        case .ban: .memberBanned
        case .unban: .memberUnbanned
        case .makeMember, .makeHost, .makeAdmin: .roleChanged
        }
    }

    var notice: Notice {
        switch self {
        case .ban: .banned
        case .unban: .unbanned
        case .makeMember: .roleChanged(.member)
        case .makeHost: .roleChanged(.host)
        case .makeAdmin: .roleChanged(.admin)
        }
    }
}

extension Member {
    /// Whether `admin` may decide this about the person as they are now.
    ///
    /// Only the owner decides about admins, and makes them; nobody about themselves or the owner.
    /// - Throws: `.notAllowed`, `.aboutOneself`, `.aboutTheOwner`; `.nothingToDecide` where it is so already or does
    ///   not fit what the person is.
    public func check(_ decision: MemberDecision, by admin: Member) throws(Refusal) {
        guard admin.isAdmin else { throw .notAllowed }
        guard admin.id != id else { throw .aboutOneself }
        guard role != .owner else { throw .aboutTheOwner }
        guard admin.role == .owner || (role < .admin && decision != .makeAdmin) else { throw .notAllowed }
        let fits =
            switch decision {
            case .ban: membership != .banned && continuesAs == nil
            case .unban: membership == .banned
            case .makeMember, .makeHost, .makeAdmin: isActive && role != decision.role
            }
        guard fits else { throw .nothingToDecide }
    }

    /// What `admin` may decide about the person, in the order of `MemberDecision`.
    public func decisions(openTo admin: Member) -> [MemberDecision] {
        MemberDecision.allCases.filter { decision in
            do {
                try check(decision, by: admin)
                return true
            } catch {
                return false
            }
        }
    }

    /// The person after the decision. Who was banned has lost their role as well.
    func after(_ decision: MemberDecision) -> Member {
        var member = self
        switch decision {
        case .ban:
            member.membership = .banned
            member.role = .member
            member.forgetClubChat()
        case .unban:
            member.membership = .left
            // So that they need not wait as somebody who was declined.
            member.decision = nil
        case .makeMember, .makeHost, .makeAdmin:
            member.role = decision.role ?? role
        }
        return member
    }
}

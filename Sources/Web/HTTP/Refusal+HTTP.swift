import Domain
import HTTPTypes

extension Refusal {
    /// The status with which the web answers when the rules say no.
    var status: HTTPResponse.Status {
        switch self {
        case .notSignedIn: .unauthorized
        case .notAMember, .banned, .notAllowed, .wrongClaimCode: .forbidden
        case .aboutOneself, .aboutTheOwner: .forbidden
        case .notFound: .notFound
        case .requestPending, .askAgainLater, .nothingToDecide, .alreadyClaimed: .conflict
        case .alreadyLinked, .accountOfAdmin: .conflict
        case .hasAuthor, .heardInMessengerOnly, .nothingToPart, .recordingOnItsWay: .conflict
        case .linkExpired, .inviteEnded: .gone
        case .joiningClosed, .ownerStays: .forbidden
        case .noClubGroup, .beingChecked: .conflict
        case .exportAgainLater: .tooManyRequests
        case .unclearSetting: .badRequest
        case .tooManyInvites: .conflict
        case .inviteOutOfRange, .unknownTimeZone: .badRequest
        case .nothingToSearch, .whichEpisode: .badRequest
        case .signInRefused, .signInExpired: .unauthorized
        case .titleMissing, .titleTooLong, .summaryTooLong, .durationOutOfRange, .handLevelOutOfRange: .badRequest
        case .unclearTime, .timeNotThere, .timeTwice: .badRequest
        case .timeInThePast, .timeTooFar, .noHost, .nothingToRepeat: .badRequest
        case .tooManyShows, .tooManyCoHosts, .showHasBegun, .showNotLive, .hostIsLive: .conflict
        case .showOver, .showCancelled: .conflict
        }
    }
}

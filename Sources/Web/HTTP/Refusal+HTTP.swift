import Domain
import HTTPTypes

extension Refusal {
    /// The status with which the web answers when the rules say no.
    var status: HTTPResponse.Status {
        switch self {
        case .notSignedIn: .unauthorized
        case .notAMember, .banned, .notAllowed, .wrongClaimCode: .forbidden
        case .aboutOneself, .aboutTheOwner: .forbidden
        case .room(let refusal): refusal.status
        case .listening(.outOfRange): .badRequest
        case .listening(.outOfOrder), .listening(.elsewhere): .conflict
        case .listening(.playEnded): .gone
        case .notFound: .notFound
        case .requestPending, .askAgainLater, .nothingToDecide, .alreadyClaimed: .conflict
        case .alreadyLinked, .accountOfAdmin: .conflict
        case .hasAuthor, .heardInMessengerOnly, .nothingToPart, .recordingOnItsWay: .conflict
        case .linkExpired, .speakLinkExpired, .inviteEnded: .gone
        case .joiningClosed, .ownerStays: .forbidden
        case .noClubGroup, .beingChecked: .conflict
        case .exportAgainLater: .tooManyRequests
        case .unclearSetting: .badRequest
        case .tooManyInvites: .conflict
        case .inviteOutOfRange, .unknownTimeZone: .badRequest
        case .nothingToSearch, .whichEpisode: .badRequest
        case .nothingToAnnounce, .announcementTooLong: .badRequest
        case .broadcastOver, .lastReaction: .conflict
        case .signInRefused, .signInExpired: .unauthorized
        case .thanksToOneself: .forbidden
        case .badgeIsEarned: .conflict
        case .xpOutOfRange, .reasonMissing: .badRequest
        case .alreadyThanked, .thanksSpent: .conflict
        case .momentOutOfEpisode: .badRequest
        case .titleMissing, .titleTooLong, .summaryTooLong, .durationOutOfRange, .handLevelOutOfRange: .badRequest
        case .unclearTime, .timeNotThere, .timeTwice: .badRequest
        case .timeInThePast, .timeTooFar, .noHost, .nothingToRepeat: .badRequest
        case .tooManyShows, .tooManyCoHosts, .showHasBegun, .showNotLive, .hostIsLive: .conflict
        case .showOver, .showCancelled: .conflict
        }
    }
}

extension RoomRefusal {
    /// The status with which the web answers when the rules of a room say no.
    var status: HTTPResponse.Status {
        switch self {
        case .over: .gone
        case .removed, .aboutOneself, .aboutSenior: .forbidden
        case .chatOff, .chatForHosts, .chatForLevel, .handsOff, .handsForLevel: .forbidden
        case .tooFast, .slowMode: .tooManyRequests
        case .messageEmpty, .messageTooLong, .clientIDWrong, .unknownReaction: .badRequest
        case .slowModeOutOfRange, .topicTooLong: .badRequest
        case .notBegun, .notInRoom, .handIsUp, .noHandUp, .handsSpent, .queueEmpty: .conflict
        case .isInvited, .noInvitation, .isOnStage, .notOnStage, .stageFull, .neverSpoke: .conflict
        }
    }
}

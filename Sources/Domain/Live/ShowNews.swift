import Foundation

/// What the club tells about a show.
public enum ShowNews: Codable, Equatable, Sendable {
    /// To the channel in which shows are announced: the show as it stands. It takes the place of the message that is
    /// there (`LiveSession.post`).
    case post
    /// To the same, as an answer to that message: it has ended.
    case endedPost
    /// To a member who wants it: it has begun.
    case started
    /// To one who asked for it: it is near. `startsAt`: when it was to begin; at another time nothing is told.
    case reminder(ShowReminder, startsAt: Date)
    /// To one who comes or asked to be reminded: it does not begin at this time any more.
    case moved(from: Date)
    /// To the same: it does not take place.
    case cancelled
    /// To host, admins and those who asked to be reminded: it has ended.
    case ended
    /// To the host: its recording is in the library, and how it went.
    case recorded
    /// To the host: no recording came in time, and how to add it.
    case withoutRecording
    /// To the host: nobody began it, and it was cancelled.
    case missed

    /// What its recipient may have chosen not to be told; nil where it is told whatever they chose.
    public var kind: NoticeKind? {
        switch self {
        case .started: .liveShows
        case .post, .endedPost, .reminder, .moved, .cancelled, .ended, .recorded, .withoutRecording, .missed: nil
        }
    }
}

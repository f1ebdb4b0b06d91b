import Domain
import Foundation

/// A show with what its screens tell of it.
struct ShowView: Sendable {
    var show: LiveSession
    /// The host's name; nil where nobody knows any more.
    var host: String?
    /// The names of the co-hosts who are known, with their ids, in order.
    var coHosts: [(id: MemberID, name: String)] = []
    /// What the reader has answered.
    var rsvp: RSVP?
    /// Who was in its room; nil before its end, and where nobody was.
    var audience: ShowAudience?
    /// Whether the reader may change it, or begin and end it.
    var mayManage = false
    var mayRun = false

    var id: LiveSessionID { show.id }
}

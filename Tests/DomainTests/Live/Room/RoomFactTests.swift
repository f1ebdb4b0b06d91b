import Foundation
import Testing

@testable import Domain

/// What is in the log stays readable: its JSON is fixed here.
struct RoomFactTests {
    private static let ann = MemberID(rawValue: "ann")
    private static let message = RoomMessage(
        id: RoomMessageID(rawValue: "show.7"),
        member: ann,
        kind: .topic,
        at: Date(timeIntervalSince1970: 1),
        words: RoomMessage.Words(text: "secret", name: "Ann", clientID: "c")
    )

    @Test(arguments: [
        (
            RoomNews.said(message: message),
            #"{"chat_message":{"message":{"at":1000,"id":"show.7","kind":"topic","member":"ann"}}}"#
        ),
        (.deleted(id: message.id, by: ann), #"{"chat_deleted":{"by":"ann","id":"show.7"}}"#),
        (
            .raised(
                hand: Hand(
                    member: ann,
                    priority: 56.25,
                    at: Date(timeIntervalSince1970: 2),
                    topic: message,
                    isRemote: true
                )
            ),
            #"{"hand_raised":{"hand":{"at":2000,"isRemote":true,"member":"ann","priority":56.25,"#
                + #""topic":{"at":1000,"id":"show.7","kind":"topic","member":"ann"}}}}"#
        ),
        (.lowered(member: ann, why: .policy), #"{"hand_lowered":{"member":"ann","why":"policy"}}"#),
        (.cleared(by: ann), #"{"hands_cleared":{"by":"ann"}}"#),
        (
            .invited(
                invitation: StageInvitation(
                    member: ann,
                    by: RoomBench.host,
                    until: Date(timeIntervalSince1970: 3)
                )
            ),
            #"{"user_invited":{"invitation":{"by":"host","member":"ann","until":3000}}}"#
        ),
        (.uninvited(member: ann, why: .expired), #"{"invite_ended":{"member":"ann","why":"expired"}}"#),
        (.promoted(member: ann), #"{"user_promoted":{"member":"ann"}}"#),
        (.demoted(member: ann, why: .dropped), #"{"user_demoted":{"member":"ann","why":"dropped"}}"#),
        (.pinned(message: nil, by: ann), #"{"pinned":{"by":"ann"}}"#),
        (
            .moderated(mode: .level(3), slow: 30, by: ann),
            #"{"chat_mode":{"by":"ann","mode":"level:3","slow":30}}"#
        ),
        (
            .started(by: nil, crew: RoomCrew(host: ann, coHosts: [RoomBench.host]), hands: .off),
            #"{"session_started":{"crew":{"coHosts":["host"],"host":"ann"},"hands":"off"}}"#
        ),
        (.ended(why: .silence), #"{"session_ended":{"why":"silence"}}"#),
        (.opened(epoch: "e"), #"{"opened":{"epoch":"e"}}"#),
        (
            .ruled(crew: RoomCrew(host: nil), hands: .everyone),
            #"{"ruled":{"crew":{"coHosts":[]},"hands":"everyone"}}"#
        ),
        (.charged(member: ann), #"{"host_changed":{"member":"ann"}}"#),
        (.asked, #"{"host_asked":{}}"#),
        (.answered, #"{"host_answered":{}}"#),
        (.muted(member: ann, by: RoomBench.host), #"{"user_muted":{"by":"host","member":"ann"}}"#),
        (.removed(member: ann, by: RoomBench.host), #"{"user_removed":{"by":"host","member":"ann"}}"#),
        (.supported(member: ann, by: RoomBench.host), #"{"supported":{"by":"host","member":"ann"}}"#),
        (.reacted(member: ann, emoji: "👏"), #"{"reacted":{"emoji":"👏","member":"ann"}}"#),
        (.counted(reactions: ["👏": 3]), #"{"reactions":{"reactions":{"👏":3}}}"#),
        (.voiced(member: ann, isOn: true), #"{"microphone":{"isOn":true,"member":"ann"}}"#),
        (.visited(member: ann), #"{"page_opened":{"member":"ann"}}"#),
        (.lived, #"{"lived":{}}"#),
    ])
    func `a line of the log has this form`(news: RoomNews, json: String) throws {
        #expect(String(decoding: try DocumentJSON.encode(news), as: UTF8.self) == json)
        let read = try DocumentJSON.decode(RoomNews.self, from: Data(json.utf8))
        #expect(try DocumentJSON.encode(read) == Data(json.utf8))
        #expect(read.message?.words == nil)
    }

    @Test func `every refusal of a room has its words in both languages`() throws {
        let root = URL(filePath: #filePath).appending(path: "../../../../..").standardized
        let phrases = try Phrasebook(folder: root.appending(path: "Resources/Phrases"), requiring: [])
        let refusals: [RoomRefusal] = [
            .notBegun, .over, .removed, .notInRoom, .aboutOneself, .aboutSenior, .tooFast(.milliseconds(1)),
            .slowMode(.seconds(20)), .chatOff, .chatForHosts, .chatForLevel(3), .messageEmpty, .messageTooLong,
            .clientIDWrong, .unknownReaction, .slowModeOutOfRange, .handsOff, .handsForLevel(2), .handIsUp, .noHandUp,
            .handsSpent, .topicTooLong, .queueEmpty, .isInvited, .noInvitation, .isOnStage, .notOnStage, .stageFull,
            .neverSpoke,
        ]
        #expect(Set(refusals.map(\.code)).count == refusals.count)
        for refusal in refusals {
            for language in Language.allCases {
                let text = phrases.text(.room(refusal), language, zone: .gmt)
                #expect(text != refusal.code && !text.contains("{"))
            }
        }
        #expect(phrases.text(.room(.tooFast(.milliseconds(1))), .en, zone: .gmt).contains("wait 1 s"))
        #expect(phrases.text(.room(.handsForLevel(2)), .en, zone: .gmt).contains("level 2"))
    }
}

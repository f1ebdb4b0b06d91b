import Domain
import Foundation
import TestSupport
import Testing

@Suite
struct StoredRecordTests {
    @Test func `the bytes of sequence keys have the order of the numbers`() {
        let numbers: [Int64] = [0, 1, 9, 10, 99, 1_000, .max]
        let keys = numbers.map(RecordKey.text(sequence:))
        #expect(keys.sorted(by: RecordKey.precedes) == keys)
        #expect(keys.map { Int64($0) } == numbers)
    }

    @Test func `the bytes of conversation keys have the order of bot and chat, and tell both`() throws {
        let bots = ["club", "club2", "recorder"].map(BotName.init(rawValue:))
        let chats: [Int64] = [.min, -1_001_000_000_001, -1, 0, 1, .max]
        let places = bots.flatMap { bot in chats.map { (bot, ChatID(rawValue: $0)) } }
        let keys = places.map { RecordKey.text(bot: $0.0, chat: $0.1) }
        #expect(keys.sorted(by: RecordKey.precedes) == keys)
        for (key, place) in zip(keys, places) {
            let told = try #require(RecordKey.conversation(key))
            #expect(told == place)
        }
    }

    @Test(arguments: ["", "club", "club x", "club 1 2"])
    func `what is no conversation's key is none`(_ key: String) {
        #expect(RecordKey.conversation(key) == nil)
    }

    @Test func `a record is one line, whatever it holds`() throws {
        var member = Fixtures.member()
        member.name = "a\nb\r\u{2028}\u{85}\"\\"
        let record = try StoredRecord(EntityRecord(member, causes: []))
        #expect(!record.json.contains(UInt8(ascii: "\n")))
        #expect(try record.decoded(as: EntityRecord<Member>.self).document == member)
        #expect(try StoredRecord(json: record.json, of: .users) == record)
    }

    @Test func `the order in which causes are told does not matter`() throws {
        let causes = ["b", "a", "Ж", "z"].map { AppliedCause(cause: Cause(rawValue: $0), at: Fixtures.start) }
        let one = try StoredRecord(EntityRecord(Fixtures.member(), causes: causes))
        let other = try StoredRecord(EntityRecord(Fixtures.member(), causes: causes.reversed()))
        #expect(one == other)
    }

    @Test func `every kind of document has its collection`() {
        let collections = [
            Member.collection, Podcast.collection, ClubSettings.collection, SignInLink.collection,
            Invite.collection, AuthSession.collection,
        ]
        #expect(collections.allSatisfy { StoredCollection(rawValue: $0) != nil })
    }

    @Test(arguments: StoredCollection.allCases)
    func `what cannot be read is said to be corrupt, without its contents`(_ collection: StoredCollection) {
        #expect(throws: StoreError.corrupt(collection: collection.rawValue, detail: "a record cannot be read")) {
            try StoredRecord(json: Data(#"{"secret":1}"#.utf8), of: collection)
        }
    }
}

import Foundation

/// Documents as the predecessor wrote them, in canonical extended JSON.
enum LegacyFixtures {
    /// Fields of a person, each as JSON. `number` is the Telegram account and in the id.
    static func userFields(_ number: Int = 1) -> [String: String] {
        [
            "_id": #"{"$oid":"65a1b2c3d4e5f60718293a\#(10 + number)"}"#,
            "id": #""user\#(number)""#,
            "name": #""Vera \#(number)""#,
            "username": #""@vera\#(number)""#,
            "avatar": #""https://pictures.example.org/1.png""#,
            "role": #""member""#,
            "level": #"{"$numberInt":"3"}"#,
            "xp_total": #"{"$numberInt":"1500"}"#,
            "xp_breakdown": #"{"listening_time":{"$numberInt":"7"}}"#,
            "voice_stats": #"{"total_speeches":{"$numberInt":"2"}}"#,
            "badges": #"["early_member",{"key":"supporter","name":"Supporter"}]"#,
            "telegram_connected": "true",
            "telegram_chat_id": #"{"$numberLong":"\#(number)"}"#,
            "joined_at": #"{"$date":{"$numberLong":"1700000000000"}}"#,
            "created_at": #""2023-11-01T10:00:00""#,
        ]
    }

    /// Fields of an episode, each as JSON. `number` is the post and in the id.
    static func podcastFields(_ number: Int = 1) -> [String: String] {
        [
            "_id": #"{"$oid":"75a1b2c3d4e5f60718293a\#(10 + number)"}"#,
            "id": #""pod\#(number)""#,
            "title": #""Quiet sound \#(number)""#,
            "description": #""About silence.\n\nAnd more.""#,
            "author_id": #""user1""#,
            "author_name": #""Vera Orlova""#,
            "audio_url": #""/uploads/audio/pod\#(number).ogg""#,
            "duration": #"{"$numberDouble":"61.5"}"#,
            "tags": #"["Sound","Deep Talk","sound"]"#,
            "status": #""published""#,
            "visibility": #""public""#,
            "live_session_id": #""live1""#,
            "telegram_message_id": #"{"$numberInt":"\#(number)"}"#,
            "cover_image": #""/uploads/covers/1.png""#,
            "likes_count": #"{"$numberInt":"4"}"#,
            "created_at": #"{"$date":{"$numberLong":"1700000000000"}}"#,
            "published_at": #""2023-11-15T12:30:00.123456""#,
        ]
    }

    static func json(_ fields: [String: String]) -> String {
        "{" + fields.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
    }

    /// A person, with some fields otherwise; nil leaves one out.
    static func user(_ number: Int = 1, _ changes: [String: String?] = [:]) -> String {
        json(
            userFields(number).merging(changes.compactMapValues { $0 }) { $1 }.filter { changes[$0.key] != .some(nil) }
        )
    }

    /// An episode, with some fields otherwise; nil leaves one out.
    static func podcast(_ number: Int = 1, _ changes: [String: String?] = [:]) -> String {
        json(
            podcastFields(number).merging(changes.compactMapValues { $0 }) { $1 }
                .filter { changes[$0.key] != .some(nil) }
        )
    }
}

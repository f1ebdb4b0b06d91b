import Foundation

/// What is read of an update before it is stored: its number, and whose it is. All else is decoded once, when the
/// update is handled.
///
/// It holds for every kind of update, also for those that are not known yet.
struct UpdateAddress: Decodable, Equatable, Sendable {
    /// The lane of what belongs to no chat and nobody.
    static let otherLane = "other"
    /// No update has a greater number. Source: Bot API, `Update`: below 2^31 in practice, 2^53 for certain.
    private static let largestID: Int64 = 1 << 53

    /// Nil where it has none that can be used.
    let updateID: Int64?
    /// In which the update is handled: its chat's, else its person's, else a lane for all the rest.
    let lane: String

    /// Reads leniently: an update that cannot be decoded is stored as well.
    init(payload: Data) {
        if let address = try? JSONDecoder().decode(UpdateAddress.self, from: payload) {
            self = address
        } else {
            let text = String(decoding: payload.prefix(200), as: UTF8.self)
            let digits = text.firstMatch(of: /"update_id"\s*:\s*(\d{1,18})/)
            updateID = digits.flatMap { Self.usable(Int64($0.1)) }
            lane = Self.otherLane
        }
    }

    init(from decoder: any Decoder) throws {
        let update = try decoder.container(keyedBy: FieldName.self)
        updateID = Self.usable(try? update.decode(Int64.self, forKey: .updateID))
        // An update has one field beside its number: what has happened.
        let owner = update.allKeys.lazy.filter { $0 != .updateID }
            .compactMap { try? update.decode(Event.self, forKey: $0).owner }
            .first
        lane = owner.map { String($0) } ?? Self.otherLane
    }

    private static func usable(_ number: Int64?) -> Int64? {
        number.flatMap { (0...largestID).contains($0) ? $0 : nil }
    }
}

/// What has happened, as far as it tells where and to whom.
private struct Event: Decodable {
    private struct Subject: Decodable {
        var id: Int64
    }

    private struct Place: Decodable {
        @Lenient var chat: Subject?
    }

    @Lenient private var chat: Subject?
    @Lenient private var message: Place?
    @Lenient private var from: Subject?
    @Lenient private var user: Subject?

    /// The chat's number, else the person's.
    var owner: Int64? { (chat ?? message?.chat ?? from ?? user)?.id }
}

/// A field of an update, by its name.
private struct FieldName: CodingKey, Equatable {
    static let updateID = FieldName(stringValue: "update_id")

    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) {
        self.stringValue = stringValue
    }

    init?(intValue: Int) {
        nil
    }
}

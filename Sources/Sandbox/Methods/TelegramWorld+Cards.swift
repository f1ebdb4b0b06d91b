/// Sending what is neither text nor file: places, contacts, dice.
extension TelegramWorld {
    /// How many faces a die of each emoji has. Source: Bot API, `sendDice`.
    private static let faces = ["🎲": 6, "🎯": 6, "🏀": 5, "⚽": 5, "🎳": 6, "🎰": 64]

    mutating func sendLocation(_ call: BotCall) throws(CallFailure) -> JSON {
        json(of: try send(.card(try locationFields(call)), call), for: call.bot)
    }

    mutating func sendVenue(_ call: BotCall) throws(CallFailure) -> JSON {
        json(of: try send(.card(try venueFields(call)), call), for: call.bot)
    }

    mutating func sendContact(_ call: BotCall) throws(CallFailure) -> JSON {
        json(of: try send(.card(try contactFields(call)), call), for: call.bot)
    }

    mutating func sendDice(_ call: BotCall) throws(CallFailure) -> JSON {
        // Apps send some of them with the mark that asks for a coloured picture.
        let wanted = String(
            call.arguments.string("emoji").unicodeScalars.filter { $0 != "\u{FE0F}" }.map(Character.init)
        )
        let emoji = wanted.isEmpty ? "🎲" : wanted
        guard let faces = TelegramWorld.faces[emoji] else { throw .badRequest("EMOTICON_INVALID") }
        let die = JSON.fields([
            "emoji": .string(emoji), "value": .int(Int.random(in: 1...faces, using: &random)),
        ])
        return json(of: try send(.card(.fields(["dice": die])), call), for: call.bot)
    }

    /// The member `location` that the arguments describe.
    func locationFields(_ call: BotCall) throws(CallFailure) -> JSON {
        .fields(["location": try location(call)])
    }

    /// The member `venue`, beside which `location` stands once more.
    func venueFields(_ call: BotCall) throws(CallFailure) -> JSON {
        let place = try location(call)
        let values = call.arguments
        guard !values.string("title").isEmpty, !values.string("address").isEmpty else {
            throw .badRequest("VENUE_TITLE_EMPTY")
        }
        let venue = JSON.fields([
            "location": place,
            "title": .string(values.string("title")),
            "address": .string(values.string("address")),
            "foursquare_id": .text(values.string("foursquare_id")),
            "foursquare_type": .text(values.string("foursquare_type")),
            "google_place_id": .text(values.string("google_place_id")),
            "google_place_type": .text(values.string("google_place_type")),
        ])
        return .fields(["venue": venue, "location": place])
    }

    /// The member `contact` that the arguments describe.
    func contactFields(_ call: BotCall) throws(CallFailure) -> JSON {
        let values = call.arguments
        guard !values.string("phone_number").isEmpty else { throw .badRequest("PHONE_NUMBER_INVALID") }
        guard !values.string("first_name").isEmpty else { throw .badRequest("CONTACT_NAME_EMPTY") }
        return .fields([
            "contact": .fields([
                "phone_number": .string(values.string("phone_number")),
                "first_name": .string(values.string("first_name")),
                "last_name": .text(values.string("last_name")),
                "vcard": .text(values.string("vcard")),
            ])
        ])
    }

    private func location(_ call: BotCall) throws(CallFailure) -> JSON {
        .fields([
            "latitude": .number(try degrees(call, "latitude", limit: 90)),
            "longitude": .number(try degrees(call, "longitude", limit: 180)),
            "horizontal_accuracy": Double(call.arguments.string("horizontal_accuracy")).map { .number(String($0)) },
        ])
    }

    private func degrees(_ call: BotCall, _ name: String, limit: Double) throws(CallFailure) -> String {
        let text = call.arguments.string(name)
        guard !text.isEmpty else { throw .badRequest("\(name) is empty") }
        guard let value = Double(text), abs(value) <= limit else { throw .badRequest("wrong \(name) specified") }
        return String(value)
    }
}

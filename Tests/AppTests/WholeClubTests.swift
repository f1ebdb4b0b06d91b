import Foundation
import HTTPClient
import Sandbox
import Testing

/// The whole program on loopback, used as people use it.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct WholeClubTests {
    let poster = SandboxClub.posterID
    let member = SandboxClub.memberID
    let stranger = SandboxClub.strangerID

    /// Lets a person in: they ask, Polina approves.
    private func join(_ person: Int64, name: String, _ club: RunningClub) async throws {
        try await club.telegram.say("/start", as: person)
        let invitation = try await club.telegram.message(to: person) { !$0.buttons.isEmpty }
        let ask = try #require(invitation.buttons.keys.first)
        try await club.telegram.tap(ask, under: invitation, as: person)
        let request = try await club.telegram.message(to: poster) { $0.text.contains(name) && !$0.buttons.isEmpty }
        try await club.telegram.tap("✅ Принять", under: request, as: poster)
        _ = try await club.telegram.message(to: poster) { $0.id == request.id && $0.buttons.isEmpty }
    }

    @Test func `a recording posted in the channel is an episode that a member hears in the bot and on the site`()
        async throws
    {
        let club = try await RunningClub()
        try await join(member, name: "Misha", club)
        let file = Recordings.voice(1)

        let post = try await club.telegram.post("Пилот\nО чём мы #старт", file: file)
        let notice = try await club.telegram.message(to: poster) { $0.text.contains("Пилот") }
        #expect(notice.text.contains("Опубликован выпуск"))

        try await club.telegram.say("/latest", as: member)
        let card = try await club.telegram.message(to: member) { $0.text.contains("Пилот") }
        #expect(card.text.contains("О чём мы"))
        try await club.telegram.tap("▶️ Слушать", under: card, as: member)
        let played = try await club.telegram.message(to: member) { $0.hasVoice }
        #expect(played.text == "Пилот")

        let session = try await club.signIn(as: member)
        let list = try await club.json("/api/podcasts", session: session)
        let items = try #require(list["items"] as? [[String: Any]])
        #expect(items.compactMap { $0["title"] as? String } == ["Пилот"])
        let id = try #require(items.first?["id"] as? String)
        let heard = try await audio(of: id, club, session: session)
        #expect(heard.body == file)
        #expect(heard.headers["content-type"] == "audio/ogg")
        let part = try await club.get("/api/podcasts/\(id)/audio", session: session, range: "bytes=0-3")
        #expect(part.status == 206)
        #expect(part.body == Data("OggS".utf8))

        try await club.telegram.edit(post: post, caption: "Первый выпуск")
        // Chats are handled beside each other: the member asks when the edit is to be seen.
        try await title(of: id, becomes: "Первый выпуск", club, session: session)
        try await club.telegram.say("/library", as: member)
        _ = try await club.telegram.message(to: member) { $0.text.contains("Первый выпуск") }
        await club.stop()
    }

    /// Looks at an episode's page until it has this title, at most 60 seconds.
    private func title(of id: String, becomes title: String, _ club: RunningClub, session: String) async throws {
        let end = ContinuousClock.now + .seconds(60)
        var seen: String?
        while seen != title, ContinuousClock.now < end {
            seen = try await club.json("/api/podcasts/\(id)", session: session)["title"] as? String
            await Task.yield()
        }
        #expect(seen == title)
    }

    /// Asks for an episode's audio until its file has come from Telegram.
    private func audio(of id: String, _ club: RunningClub, session: String) async throws -> HTTPResponse {
        var response = try await club.get("/api/podcasts/\(id)/audio", session: session)
        for _ in 1...200 where response.status == 409 {
            await Task.yield()
            response = try await club.get("/api/podcasts/\(id)/audio", session: session)
        }
        #expect(response.status == 200)
        return response
    }

    @Test func `a stranger gets a friendly word, a way to ask, and nothing else`() async throws {
        let club = try await RunningClub()
        try await club.telegram.post("Секрет", file: Recordings.voice(1))
        _ = try await club.telegram.message(to: poster) { $0.text.contains("Секрет") }

        for text in ["/start", "/latest", "/library", "/search Секрет", "Секрет"] {
            try await club.telegram.say(text, as: stranger)
        }
        _ = try await club.telegram.message(to: stranger) { _ in true }
        var answers = try await club.telegram.messages(to: stranger)
        for _ in 1...500 where answers.count < 5 {
            answers = try await club.telegram.messages(to: stranger)
        }

        #expect(answers.count == 5)
        #expect(answers.allSatisfy { $0.text.contains("closed club") && $0.buttons.count == 1 })
        for path in ["/library", "/api/podcasts", "/api/auth/me"] {
            let response = try await club.get(path)
            #expect([302, 303, 401].contains(response.status), "\(path)")
            #expect(!String(decoding: response.body, as: UTF8.self).contains("Секрет"))
        }
        await club.stop()
    }

    @Test func `malformed and hostile updates are acknowledged, and the next command is answered`() async throws {
        let club = try await RunningClub()
        let channel: [String: Any] = ["id": SandboxClub.channelID, "type": "channel"]
        let evil = "<b>&\u{202E}\u{0}../../etc/passwd" + String(repeating: "я", count: 60_000)
        let updates: [[String: Any]] = [
            ["message": "no object"], ["message": ["chat": 5]], ["future": ["deep": [1, [2, [3]]]]],
            ["channel_post": ["message_id": "x", "chat": channel]],
            [
                "channel_post": [
                    "message_id": 900, "chat": channel, "date": -1, "caption": evil,
                    "document": [
                        "file_id": "nothing", "file_unique_id": "evil", "mime_type": "audio/mpeg\r\nX: y",
                        "file_name": "../../../\u{0}etc/passwd.mp3", "file_size": -1,
                    ],
                ] as [String: Any]
            ],
            ["callback_query": ["id": "1", "from": ["id": stranger], "data": String(repeating: "x", count: 5_000)]],
        ]
        for update in updates { try await club.telegram.push(update: update) }

        _ = try await club.telegram.message(to: poster) { $0.text.contains("Опубликован выпуск") }
        try await club.telegram.say("/library", as: poster)
        let library = try await club.telegram.message(to: poster) { $0.text.contains("Библиотека") }

        #expect(library.text.contains("<b>&../../etc/passwd"))
        #expect(!library.text.contains("\u{202E}"))
        #expect(!FileManager.default.fileExists(atPath: club.folder.url.appending(path: "etc").path))
        await club.stop()
    }
}

import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Going through the club by its tags.
struct TagsTests {
    let talk: BotTalk

    init() async throws {
        talk = try BotTalk()
        try await talk.open()
    }

    private func titles(_ screen: Seen.Screen) throws -> [String] {
        Array(try TelegramText(screen.source).bold.dropFirst())
    }

    @Test func `/tags shows each tag with its published episodes, the largest first, and a tap lists them`()
        async throws
    {
        try await talk.post(1, "One\n#звук #live")
        try await talk.post(2, "Two\n#live")
        let hidden = try await talk.post(3, "Three\n#live #secret")
        try await talk.change(hidden) { $0.status = .unpublished }

        let tags = try await talk.says("/tags", .member).screen
        #expect(try tags.text == talk.words(.tagsTitle))
        #expect(tags.labels == [["#live · 2", "#звук · 1"]])

        let listed = try await talk.handle(talk.tap(tags.data("#live · 2"), by: .member)).screen
        #expect(listed.changed == BotTalk.tapped)
        #expect(try listed.text.hasPrefix("🏷 #live · 2 выпуска\n"))
        #expect(try titles(listed) == ["Two", "One"])
        #expect(listed.labels.last == [talk.label(.buttonTags)])

        let card = try await talk.handle(talk.tap(listed.data("1. Two"), by: .member)).screen
        let back = try await talk.taps(.buttonBack, of: card, .member).screen
        #expect(back.source == listed.source)
        let all = try await talk.taps(.buttonTags, of: back, .member).screen
        #expect(all.source == tags.source)
    }

    @Test(arguments: ["#Ёлка", "#елка", "/tags ёлка", "/tags #ЕЛКА"])
    func `a tag that is typed is listed, however it is written`(text: String) async throws {
        try await talk.post(1, "One\n#ёлка")
        try await talk.post(2, "Two\n#Елка")

        #expect(try titles(try await talk.says(text, .member).screen) == ["Two", "One"])
    }

    @Test func `what begins with a tag and goes on is a search`() async throws {
        try await talk.post(1, "Jazz night\n#live")

        #expect(try await talk.says("#live night", .englishMember).screen.text.contains("live night"))
    }

    @Test func `without a tag there is a friendly word, and a tag without episodes leads to all tags`() async throws {
        #expect(try await talk.says("/tags", .member).screen.text == talk.words(.tagsEmpty))

        let screen = try await talk.says("#nothing", .englishMember).screen
        #expect(try screen.text == talk.words(.tagEmpty, .en, ["words": "#nothing"]))
        #expect(screen.labels == [[talk.label(.buttonTags, .en)]])
    }

    @Test func `many tags and many episodes come in pages`() async throws {
        for number in Int64(1)...9 {
            try await talk.post(number, "Episode \(number)\n#all #tag\(number) #word\(number) #name\(number)")
        }
        let first = try await talk.says("/tags", .englishMember).screen
        #expect(first.buttons.count == TagScreens.pageSize + 1)
        #expect(first.labels.last == [talk.label(.buttonNext, .en)])
        let second = try await talk.taps(.buttonNext, of: first, .englishMember).screen
        #expect(second.buttons.count == 28 - TagScreens.pageSize + 1)
        #expect(second.labels.last == [talk.label(.buttonPrevious, .en)])
        #expect(Set(first.labels.joined()).isDisjoint(with: second.labels.joined()))

        let episodes = try await talk.handle(talk.tap(first.data("#all · 9"), by: .englishMember)).screen
        #expect(try titles(episodes).count == Listing.pageSize)
        let older = try await talk.taps(.buttonOlder, of: episodes, .englishMember).screen
        #expect(try titles(older) == ["Episode 3", "Episode 2", "Episode 1"])
    }

    @Test func `a page of tags that is not there any more is the first one`() async throws {
        try await talk.post(1, "One\n#live")

        #expect(try await talk.taps(.tags(9), .member).screen.labels == [["#live · 1"]])
    }

    @Test func `a tag that is too long for a button is found by the button`() async throws {
        let long = "звукорежиссураирадиовещаниевжурналистике"
        try await talk.post(1, "One\n#\(long)")
        try await talk.post(2, "Two\n#\(long)2")

        let tags = try await talk.says("/tags", .member).screen
        let data = try #require(tags.buttons.first?.callbackData)
        #expect(data.utf8.count <= Button.dataLimit)
        let listed = try await talk.handle(talk.tap(data, by: .member)).screen
        #expect(try listed.text.contains("#\(long) · 1 выпуск"))
        #expect(try titles(listed) == ["One"])
    }

    @Test func `the tags of a card can be tapped, each way to write one once`() async throws {
        let podcast = try await talk.post(1, "One\n#звук #эхо")
        try await talk.change(podcast) { $0.tags = ["звук", "эхо", "ёлка", "елка"] }

        let card = try await talk.taps(.episode(podcast.id, back: nil), .member).screen
        #expect(card.labels.contains(["#звук", "#эхо"]))
        #expect(card.labels.contains(["#елка"]))
        let listed = try await talk.handle(talk.tap(card.data("#эхо"), by: .member)).screen
        #expect(try titles(listed) == ["One"])
    }
}

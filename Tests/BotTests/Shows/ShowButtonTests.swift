import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// Buttons, drafts and marks are read as they were written.
struct ShowButtonTests {
    static let id = LiveSessionID(rawValue: "0123456789ab")

    static var draft: ShowDraft {
        var draft = ShowDraft(startsAt: Fixtures.start.addingTimeInterval(3_600))
        (draft.minutes, draft.hands, draft.isWeekly) = (720, .level(5), true)
        return draft
    }

    static var all: [ShowButton] {
        let day = OfferedDay(year: 2026, month: 12, day: 31)
        let picks: [ShowPick] = [.days, .typed, .minute(29_671_920)] + [day.map(ShowPick.hours)].compactMap { $0 }
        let steps = ShowButton.DraftStep.allCases.map { ShowButton.draft($0, draft) }
        let reaches: [ShowReach?] = [nil] + ShowReach.allCases
        let moves = picks.flatMap { pick in reaches.map { ShowButton.move(id, pick, $0) } }
        let fields = ShowField.allCases.map { ShowButton.ask($0, id) }
        let hands = ([nil] + HandPolicy.offered).map { ShowButton.hands(id, $0) }
        let lengths = ([nil, 5] + ShowDraft.offeredMinutes).map { ShowButton.length(id, $0) }
        let answers = [true, false].flatMap { answer in
            [
                ShowButton.coming(id, answer), .reminders(id, answer), .end(id, isConfirmed: answer),
                .weekly(id, answer),
            ]
        }
        let plain: [ShowButton] = [
            .schedule(page: 9_999), .lives(page: 0), .card(id), .comeFromChannel(id), .file(id), .manage(id), .new,
            .beginNow, .start(id), .coHosts(id), .removeCoHost(id, MemberID(rawValue: "0123456789ab")), .dropDraft,
        ]
        return plain + picks.map { .plan($0) } + steps + moves + fields + hands + lengths + answers
            + reaches.map { .cancel(id, $0) }
    }

    @Test func `what a button says is read back, and fits Telegram's 64 bytes`() {
        for button in Self.all {
            let data = Button.show(button).data
            #expect(data.utf8.count <= Button.dataLimit)
            #expect(Button(data: data) == .show(button), "\(data)")
        }
        #expect(Set(Self.all.map(\.data)).count == Self.all.count)
    }

    @Test(arguments: [
        "sh:", "sh:z", "sh:c", "sh:c:", "sh:c:A", "sh:c:ab:y", "sh:y:ab", "sh:y:ab:x", "sh:s:-1", "sh:n:", "sh:n:d1",
        "sh:n:d20261331", "sh:n:d20260230", "sh:n:m", "sh:n:m-5", "sh:n:m123456789", "sh:n:p:1.2", "sh:n:p:1.4.e.n",
        "sh:n:p:1.60.x.n", "sh:n:p:1.60.0.n", "sh:n:p:1.60.6.n", "sh:n:p:1.60.e.z", "sh:n:z:1.60.e.n", "sh:k:ab:x",
        "sh:t:ab:4", "sh:t:ab:721", "sh:t:ab:٣", "sh:h:ab:9", "sh:o:ab:A", "sh:d:ab:x", "sh:v:ab", "sh:v:ab:m1:x",
        "sh:v:ab:m1:a:a", "sh:b:1", "sh:g:ab:y", "sh", "sh:n:d٢٠٢٦١٢٣١",
    ])
    func `data that no button has mean nothing`(data: String) {
        #expect(Button(data: data) == nil)
    }

    @Test func `a question is known by its last words`() {
        let prompts: [ShowPrompt] =
            [.newTitle, .newTime, .titleNow] + ShowField.allCases.map { .field($0, Self.id) }
        for prompt in prompts {
            #expect(ShowPrompt(question: "How?\n\n\(prompt.mark)") == prompt)
            #expect(Prompt.read("How?\n\n\(prompt.mark)") == nil)
        }
        for text in ["newlive-x", "livetitle", "title-ab", "newlive-title and more", "", "edit-ab"] {
            #expect(ShowPrompt(question: text) == nil, "\(text)")
        }
    }

    @Test func `a draft's title is the second line, and hostile ones stay a line`() {
        #expect(ShowDraft.title(in: "Head\n Title \u{202E}x\n\nMore") == "Title x")
        for text in ["Head", "Head\n", "Head\n \n", nil] { #expect(ShowDraft.title(in: text) == nil) }
    }
}

import Domain
import Testing

@testable import Bot

struct SendVerdictTests {
    let message = OutgoingCall.sendMessage(SendMessage(chatId: 1, text: "<b>a &lt; b</b>", parseMode: "HTML"))
    let edit = OutgoingCall.editMessageText(EditMessageText(chatId: 1, messageId: 2, text: "x"))

    private func verdict(_ code: Int, _ description: String, of call: OutgoingCall) -> SendVerdict {
        SendVerdict(
            .refused(method: "x", code: code, description: description),
            of: call
        )
    }

    @Test func `who blocked the bot or never wrote to it is unreachable`() {
        for description in [
            "Forbidden: bot was blocked by the user", "Forbidden: user is deactivated",
            "Forbidden: bot can't initiate conversation with a user",
        ] {
            #expect(verdict(403, description, of: message) == .unreachable(description))
        }
        #expect(verdict(400, "Bad Request: chat not found", of: message) == .unreachable("Bad Request: chat not found"))
    }

    @Test func `a copy that fails because of the place it comes from says nothing about its recipient`() {
        let copy = OutgoingCall.copyMessage(CopyMessage(chatId: 1, fromChatId: -100, messageId: 2))
        for (code, text) in [
            (403, "Forbidden: bot is not a member of the channel chat"),
            (403, "Forbidden: bot was kicked from the channel chat"), (400, "Bad Request: chat not found"),
            (400, "Bad Request: message to copy not found"),
        ] {
            #expect(verdict(code, text, of: copy) == .failed(text))
        }
        let blocked = "Forbidden: bot was blocked by the user"
        #expect(verdict(403, blocked, of: copy) == .unreachable(blocked))
    }

    @Test func `an edit that changes nothing is done`() {
        let text = "Bad Request: message is not modified: specified new message content and reply markup are the same"

        #expect(verdict(400, text, of: edit) == .done)
    }

    @Test func `an edit of a message that is gone becomes a new message`() {
        for text in ["Bad Request: message to edit not found", "Bad Request: message can't be edited"] {
            #expect(verdict(400, text, of: edit) == .instead(.sendMessage(SendMessage(chatId: 1, text: "x"))))
        }
    }

    @Test func `markup that Telegram cannot read is left out`() {
        let plain = OutgoingCall.sendMessage(SendMessage(chatId: 1, text: "a < b"))
        let text = "Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 0"

        #expect(verdict(400, text, of: message) == .instead(plain))
        #expect(verdict(400, text, of: plain) == .failed(text))
    }

    @Test func `a tap that was answered too late is done`() {
        let answer = OutgoingCall.answerCallbackQuery(AnswerCallbackQuery(callbackQueryId: "1"))
        let text = "Bad Request: query is too old and response timeout expired or query ID is invalid"

        #expect(verdict(400, text, of: answer) == .done)
    }

    @Test func `a message that may have arrived is in doubt, an edit is repeated`() {
        let lost = TelegramError.unreachable(method: "x", mayHaveArrived: true, reason: "")

        #expect(SendVerdict(lost, of: message) == .unknown)
        #expect(SendVerdict(lost, of: edit) == .pauseAll)
    }

    @Test func `a message that surely did not arrive is repeated`() {
        let lost = TelegramError.unreachable(method: "x", mayHaveArrived: false, reason: "")

        #expect(SendVerdict(lost, of: message) == .pauseAll)
        #expect(
            SendVerdict(.serverTrouble(method: "x", code: 502), of: message) == .trouble
        )
    }

    @Test func `a refused token pauses everything for a minute`() {
        #expect(verdict(401, "Unauthorized", of: message) == .tokenRefused(.seconds(60)))
    }
}

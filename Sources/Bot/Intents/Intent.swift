import Domain
import Foundation

/// Everything that an update can ask for. Parsed from it by `IntentParser`, carried out by `UpdateHandler`.
enum Intent: Equatable, Sendable {
    /// The recording channel has a recording, new or edited.
    case recording(RecordingPost)
    /// Somebody, or the recording channel, wants something of an episode.
    case order(EpisodeOrder)
    /// Somebody replies to a question of the bot.
    case promptAnswer(PromptAnswer)
    /// Somebody makes a group the admins' chat.
    case adminsChat(Person, ChatPlace)
    /// An admin of a group wants it to be the admins' chat or the club's, and writes as the group: who it is is not told.
    case anonymousAdmin(ChatID)
    /// A group has become a supergroup, which has another id.
    case groupMoved(from: ChatID, to: ChatID)
    /// Something has happened in a group or channel.
    case clubChat(ClubChatEvent)
    /// Somebody writes to the bot privately.
    case message(Person, Request)
    /// Somebody writes a command for admins in a group. Only an admin is answered, and privately.
    case groupCommand(Person, AdminRequest)
    /// Somebody thanks somebody in a group, and is answered privately.
    case groupThanks(Person, ThanksRequest)
    /// Somebody types the bot's name and what they look for into the message field of any chat.
    case inlineQuery(Person, InlineQuestion)
    /// Somebody taps a button under one of the bot's messages.
    case tap(Person, Tap)
    /// A person has blocked the bot or come back.
    case reachability(TelegramUserID, isReachable: Bool)
    /// Something that may concern the club, but cannot be read: it is set aside, not dropped.
    case unreadable(String)
    /// Nothing that concerns the club; why, for the log.
    case nothing(String)
}

/// What somebody writes to the bot.
enum Request: Equatable, Sendable {
    case start
    case help
    case latest
    case library
    case search(String)
    case tags
    /// The episodes with a tag, as `SearchTokeniser.tag` writes it.
    case tag(String)
    /// An episode by chance.
    case random
    /// To go on with the episode that was listened to last.
    case goOn
    /// A post of the recording channel, by its link.
    case post(PostReference)
    /// To become the owner, by a code.
    case claim(String)
    /// The link of a sign-in page was opened.
    case signIn(payload: String)
    /// An episode's link was opened.
    case episode(PodcastID)
    /// An invite's link was opened.
    case join(payload: String)
    /// A command of admins.
    case admin(AdminRequest)
    /// What people ask for about themselves.
    case personal(PersonalRequest)
    /// What people ask for about shows.
    case show(ShowRequest)
    /// What people ask for about the room of a show.
    case room(RoomRequest)
    /// Thanks to another member.
    case thanks(ThanksRequest)
    /// What people ask for about progress, boards and badges.
    case progress(ProgressRequest)
    /// A command that the bot does not know.
    case unknownCommand
    /// A message without text: a sticker, a photo, a recording.
    case noText
}

extension Request {
    /// The episode for which somebody comes.
    var wanted: PodcastID? {
        if case .episode(let id) = self { id } else { nil }
    }
}

/// A tap on a button.
struct Tap: Equatable, Sendable {
    /// By which the tap is answered.
    var queryID: String
    /// The message under which the button is; nil where Telegram does not say.
    var message: MessagePlace?
    /// The text of that message, where Telegram says it.
    var text: String?
    /// Whether it is a channel's post, which everybody sees.
    var isInChannel = false
    /// What the button means; nil where its data are none of ours.
    var button: Button?

    /// Whether the message is everybody's, so that it must not change for the one who taps.
    var isOfEverybody: Bool {
        if case .show(.comeFromChannel) = button { true } else { isInChannel }
    }
}

/// A message in a chat.
struct MessagePlace: Codable, Equatable, Sendable {
    var chat: ChatID
    var message: Int64
}

"""The sandbox's page by itself: everything that somebody can do there, with a bot that the test plays."""

import json

import pytest
from club import BOT, CHANNEL, MEMBER, POSTER, PROJECT, STRANGER, wait_until
from conftest import DESKTOP, PHONE
from playwright.sync_api import expect
from sandbox_stage import KINDS, file, picture, running


@pytest.fixture(scope="session")
def running_stage(tmp_path_factory):
    with running(tmp_path_factory.mktemp("sandbox")) as stage:
        yield stage


@pytest.fixture
def stage(running_stage):
    """At its beginning; the bot hears of everything."""
    running_stage.call("/sandbox/reset", method="POST")
    running_stage.bot("getUpdates", allowed_updates=json.dumps(KINDS))
    return running_stage


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def page(request, stage, browser):
    context = browser.new_context(viewport=request.param, has_touch=request.param is PHONE)
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(stage.address + "/")
    expect(page.locator("#people button").first).to_be_visible()
    yield page
    context.close()
    assert errors == []


def become(page, name):
    back = page.get_by_role("button", name="Back to chats")
    if back.is_visible():
        back.click()
    page.locator("#people").get_by_role("button", name=name).click()


def open_chat(page, title):
    back = page.get_by_role("button", name="Back to chats")
    if back.is_visible():
        back.click()
    page.locator("#chats").get_by_text(title, exact=True).click()


def write(page, text):
    field = page.get_by_label("Message", exact=True)
    field.fill(text)
    field.press("Enter")


def choose(page, files):
    page.locator("input[type=file]").first.set_input_files(files)


def shown(page):
    return page.locator("#conversation .log")


def do(page, text, item):
    """Opens the menu of the message with that text and takes an item."""
    message = shown(page).locator(".message", has_text=text).last
    message.hover()
    message.get_by_role("button", name="What to do with this message").click()
    page.get_by_role("menuitem", name=item, exact=True).click()


def as_polina(page):
    become(page, "Polina")
    open_chat(page, "FOMO Recordings")


@pytest.mark.parametrize(
    ("name", "kind", "label", "member"),
    [
        ("talk.mp3", "audio/mpeg", "Voice note", "voice"),
        ("talk.mp3", "audio/mpeg", "Audio", "audio"),
        ("walk.mp4", "video/mp4", "Video", "video"),
        ("walk.mp4", "video/mp4", "Video message", "video_note"),
        ("loop.mp4", "video/mp4", "GIF", "animation"),
        ("fire.webp", "image/webp", "Sticker", "sticker"),
        ("notes.pdf", "application/pdf", "File", "document"),
    ],
)
def test_every_kind_of_recording_can_be_posted(page, stage, name, kind, label, member):
    as_polina(page)
    choose(page, [file(name, kind)])
    page.get_by_label("Send as").select_option(label=label)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(shown(page).locator(".message")).to_have_count(1)
    (post,) = stage.updates("channel_post")
    assert member in post
    assert "cannot show" not in shown(page).inner_text()


def test_an_album_has_a_caption_on_any_part_and_comes_in_any_order(page, stage):
    as_polina(page)
    choose(page, [file("a.mp3", "audio/mpeg"), file("b.mp3", "audio/mpeg")])
    page.get_by_label("Caption of b.mp3").fill("Second part")
    page.get_by_label("Bots hear of the parts").select_option("reverse")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(shown(page).locator(".message")).to_have_count(2)
    expect(shown(page).locator(".is-album-next")).to_have_count(1)
    posts = stage.updates("channel_post")
    assert [post["audio"]["file_name"] for post in posts] == ["b.mp3", "a.mp3"]
    assert posts[0]["caption"] == "Second part" and posts[0]["media_group_id"] == posts[1]["media_group_id"]


def test_a_post_is_answered_edited_pinned_forwarded_and_deleted(page, stage):
    as_polina(page)
    write(page, "First post")
    expect(shown(page).get_by_text("First post")).to_be_visible()
    do(page, "First post", "Reply")
    write(page, "An answer")
    expect(shown(page).locator(".quote", has_text="First post")).to_be_visible()
    do(page, "An answer", "Edit text…")
    page.get_by_label("Edit text").fill("Another answer")
    page.get_by_role("button", name="Save").click()
    expect(shown(page).get_by_text("Another answer")).to_be_visible()
    do(page, "Another answer", "Pin")
    expect(shown(page).get_by_text("Pinned “Another answer”")).to_be_visible()
    do(page, "Another answer", "Forward…")
    page.get_by_role("dialog").get_by_role("button", name="FOMO Podcasts").click()
    expect(page.get_by_text("Forwarded to FOMO Podcasts.")).to_be_visible()
    do(page, "Another answer", "Delete")
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(shown(page).locator(".message", has_text="Another answer")).to_have_count(0)
    updates = stage.bot("getUpdates", limit=100)
    kinds = [name for update in updates for name in update if name != "update_id"]
    assert kinds == ["channel_post", "channel_post", "edited_channel_post", "channel_post", "message"]
    assert updates[1]["channel_post"]["reply_to_message"]["text"] == "First post"
    assert updates[4]["message"]["forward_origin"]["type"] == "channel"


def test_somebody_reacts(page, stage):
    as_polina(page)
    write(page, "News")
    do(page, "News", "React…")
    page.get_by_role("menuitem", name="🔥").click()
    expect(shown(page).locator(".reactions", has_text="🔥")).to_be_visible()
    (counts,) = stage.updates("message_reaction_count")
    assert counts["reactions"][0]["total_count"] == 1


def test_rooms_are_left_found_and_joined(page, stage):
    become(page, "Misha")
    open_chat(page, "FOMO Recordings")
    page.get_by_role("button", name="More about this chat").click()
    page.get_by_role("menuitem", name="Leave the channel…").click()
    page.get_by_role("dialog").get_by_role("button", name="Leave", exact=True).click()
    expect(page.locator("#chats").get_by_text("FOMO Recordings")).to_have_count(0)
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Find groups and channels…").click()
    page.get_by_role("button", name="Ask to join FOMO Recordings").click()
    expect(page.get_by_text("You asked to join “FOMO Recordings”.")).to_be_visible()
    (request,) = stage.updates("chat_join_request")
    assert request["from"]["id"] == MEMBER
    stage.bot("approveChatJoinRequest", chat_id=CHANNEL, user_id=MEMBER)
    expect(page.locator("#chats").get_by_text("FOMO Recordings")).to_be_visible()


def test_an_invite_link_is_followed(page, stage):
    link = stage.bot("createChatInviteLink", chat_id=CHANNEL)["invite_link"]
    become(page, "Stella")
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Join by an invite link…").click()
    page.get_by_label("Join by an invite link").fill(link)
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.locator("#chats").get_by_text("FOMO Recordings")).to_be_visible()
    (change,) = stage.updates("chat_member")
    assert change["new_chat_member"]["user"]["id"] == STRANGER and change["invite_link"]["invite_link"] == link


def test_commands_are_offered_in_the_persons_language(page, stage):
    stage.bot("setMyCommands", commands='[{"command":"latest","description":"What is new"}]')
    stage.bot("setMyCommands", commands='[{"command":"latest","description":"Что нового"}]', language_code="ru")
    become(page, "Misha")
    open_chat(page, "FOMO Podcasts")
    field = page.get_by_label("Message", exact=True)
    field.type("/la")
    expect(page.get_by_role("option", name="Что нового")).to_be_visible()
    field.press("Escape")
    if page.viewport_size == PHONE:
        page.get_by_role("button", name="Back to chats").click()
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Misha’s language…").click()
    page.get_by_role("dialog").get_by_role("button", name="English").click()
    expect(page.locator("#people").get_by_text("member · en")).to_be_visible()
    open_chat(page, "FOMO Podcasts")
    field = page.get_by_label("Message", exact=True)
    field.type("/")
    expect(page.get_by_role("option", name="What is new")).to_be_visible()
    field.press("Enter")
    expect(shown(page).get_by_text("/latest")).to_be_visible()
    (message,) = stage.updates("message")
    assert message["text"] == "/latest" and message["from"]["language_code"] == "en"


def test_a_bot_is_asked_inline_and_a_result_is_sent(page, stage):
    become(page, "Misha")
    open_chat(page, "FOMO Podcasts")
    field = page.get_by_label("Message", exact=True)
    field.type(f"@{BOT} night")
    (query,) = wait_until(lambda: stage.updates("inline_query"), what="the question")
    assert query["query"] == "night" and query["chat_type"] == "sender"
    article = {"type": "article", "id": "1", "title": "The night train", "description": "12 min",
               "input_message_content": {"message_text": "Listen: The night train"}}
    stage.bot("answerInlineQuery", inline_query_id=query["id"], results=json.dumps([article]))
    expect(page.get_by_role("option", name="The night train")).to_be_visible()
    assert field.get_attribute("aria-activedescendant") == "suggestion-0"
    field.press("Enter")
    expect(shown(page).get_by_text("Listen: The night train")).to_be_visible()
    expect(shown(page).get_by_text(f"via @{BOT}")).to_be_visible()
    expect(field).to_have_value("")


def test_buttons_and_asked_answers(page, stage):
    keyboard = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}, {"text": "Site", "url": "https://e.org"}]]}
    stage.bot("sendMessage", chat_id=MEMBER, text="Choose", reply_markup=json.dumps(keyboard))
    become(page, "Misha")
    open_chat(page, "FOMO Podcasts")
    assert shown(page).get_by_role("link", name="Site").get_attribute("href") == "https://e.org/"
    shown(page).get_by_role("button", name="Go").click()
    (query,) = wait_until(lambda: stage.updates("callback_query"), what="the press")
    stage.bot("answerCallbackQuery", callback_query_id=query["id"], text="Gone")
    expect(page.locator("#toasts").get_by_text("Gone")).to_be_visible()

    forced = {"force_reply": True, "input_field_placeholder": "Your name"}
    asked = stage.bot("sendMessage", chat_id=MEMBER, text="How are you called?", reply_markup=json.dumps(forced))
    expect(page.get_by_placeholder("Your name")).to_be_visible()
    expect(page.locator(".answer-bar")).to_contain_text("How are you called?")
    write(page, "Misha")
    expect(page.locator(".answer-bar")).to_have_count(0)
    (message,) = stage.updates("message")
    assert message["reply_to_message"]["message_id"] == asked["message_id"]


def test_a_bot_is_blocked_and_let_in_again(page, stage):
    become(page, "Misha")
    open_chat(page, "FOMO Podcasts")
    page.get_by_role("button", name="More about this chat").click()
    page.get_by_role("menuitem", name="Block the bot").click()
    page.get_by_role("button", name="Unblock the bot").click()
    expect(page.get_by_label("Message", exact=True)).to_be_visible()
    changes = [change["new_chat_member"]["status"] for change in stage.updates("my_chat_member")]
    assert changes == ["kicked", "member"]


def test_what_a_bot_sends_is_shown_as_what_it_is(page, stage):
    stage.bot("sendVenue", chat_id=MEMBER, latitude=55.75, longitude=37.61, title="The club", address="Street 1")
    stage.bot("sendContact", chat_id=MEMBER, phone_number="+7 900", first_name="Anna")
    stage.bot("sendDice", chat_id=MEMBER)
    values = {"as": POSTER, "kind": "photo", "file_name": "p.png", "mime_type": "image/png"}
    stage.call(f"/sandbox/chats/{CHANNEL}/messages", values, file=picture())
    stage.call(f"/sandbox/chats/{CHANNEL}/notices", {"as": POSTER, "service": '{"video_chat_started":{}}'})
    become(page, "Misha")
    open_chat(page, "FOMO Podcasts")
    for text in ("The club", "Street 1", "Anna", "🎲"):
        expect(shown(page).get_by_text(text).first).to_be_visible()
    open_chat(page, "FOMO Recordings")
    expect(shown(page).get_by_role("img", name="Photo")).to_be_visible()
    expect(shown(page).get_by_text("A video chat began")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out(stage, browser, scheme):
    """Names, sizes, contrast and width, as on the other pages."""
    keyboard = '{"inline_keyboard":[[{"text":"Go","callback_data":"g"}]]}'
    stage.bot("sendMessage", chat_id=MEMBER, text="Choose", reply_markup=keyboard)
    stage.call(f"/sandbox/chats/{BOT}/messages", {"as": MEMBER, "text": "I choose this #one"})
    stage.call(f"/sandbox/chats/{CHANNEL}/messages", {"as": POSTER, "text": "A post #one"})
    # It is one pane of a program, not a document: it has neither a header nor a footer of its own.
    expected = {"the page has not one header", "the page has not one footer"}
    look = (PROJECT / "Tests/Browser/accessible.js").read_text()
    for viewport in (DESKTOP, PHONE):
        context = browser.new_context(viewport=viewport, color_scheme=scheme)
        page = context.new_page()
        page.goto(stage.address + "/")
        become(page, "Misha")
        open_chat(page, "FOMO Podcasts")
        choose(page, [file("a.mp3", "audio/mpeg"), file("b.mp3", "audio/mpeg")])
        expect(page.get_by_text("Album of 2")).to_be_visible()
        faults = set(page.evaluate(look))
        become(page, "Polina")
        open_chat(page, "FOMO Recordings")
        faults |= set(page.evaluate(look))
        context.close()
        assert faults - expected == set()


def test_the_keyboard_alone_is_enough(stage, browser):
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.goto(stage.address + "/")
    become(page, "Polina")
    open_chat(page, "FOMO Recordings")
    page.keyboard.type("Written without a mouse")
    page.keyboard.press("Enter")
    expect(shown(page).get_by_text("Written without a mouse")).to_be_visible()
    shown(page).get_by_role("button", name="What to do with this message").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Reply")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Forward to")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    context.close()

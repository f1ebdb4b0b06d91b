"""What aiogram makes of the sandbox's answers."""

import asyncio
import io
import time
from contextlib import asynccontextmanager

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    InlineQueryResultArticle,
    InputMediaAudio,
    InputMediaDocument,
    InputTextMessageContent,
)

from stand_in import BOT, CHANNEL, MEMBER, POSTER, STRANGER, TOKEN


@asynccontextmanager
async def bot_of(stand_in, token=TOKEN, local=False):
    server = TelegramAPIServer.from_base(stand_in.address, is_local=local)
    async with Bot(token, session=AiohttpSession(api=server)) as bot:
        yield bot


def judged(stand_in, work, **options):
    async def judge():
        async with bot_of(stand_in, **options) as bot:
            return await asyncio.wait_for(work(bot), timeout=60)

    return asyncio.run(judge())


def test_it_knows_itself(stand_in):
    me = judged(stand_in, lambda bot: bot.get_me())
    assert me.username == BOT and me.supports_inline_queries


def test_a_flood_names_the_time_to_wait(stand_in):
    stand_in.disturb("too_many_requests", retry_after=7)
    with pytest.raises(TelegramRetryAfter) as refused:
        judged(stand_in, lambda bot: bot.send_message(MEMBER, "x"))
    assert refused.value.retry_after == 7


def test_a_group_that_moved_names_its_new_id(stand_in):
    group = stand_in.act("/chats", {"type": "group", "title": "T", "owner": POSTER, "bots": [4242]})
    moved = stand_in.act(f"/chats/{group['id']}/migrate", {"as": POSTER})
    with pytest.raises(TelegramMigrateToChat) as refused:
        judged(stand_in, lambda bot: bot.send_message(group["id"], "x"))
    assert refused.value.migrate_to_chat_id == moved["id"]


def test_a_second_poller_ends_the_first(stand_in):
    async def poll_twice(bot):
        first = asyncio.create_task(bot.get_updates(timeout=20))
        await asyncio.to_thread(stand_in.await_poll)
        second = asyncio.create_task(bot.get_updates(timeout=20))
        with pytest.raises(TelegramConflictError):
            await first
        await asyncio.to_thread(stand_in.write, "x")
        return await second

    assert [update.message.text for update in judged(stand_in, poll_twice)] == ["x"]


def test_a_token_of_nobody_is_refused(stand_in):
    with pytest.raises(TelegramUnauthorizedError):
        judged(stand_in, lambda bot: bot.get_me(), token="4242:another")


def test_a_revoked_token_is_refused_until_it_is_restored(stand_in):
    stand_in.disturb("revoke_token")
    with pytest.raises(TelegramUnauthorizedError):
        judged(stand_in, lambda bot: bot.get_me())
    stand_in.disturb("restore_token")
    assert judged(stand_in, lambda bot: bot.get_me()).id == 4242


def test_a_person_who_blocked_the_bot_is_not_reached(stand_in):
    stand_in.act(f"/chats/{BOT}/block", {"as": MEMBER})
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        judged(stand_in, lambda bot: bot.send_message(MEMBER, "x"))


def test_a_deleted_account_is_not_reached(stand_in):
    stand_in.act(f"/people/{MEMBER}/deactivate")
    with pytest.raises(TelegramForbiddenError, match="user is deactivated"):
        judged(stand_in, lambda bot: bot.send_message(MEMBER, "x"))


def test_a_deleted_group_is_not_reached(stand_in):
    group = stand_in.act("/chats", {"type": "group", "title": "T", "owner": POSTER, "bots": [4242]})
    stand_in.act(f"/chats/{group['id']}?as={POSTER}", method="DELETE")
    with pytest.raises(TelegramForbiddenError, match="the group chat was deleted"):
        judged(stand_in, lambda bot: bot.send_message(group["id"], "x"))


def test_who_never_wrote_to_the_bot_is_explained(stand_in):
    with pytest.raises(TelegramBadRequest, match="member not found"):
        judged(stand_in, lambda bot: bot.get_chat_member(CHANNEL, STRANGER))
    stand_in.act(f"/chats/{CHANNEL}/members", {"user": STRANGER, "status": "member"})
    with pytest.raises(TelegramBadRequest, match="PEER_ID_INVALID"):
        judged(stand_in, lambda bot: bot.send_chat_action(STRANGER, "typing"))


@pytest.mark.parametrize(
    ("chat", "text", "words"),
    [(12, "x", "chat not found"), (MEMBER, "", "message text is empty"), (MEMBER, "<b>x", "Can't find end tag")],
)
def test_a_mistake_is_explained(stand_in, chat, text, words):
    with pytest.raises(TelegramBadRequest, match=words):
        judged(stand_in, lambda bot: bot.send_message(chat, text, parse_mode="HTML"))


def test_trouble_of_the_server_is_known_as_such(stand_in):
    stand_in.disturb("status", code=500)
    with pytest.raises(TelegramServerError):
        judged(stand_in, lambda bot: bot.get_me())
    stand_in.disturb("drop")
    with pytest.raises(TelegramNetworkError):
        judged(stand_in, lambda bot: bot.get_me())


def test_what_goes_up_comes_down(stand_in):
    content = bytes(range(256)) * 4096

    async def there_and_back(bot):
        sent = await bot.send_document(MEMBER, BufferedInputFile(content, "notes.bin"), caption="c")
        back = io.BytesIO()
        await bot.download(sent.document, back)
        return sent, back.getvalue()

    sent, back = judged(stand_in, there_and_back)
    assert sent.document.file_name == "notes.bin" and sent.caption == "c"
    assert back == content


def test_a_local_server_names_a_file_of_any_size(local_stand_in):
    content = b"x" * (20 * 1024 * 1024 + 1)
    post = local_stand_in.post(content, kind="video_note", name="note.mp4", duration=5)

    async def fetch(bot):
        file = await bot.get_file(post["video_note"]["file_id"])
        back = io.BytesIO()
        await bot.download(file, back)
        return file, back.getvalue()

    file, back = judged(local_stand_in, fetch, local=True)
    assert file.file_path.startswith("/")
    assert back == content


def test_a_waiting_poll_ends_when_something_comes(stand_in):
    async def wait(bot):
        poll = asyncio.create_task(bot.get_updates(timeout=30))
        await asyncio.to_thread(stand_in.await_poll)
        began = time.monotonic()
        await asyncio.to_thread(stand_in.write, "wake")
        updates = await poll
        return updates, time.monotonic() - began

    updates, seconds = judged(stand_in, wait)
    assert updates[0].message.text == "wake"
    # Some milliseconds on an idle machine; far from the 30 s that it would be without being woken.
    assert seconds < 5


def test_an_album_comes_in_parts_that_belong_together(stand_in):
    parts = '[{"kind":"audio"},{"kind":"audio","caption":"Title"}]'
    values = {"as": POSTER, "parts": parts, "update_order": "[1,0]"}
    files = [("file0", "a.mp3", b"a"), ("file1", "b.mp3", b"b")]
    stand_in.act(f"/chats/{CHANNEL}/albums", values, files=files)
    posts = [update.channel_post for update in judged(stand_in, lambda bot: bot.get_updates())]
    assert [post.audio.file_name for post in posts] == ["b.mp3", "a.mp3"]
    assert posts[0].media_group_id == posts[1].media_group_id
    assert posts[0].caption == "Title" and posts[0].message_id > posts[1].message_id


def test_an_album_is_sent_and_a_part_replaced(stand_in):
    async def send(bot):
        media = [InputMediaAudio(media=BufferedInputFile(b"1", f"{n}.mp3"), caption=f"{n}") for n in "ab"]
        sent = await bot.send_media_group(MEMBER, media)
        new = InputMediaDocument(media=BufferedInputFile(b"2", "c.pdf"))
        return sent, await bot.edit_message_media(new, chat_id=MEMBER, message_id=sent[0].message_id)

    sent, edited = judged(stand_in, send)
    assert [message.caption for message in sent] == ["a", "b"]
    assert edited.document.file_name == "c.pdf"


def test_an_inline_query_is_answered(stand_in):
    async def offer(bot):
        values = {"as": MEMBER, "query": "night", "wait": 20}
        asked = asyncio.create_task(asyncio.to_thread(stand_in.act, f"/bots/{BOT}/inline", values))
        (update,) = await bot.get_updates(timeout=20)
        content = InputTextMessageContent(message_text="The night train")
        article = InlineQueryResultArticle(id="1", title="T", input_message_content=content)
        await update.inline_query.answer([article])
        return update.inline_query.query, await asked

    query, asked = judged(stand_in, offer)
    assert query == "night"
    assert [result["title"] for result in asked["answer"]["results"]] == ["T"]
    sent = stand_in.act(f"/inline/{asked['id']}/choose", {"as": MEMBER, "result": "1", "chat": BOT})
    assert sent["message"]["text"] == "The night train" and sent["message"]["via_bot"]["id"] == 4242


def test_a_request_by_a_link_is_approved(stand_in):
    kinds = ["chat_join_request", "chat_member"]

    async def let_in(bot):
        link = await bot.create_chat_invite_link(CHANNEL, creates_join_request=True)
        values = {"as": STRANGER, "link": link.invite_link}
        await bot.get_updates(allowed_updates=kinds)
        await asyncio.to_thread(stand_in.act, "/join", values)
        (update,) = await bot.get_updates(timeout=20)
        await update.chat_join_request.approve()
        (change,) = await bot.get_updates(offset=update.update_id + 1, timeout=20)
        return change.chat_member, await bot.get_chat_member(CHANNEL, STRANGER)

    change, member = judged(stand_in, let_in)
    assert change.via_join_request and change.new_chat_member.status == "member"
    assert member.status == "member"


def test_a_method_that_the_sandbox_has_not_is_told_from_one_that_nobody_has(stand_in):
    with pytest.raises(TelegramBadRequest, match="the sandbox has not got the method sendPoll"):
        judged(stand_in, lambda bot: bot.send_poll(MEMBER, "Who?", ["a", "b"]))


def test_both_kinds_of_markdown_are_understood(stand_in):
    async def send(bot):
        second = await bot.send_message(MEMBER, "*bold _both_* 1\\.5", parse_mode="MarkdownV2")
        first = await bot.send_message(MEMBER, "*bold* [go](https://e.org)", parse_mode="Markdown")
        with pytest.raises(TelegramBadRequest, match="Character '.' is reserved"):
            await bot.send_message(MEMBER, "1.5", parse_mode="MarkdownV2")
        return second, first

    second, first = judged(stand_in, send)
    assert second.text == "bold both 1.5" and second.html_text == "<b>bold <i>both</i></b> 1.5"
    assert first.html_text == '<b>bold</b> <a href="https://e.org/">go</a>'


def test_several_messages_are_copied_forwarded_and_deleted(stand_in):
    posts = [stand_in.post(b"1", caption=caption)["message_id"] for caption in "ab"]

    async def send_on(bot):
        copies = await bot.copy_messages(MEMBER, CHANNEL, posts, remove_caption=True)
        sent = await bot.forward_messages(MEMBER, CHANNEL, posts)
        return copies, sent, await bot.delete_messages(MEMBER, [one.message_id for one in copies])

    copies, sent, deleted = judged(stand_in, send_on)
    assert len(copies) == len(sent) == 2 and deleted
    shown = stand_in.act(f"/chats/{BOT}/messages?as={MEMBER}", method="GET")["messages"]
    assert [view["message"]["caption"] for view in shown] == ["a", "b"]


def test_every_kind_of_message_is_read(stand_in):
    async def send(bot):
        return [
            (await bot.send_animation(MEMBER, BufferedInputFile(b"1", "a.mp4"))).animation.file_name,
            (await bot.send_sticker(MEMBER, BufferedInputFile(b"1", "s.tgs"), emoji="🔥")).sticker.is_animated,
            (await bot.send_location(MEMBER, 55.5, 37.5)).location.latitude,
            (await bot.send_venue(MEMBER, 55.5, 37.5, "Club", "Street")).venue.title,
            (await bot.send_contact(MEMBER, "+7", "Anna")).contact.first_name,
            (await bot.send_dice(MEMBER)).dice.emoji,
        ]

    assert judged(stand_in, send) == ["a.mp4", True, 55.5, "Club", "Anna", "🎲"]


def test_commands_are_kept_by_scope_and_language(stand_in):
    async def set_and_get(bot):
        scope = BotCommandScopeChat(chat_id=MEMBER)
        await bot.set_my_commands([BotCommand(command="a", description="A")], scope=scope, language_code="ru")
        kept = await bot.get_my_commands(scope=scope, language_code="ru")
        await bot.delete_my_commands(scope=scope, language_code="ru")
        return kept, await bot.get_my_commands(scope=scope, language_code="ru"), await bot.get_my_commands(scope=scope)

    kept, after, other = judged(stand_in, set_and_get)
    assert [one.command for one in kept] == ["a"] and after == other == []


def test_a_cached_inline_answer_is_shown_again(stand_in):
    async def offer(bot):
        first = asyncio.create_task(asyncio.to_thread(ask, stand_in, MEMBER))
        (update,) = await bot.get_updates(timeout=20)
        content = InputTextMessageContent(message_text="x")
        article = InlineQueryResultArticle(id="1", title="T", input_message_content=content)
        await update.inline_query.answer([article], cache_time=60, is_personal=False, next_offset="1")
        return await first, update.update_id

    first, update = judged(stand_in, offer)
    second = ask(stand_in, STRANGER)
    assert not first["from_cache"] and second["from_cache"]
    assert second["answer"]["next_offset"] == "1"
    assert judged(stand_in, lambda bot: bot.get_updates(offset=update + 1)) == []


def ask(stand_in, person):
    return stand_in.act(f"/bots/{BOT}/inline", {"as": person, "query": "night", "wait": 20})


def test_a_malformed_token_may_be_answered_as_by_the_cloud(stand_in):
    stand_in.act("/settings", {"cloud_tokens": True}, method="PATCH")
    try:
        with pytest.raises(TelegramNotFound):
            judged(stand_in, lambda bot: bot.get_me(), token="0123:another")
    finally:
        stand_in.act("/settings", {"cloud_tokens": False}, method="PATCH")
    with pytest.raises(TelegramUnauthorizedError, match="invalid token specified"):
        judged(stand_in, lambda bot: bot.get_me(), token="0123:another")

"""What python-telegram-bot makes of the sandbox's answers."""

import asyncio
import time
from datetime import timedelta

import pytest
from stand_in import BOT, CHANNEL, MEMBER, POSTER, STRANGER, TOKEN
from telegram import Bot, InlineQueryResultArticle, InputMediaAudio, InputTextMessageContent
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)


def judged(stand_in, work, token=TOKEN, local=False):
    async def judge():
        base = stand_in.address
        async with Bot(token, base_url=base + "/bot", base_file_url=base + "/file/bot", local_mode=local) as bot:
            return await asyncio.wait_for(work(bot), timeout=60)

    return asyncio.run(judge())


def test_it_knows_itself(stand_in):
    async def look(bot):
        return bot.username

    assert judged(stand_in, look) == BOT


def test_a_flood_names_the_time_to_wait(stand_in, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    stand_in.disturb("too_many_requests", method="sendMessage", retry_after=7)
    with pytest.raises(RetryAfter) as refused:
        judged(stand_in, lambda bot: bot.send_message(MEMBER, "x"))
    assert refused.value.retry_after == timedelta(seconds=7)


def test_a_group_that_moved_names_its_new_id(stand_in):
    group = stand_in.act("/chats", {"type": "group", "title": "T", "owner": POSTER, "bots": [4242]})
    moved = stand_in.act(f"/chats/{group['id']}/migrate", {"as": POSTER})
    with pytest.raises(ChatMigrated) as refused:
        judged(stand_in, lambda bot: bot.send_message(group["id"], "x"))
    assert refused.value.new_chat_id == moved["id"]


def test_a_second_poller_ends_the_first(stand_in):
    async def poll_twice(bot):
        first = asyncio.create_task(bot.get_updates(timeout=20))
        await asyncio.to_thread(stand_in.await_poll)
        stand_in.write("x")
        await first
        first = asyncio.create_task(bot.get_updates(offset=-1, timeout=0))
        (update,) = await first
        held = asyncio.create_task(bot.get_updates(offset=update.update_id + 1, timeout=20))
        await asyncio.to_thread(stand_in.await_poll)
        async with Bot(TOKEN, base_url=stand_in.address + "/bot") as other:
            second = asyncio.create_task(other.get_updates(offset=update.update_id + 1, timeout=20))
            with pytest.raises(Conflict):
                await held
            await asyncio.to_thread(stand_in.write, "y")
            return await second

    assert [update.message.text for update in judged(stand_in, poll_twice)] == ["y"]


def test_a_token_of_nobody_is_refused(stand_in):
    with pytest.raises(InvalidToken):
        judged(stand_in, lambda bot: bot.get_me(), token="4242:another")


def test_a_person_who_blocked_the_bot_is_not_reached(stand_in):
    stand_in.act(f"/chats/{BOT}/block", {"as": MEMBER})
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        judged(stand_in, lambda bot: bot.send_message(MEMBER, "x"))


def test_who_never_started_the_bot_is_not_reached(stand_in):
    stand_in.act(f"/chats/{CHANNEL}/members", {"user": STRANGER, "status": "member"})
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        judged(stand_in, lambda bot: bot.send_message(STRANGER, "x"))


def test_a_deleted_account_is_not_reached(stand_in):
    stand_in.act(f"/people/{MEMBER}/deactivate")
    with pytest.raises(Forbidden, match="user is deactivated"):
        judged(stand_in, lambda bot: bot.send_message(MEMBER, "x"))


def test_a_deleted_group_is_not_reached(stand_in):
    group = stand_in.act("/chats", {"type": "group", "title": "T", "owner": POSTER, "bots": [4242]})
    stand_in.act(f"/chats/{group['id']}?as={POSTER}", method="DELETE")
    with pytest.raises(Forbidden, match="the group chat was deleted"):
        judged(stand_in, lambda bot: bot.send_message(group["id"], "x"))


def test_who_never_wrote_to_the_bot_is_explained(stand_in):
    with pytest.raises(BadRequest, match="(?i)member not found"):
        judged(stand_in, lambda bot: bot.get_chat_member(CHANNEL, STRANGER))
    stand_in.act(f"/chats/{CHANNEL}/members", {"user": STRANGER, "status": "member"})
    with pytest.raises(BadRequest, match="(?i)peer_id_invalid"):
        judged(stand_in, lambda bot: bot.send_chat_action(STRANGER, "typing"))


def test_a_mistake_is_explained(stand_in):
    with pytest.raises(BadRequest, match="Chat not found|chat not found"):
        judged(stand_in, lambda bot: bot.send_message(12, "x"))


@pytest.mark.parametrize("kind", ["html502", "garbage", "drop"])
def test_trouble_on_the_way_is_an_error_of_the_library(stand_in, kind):
    stand_in.disturb(kind, method="sendMessage")
    expected = TelegramError if kind == "garbage" else NetworkError
    with pytest.raises(expected):
        judged(stand_in, lambda bot: bot.send_message(MEMBER, "x"))


def test_what_goes_up_comes_down(stand_in):
    content = bytes(range(256)) * 4096

    async def there_and_back(bot):
        sent = await bot.send_audio(MEMBER, content, title="T", performer="P", filename="a.mp3")
        file = await bot.get_file(sent.audio.file_id)
        return sent, bytes(await file.download_as_bytearray())

    sent, back = judged(stand_in, there_and_back)
    assert (sent.audio.title, sent.audio.performer, sent.audio.file_name) == ("T", "P", "a.mp3")
    assert back == content


def test_a_local_server_names_a_file_of_any_size(local_stand_in):
    content = b"x" * (20 * 1024 * 1024 + 1)
    post = local_stand_in.post(content, kind="video", name="talk.mp4", duration=5)

    async def fetch(bot):
        file = await bot.get_file(post["video"]["file_id"])
        return file.file_path, bytes(await file.download_as_bytearray())

    path, back = judged(local_stand_in, fetch, local=True)
    assert path.startswith("/")
    assert back == content


def test_a_file_that_is_too_big_for_the_cloud_is_refused(stand_in):
    post = stand_in.post(b"x" * (20 * 1024 * 1024 + 1))
    with pytest.raises(BadRequest, match="(?i)file is too big"):
        judged(stand_in, lambda bot: bot.get_file(post["voice"]["file_id"]))


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


def test_an_album_is_sent(stand_in):
    media = [InputMediaAudio(b"1", caption=caption, filename="a.mp3") for caption in "ab"]
    sent = judged(stand_in, lambda bot: bot.send_media_group(MEMBER, media))
    assert [message.caption for message in sent] == ["a", "b"]
    assert len({message.media_group_id for message in sent}) == 1


def test_an_inline_query_is_answered(stand_in):
    async def offer(bot):
        values = {"as": MEMBER, "query": "night", "wait": 20}
        asked = asyncio.create_task(asyncio.to_thread(stand_in.act, f"/bots/{BOT}/inline", values))
        (update,) = await bot.get_updates(timeout=20)
        article = InlineQueryResultArticle("1", "T", InputTextMessageContent("The night train"))
        await update.inline_query.answer([article])
        return await asked

    asked = judged(stand_in, offer)
    assert [result["title"] for result in asked["answer"]["results"]] == ["T"]


def test_a_request_by_a_link_is_declined(stand_in):
    async def decline(bot):
        link = await bot.create_chat_invite_link(CHANNEL, creates_join_request=True, name="Friends")
        await bot.get_updates(allowed_updates=["chat_join_request"])
        await asyncio.to_thread(stand_in.act, "/join", {"as": STRANGER, "link": link.invite_link})
        (update,) = await bot.get_updates(timeout=20)
        await update.chat_join_request.decline()
        return link, update.chat_join_request, await bot.get_chat_member(CHANNEL, STRANGER)

    link, request, member = judged(stand_in, decline)
    assert request.invite_link.invite_link == link.invite_link
    assert member.status == "left"


def test_a_method_that_the_sandbox_has_not_is_told(stand_in):
    with pytest.raises(BadRequest, match="(?i)the sandbox has not got the method sendPoll"):
        judged(stand_in, lambda bot: bot.send_poll(MEMBER, "Who?", ["a", "b"]))


def test_a_mistake_in_markdown_is_named_by_its_place(stand_in):
    with pytest.raises(BadRequest, match="(?i)can't find end of bold entity at byte offset 4"):
        judged(stand_in, lambda bot: bot.send_message(MEMBER, "one *two", parse_mode="MarkdownV2"))


def test_every_kind_of_message_is_read(stand_in):
    async def send(bot):
        return [
            (await bot.send_animation(MEMBER, b"1", filename="a.mp4")).animation.file_name,
            (await bot.send_sticker(MEMBER, b"1", emoji="🔥")).sticker.emoji,
            (await bot.send_location(MEMBER, 55.5, 37.5)).location.longitude,
            (await bot.send_venue(MEMBER, 55.5, 37.5, "Club", "Street")).venue.address,
            (await bot.send_contact(MEMBER, "+7", "Anna")).contact.phone_number,
            (await bot.send_dice(MEMBER, emoji="🎰")).dice.emoji,
        ]

    assert judged(stand_in, send) == ["a.mp4", "🔥", 37.5, "Street", "+7", "🎰"]


def test_several_messages_are_copied_and_deleted(stand_in):
    posts = [stand_in.post(b"1", caption=caption)["message_id"] for caption in "ab"]

    async def send_on(bot):
        copies = await bot.copy_messages(MEMBER, CHANNEL, posts)
        return copies, await bot.delete_messages(MEMBER, [one.message_id for one in copies])

    copies, deleted = judged(stand_in, send_on)
    assert len(copies) == 2 and deleted


def test_a_local_server_takes_a_file_by_its_path(local_stand_in, tmp_path):
    talk = tmp_path / "my talk.mp3"
    talk.write_bytes(b"12345")
    sent = judged(local_stand_in, lambda bot: bot.send_audio(MEMBER, talk), local=True)
    assert (sent.audio.file_name, sent.audio.file_size) == ("my talk.mp3", 5)


def test_names_titles_and_pins(stand_in):
    async def change(bot):
        await bot.set_my_name("Club", language_code="en")
        await bot.set_chat_title(CHANNEL, "Night")
        await bot.set_chat_description(CHANNEL, "Recordings of the night")
        await bot.unpin_all_chat_messages(CHANNEL)
        photos = await bot.get_user_profile_photos(MEMBER)
        return await bot.get_my_name("en"), await bot.get_chat(CHANNEL), photos.total_count

    name, chat, photos = judged(stand_in, change)
    assert (name.name, chat.title, chat.description, photos) == ("Club", "Night", "Recordings of the night", 0)

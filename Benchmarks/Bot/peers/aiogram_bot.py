"""Answers /start, as aiogram's own documentation shows it."""

import asyncio
import logging
import os
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart

dispatcher = Dispatcher()


@dispatcher.message(CommandStart())
async def start(message):
    await message.answer("Hello! This is a closed club. Ask to be let in.")


async def main():
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["TELEGRAM_API_URL"]))
    bot = Bot(os.environ["TELEGRAM_BOT_TOKEN"], session=session)
    await dispatcher.start_polling(bot, handle_signals=False)


if __name__ == "__main__":
    logging.disable()
    if "--uvloop" in sys.argv:
        import uvloop

        uvloop.run(main())
    else:
        asyncio.run(main())

"""Answers /start, as python-telegram-bot's own documentation shows it, with updates handled side by side."""

import logging
import os

from telegram.ext import Application, CommandHandler


async def start(update, context):
    await update.message.reply_text("Hello! This is a closed club. Ask to be let in.")


if __name__ == "__main__":
    logging.disable()
    base = os.environ["TELEGRAM_API_URL"]
    application = (
        Application.builder()
        .token(os.environ["TELEGRAM_BOT_TOKEN"])
        .base_url(f"{base}/bot")
        .base_file_url(f"{base}/file/bot")
        .concurrent_updates(True)
        .build()
    )
    application.add_handler(CommandHandler("start", start))
    application.run_polling(stop_signals=None)

"""One client's connection: requests in, answers out, with the faults that tests put between them."""

import asyncio
from typing import Any

import commands
import wire
from failure import CommandFailure
from faults import Faults, LostAnswers
from scram import Account, Conversation
from state import State

Document = dict[str, Any]
GREETINGS = frozenset({"hello", "isMaster", "ismaster"})


class Shared:
    """What all connections of a server have in common."""

    def __init__(self, account: Account | None) -> None:
        self.state = State()
        self.faults = Faults()
        self.lost_answers = LostAnswers()
        self.account = account


class Connection:
    """One client."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._conversation = Conversation(shared.account)
        self._app_name: str | None = None

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answers requests one after the other until the client goes or a fault closes the connection.

        Only this connection waits for a client that does not read. Raises wire.Unreadable.
        """
        while (request := await wire.read(reader)) is not None:
            reply = await self._reply(request)
            if reply is None:
                writer.transport.abort()
                return
            if request.wants_reply:
                writer.write(wire.answer(request, reply))
                await writer.drain()

    async def _reply(self, request: wire.Request) -> Document | None:
        """The answer to a request; None where the connection is to be closed without one."""
        body = request.body
        name = next(iter(body))
        if name in GREETINGS:
            self._note_client(body)
        elif request.legacy:
            return CommandFailure(352, f"Unsupported OP_QUERY command: {name}.").reply()
        try:
            if name == "saslStart":
                return self._conversation.started(body)
            if name == "saslContinue":
                return self._conversation.continued(body)
            if not self._conversation.allows(name):
                raise CommandFailure(13, f"Command {name} requires authentication")
            if name == "configureFailPoint":
                return self._shared.faults.configure(body)
        except CommandFailure as failure:
            return failure.reply()
        return await self._unless_faulty(name, body)

    async def _unless_faulty(self, name: str, body: Document) -> Document | None:
        collection = body.get("collection") if name == "getMore" else body[name]
        namespace = f"{body['$db']}.{collection}" if isinstance(collection, str) else body["$db"]
        fault = self._shared.faults.met(name, namespace, self._app_name)
        if fault is not None:
            await asyncio.sleep(fault.delay)
            if fault.closes:
                return None
            if fault.error_code is not None:
                return CommandFailure(fault.error_code, "Failing command via 'failCommand' failpoint").reply()
        reply = commands.run(self._shared.state, body)
        if self._shared.lost_answers.loses(name, body) or (fault is not None and fault.closes_after_applying):
            return None
        if name in GREETINGS and isinstance(body.get("saslSupportedMechs"), str):
            mechanisms = self._conversation.mechanisms(body["saslSupportedMechs"])
            return {**reply, "saslSupportedMechs": mechanisms} if mechanisms else reply
        return reply

    def _note_client(self, body: Document) -> None:
        client = body.get("client")
        application = client.get("application") if isinstance(client, dict) else None
        if isinstance(application, dict) and isinstance(application.get("name"), str):
            self._app_name = application["name"]

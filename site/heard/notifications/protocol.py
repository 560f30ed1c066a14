"""uvicorn's own WebSocket protocol, taught to write a frame that the hub built once for all.

`uvicorn --ws heard.notifications.protocol:FrameProtocol`. Other servers ignore the key `frame`.
"""

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

LARGEST = 4096  # bytes of one message from a client, which has nothing to say to us


class FrameProtocol(WebSocketsSansIOProtocol):
    def __init__(self, config, *args, **kwargs) -> None:
        config.ws_max_size = min(config.ws_max_size, LARGEST)
        # A hundred bytes gain nothing from deflate, and it costs each socket its memory.
        config.ws_per_message_deflate = False
        super().__init__(config, *args, **kwargs)

    async def send(self, message) -> None:
        frame = message.get("frame")
        if frame is not None and self._can_take_a_frame:
            self.transport.write(frame)
        else:
            await super().send(message)

    @property
    def _can_take_a_frame(self) -> bool:
        """Open, with room in the buffer; in any other case uvicorn's own send knows what to do."""
        return (
            self.writable.is_set()
            and self.handshake_complete
            and not self.close_sent
            and not self.disconnected
            and not self.transport.is_closing()
        )

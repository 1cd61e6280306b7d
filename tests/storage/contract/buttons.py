"""What a store of long buttons must do, and what the fake must do alike."""

from __future__ import annotations

from dataclasses import replace

from tests.builders import PRIVATE
from tests.storage.contract.given import Stores

LONG = "/search " + "اتفاق " * 20


class ButtonsContract:
    """Held by the database's store and by the fake."""

    async def test_a_button_means_its_command_in_its_own_chat_only(self, stores: Stores) -> None:
        name = await stores.buttons.keep(PRIVATE, LONG)
        assert len(name) == 16
        assert await stores.buttons.find(PRIVATE, name) == LONG
        assert await stores.buttons.find(replace(PRIVATE, thread="5"), name) == LONG
        assert await stores.buttons.find(replace(PRIVATE, id="43"), name) is None

    async def test_the_same_command_twice_has_two_names(self, stores: Stores) -> None:
        names = {await stores.buttons.keep(PRIVATE, LONG) for _ in range(20)}
        assert len(names) == 20

    async def test_a_name_nobody_gave_means_nothing(self, stores: Stores) -> None:
        assert await stores.buttons.find(PRIVATE, "nobody") is None

"""What a press of a button does."""

from __future__ import annotations

from structlog.testing import capture_logs

from bot.message import Button
from bot.model import Chat, Platform
from tests.adapters.telegram_fakes import Wire, refusal
from tests.adapters.telegram_room import CHANNEL, GROUP, MEMBER, TABLE, Room, pressed


async def test_a_press_is_answered_and_its_spinner_ends() -> None:
    room = Room(Wire())
    await room.get(pressed("/source 2"))
    assert [request.text for request in room.asked] == ["/source 2"]
    assert len(room.said()) == len(room.said("answerCallbackQuery")) == 1


async def test_a_press_under_a_message_telegram_forgot_is_answered_too() -> None:
    room = Room(Wire())
    await room.get(pressed("/source 2", date=0))
    assert len(room.said()) == 1


async def test_a_spinner_that_ended_by_itself_is_no_failure() -> None:
    room = Room(Wire(answerCallbackQuery=[refusal(400, "Bad Request: query is too old")]))
    with capture_logs():
        await room.get(pressed("/source 2"))
    assert len(room.said()) == 1


async def test_what_no_link_can_ask_is_a_pop_up() -> None:
    room = Room(Wire(getChatMember=[MEMBER]))
    await room.get(pressed("/search اتفاق", CHANNEL))
    [end] = room.said("answerCallbackQuery")
    assert len(end["text"]) == 200


async def test_a_failure_after_a_press_in_a_channel_is_a_pop_up() -> None:
    room = Room(Wire(getChatMember=[MEMBER]), fail=RuntimeError("boom"))
    await room.get(pressed("/source 2", CHANNEL))
    assert room.said() == []
    assert [end["text"] for end in room.said("answerCallbackQuery")] == [TABLE["error.internal"]]


async def test_a_page_is_turned_in_place_and_back() -> None:
    turns = Button("السابق", "/topics ai 1", turns=True), Button("المزيد", "/topics ai 3", turns=True)
    room = Room(Wire(), buttons=(turns,))
    await room.get(pressed("+/topics ai 2"))
    assert room.said() == []
    [edit] = room.said("editMessageText")
    row = edit["reply_markup"]["inline_keyboard"][0]
    assert [button["callback_data"] for button in row] == ["+/topics ai 3", "+/topics ai 1"]


async def test_what_cannot_be_turned_is_a_new_message() -> None:
    room = Room(Wire(editMessageText=[refusal(400, "Bad Request: message can't be edited")]))
    await room.get(pressed("+/topics ai 2"))
    assert len(room.said()) == 1


async def test_a_long_command_is_pressed_by_its_name_and_only_in_its_chat() -> None:
    room = Room(Wire())
    name = await room.kept.keep(Chat(Platform.TELEGRAM, "42"), "/search " + "اتفاق " * 20)
    await room.get(pressed(f"={name}"))
    await room.get(pressed(f"={name}", GROUP))
    assert [request.text for request in room.asked] == [("/search " + "اتفاق " * 20)]


async def test_an_expired_button_says_so_and_gives_fresh_ones() -> None:
    room = Room(Wire())
    await room.get(pressed("=0000000000000000"))
    assert room.asked == []
    assert [end["text"] for end in room.said("answerCallbackQuery")] == [TABLE["telegram.expired"]]
    [fresh] = room.said("editMessageReplyMarkup")
    assert [button["callback_data"] for button in fresh["reply_markup"]["inline_keyboard"][0]] == [
        "/topics",
        "/digest",
    ]


async def test_buttons_that_cannot_be_renewed_stay() -> None:
    room = Room(Wire(editMessageReplyMarkup=[refusal(400, "Bad Request: message can't be edited")]))
    await room.get(pressed("=0000000000000000"))
    assert room.said() == []

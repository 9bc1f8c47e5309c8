"""What is freed does not come back with its words in it."""

import ctypes

import pytest

from bot.heap import fill_freed_memory

SIZE = 4000


def test_a_block_handed_out_again_holds_nothing_of_what_was_in_it() -> None:
    if not fill_freed_memory():
        pytest.skip("no glibc")
    library = ctypes.CDLL(None)
    library.malloc.restype, library.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    library.free.argtypes = [ctypes.c_void_p]
    words = "理事会每年召开三次闭门会议".encode() * 50
    for _ in range(50):
        block = library.malloc(SIZE)
        ctypes.memmove(block, words, len(words))
        library.free(block)
        again = library.malloc(SIZE)
        assert words[:39] not in ctypes.string_at(again, SIZE)
        library.free(again)

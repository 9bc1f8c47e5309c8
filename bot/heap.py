"""Memory that is given back is filled, so that a removed document's words reach no file by way of the heap."""

import ctypes

M_PERTURB, FILLING = -6, 0x55  # mallopt(3)


def fill_freed_memory() -> bool:
    """Have the C library fill what is freed and what is handed out; False where it cannot (musl, other systems).

    Chroma's HNSW index writes blocks to disk that it never filled. A block that had held text came out with the text:
    a removed document was found in `data_level0.bin` of the very generation written without it. Costs about 4 % of an
    answer's time (36 ms at 20,000 passages).
    """
    try:
        return bool(ctypes.CDLL(None).mallopt(M_PERTURB, FILLING))
    except (AttributeError, OSError, TypeError):
        return False

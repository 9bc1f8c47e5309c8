"""What the readings of a check-in's matters share: how a unit speaks of itself, and how one asks for a time."""

OURS = r"(?:我校|我司|我单位|[我咱俺]们?|本(?:单位|校|公司|局)|单位)"
WHEN = (
    r"(?:什么时[候间]|啥时候?|何[时日]|哪号|[几哪]一?[号天日]|哪天|几点|(?:周|礼拜|星期)几|多久|多少天|几天|多长时间)"
)

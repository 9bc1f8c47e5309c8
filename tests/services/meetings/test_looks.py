"""What people want to see of meetings, tasks and items, in their own words."""

from collections.abc import Callable

import pytest

from services.meetings.reading import looks


@pytest.mark.parametrize(
    ("means", "words"),
    [
        (looks.wants_dates, "明年一季度联席会放哪天合适"),
        (looks.wants_dates, "下次联席会什么时候开合适"),
        (looks.wants_tasks, "三年行动计划哪些任务亮红灯了"),
        (looks.wants_tasks, "任务进度看一下"),
        (looks.wants_papers, "会前还差谁的材料"),
        (looks.wants_papers, "哪些单位还没回我们的通知"),
        (looks.wants_items, "上次会议定的事落实得怎么样了"),
        (looks.wants_items, "上次会上给我们管委会派了什么活"),
        (looks.wants_items, "会上给我们定的事什么时候到期"),
        (looks.wants_items, "哪几项超期了"),
        (looks.wants_items, "我们还有几项没办结"),
        (looks.grants_without_number, "技师学院申请延期那个，同意了"),
        (looks.wants_todo, "早，今天有啥要我处理的"),
        (looks.wants_todo, "有要我批的吗"),
        (looks.wants_todo, "我们公司最近有什么要做的"),
        (looks.wants_todo, "我们欠着什么没交"),
        (looks.wants_todo, "12月份要交哪些东西"),
        (looks.asks_how_it_stands, "会议通知发出去没有"),
        (looks.asks_how_it_stands, "会议改期了没"),
        (looks.likes_the_plan, "这个会我看行，发吧"),
        (looks.likes_the_plan, "会议安排没问题"),
        (looks.dislikes_the_plan, "时间不合适，能不能往后推一周"),
        (looks.sends_papers, "会议材料发你还是发邮箱"),
        (looks.sends_papers, "材料交给谁"),
    ],
)
def test_what_is_meant(means: Callable[[str], bool], words: str) -> None:
    assert means(words)


@pytest.mark.parametrize(
    ("means", "words"),
    [
        (looks.wants_dates, "联席会议一般什么时候开"),
        (looks.wants_tasks, "我们任务的进展怎么报"),
        (looks.wants_papers, "会议材料要求是什么"),
        (looks.wants_items, "会议议定事项应当明确什么"),
        (looks.wants_items, "会议安排在什么时候"),
        (looks.wants_items, "联席会定什么时候开"),
        (looks.grants_without_number, "同意第3条延期"),
        (looks.wants_todo, "还有啥没填"),
        (looks.wants_todo, "企业要填什么"),
        (looks.wants_todo, "做什么"),
        (looks.asks_how_it_stands, "会议通知发了23家"),
        (looks.likes_the_plan, "好的"),
        (looks.sends_papers, "第1条办完了，材料发邮箱了"),
        (looks.sends_papers, "谁的会议材料没交"),
    ],
)
def test_what_is_not(means: Callable[[str], bool], words: str) -> None:
    assert not means(words)

"""Everyday turns of speech in the words that documents have for them, as their words say nothing apart."""

from __future__ import annotations

import re

from knowledge.speech import rejoined

_TURNS = (
    (re.compile(r"(?<![获取觉记值懂晓显使免舍赢博难])得(?=[来去交到有报填写带找跑等花付给要先上先住走参签办])"), "要"),
    (re.compile(r"(?:搞|弄|用|碰|摔|玩|整|给弄|使)坏"), "损坏"),
    (re.compile(r"一次(?:最多|顶多)?(?:能|可以|可)?(?:同时)?[进坐装塞](?:得?下)?(?=多少|几)"), "容纳"),
    (re.compile(r"(?<=[能可以])(?:同时)?[坐装塞](?:得?下)?(?=多少|几)"), "容纳"),
    (re.compile(r"(?:怎么|咋|如何)(?:算钱|收钱|收费|计费|算账|要钱)|(?:怎么|咋)(?:收|算)(?=[?？]?$)"), "收费标准多少"),
    (re.compile(r"轮到|(?<=[天号月日])为止|这回事|这事儿?|(?<=.)的话"), ""),
    (re.compile(r"(?<=多少|.[多少几]|几.)才?(?:算数|作数|可以|行)(?=[?？]?$)"), ""),
    (re.compile(r"[这那](?:笔|批|种|类|台|套|家|所|届|期|趟|项目)(?=[\u4e00-\u9fff])"), ""),
    (re.compile(r"一次(?=最多|最长|只?能|可以?)"), "单次"),
    (re.compile(r"管(?=几年|多久|多长)"), "有效期"),
    (re.compile(r"(?<=[能可以])用(?=多久|多长|几个?[小时天])"), "使用时间"),
    (re.compile(r"(?:[能可]以?|要|得)?[干当做](?=(?:多少|几)个?[年届任])"), "任期"),
    (re.compile(r"(?<=长)一任(?=[几多])"), "任期"),
    (re.compile(r"管到(?=什么时候|哪[年天])"), "有效期"),
    (re.compile(r"(?<=[\u4e00-\u9fff]{2})([奖补罚赔])(?=多少)"), r" \1"),
    (re.compile(r"换一?次?届(?:一次)?|(?<=[年久])一届|改选"), "换届"),
    (re.compile(r"(?<=[\u4e00-\u9fff])了(?=[\u4e00-\u9fff])(?![解结然断不])"), ""),
    (re.compile(r"(?<=\d{4})届"), "年"),
    (re.compile(r"((?!分)[\u4e00-\u9fff])([一几](?:次|回|趟)|多少次)([\u4e00-\u9fff])(?=[?？]?$)"), r"\1\3\2"),
    (re.compile(r"(?:^|(?<=[的这那次届回]))会(?=[是在哪谁什几有上由]|$)"), "会议"),
    (re.compile(r"(便宜|方便|(?<!多)[早晚快慢多少高低长短])一?点(?=[不吗没呢?？]|$)"), r"\1"),
    (
        re.compile(r"(?<=[权备果利产资品房])归(谁|哪方|哪[一]?家|哪边)(?:所有)?(?=[?？]?$)|归(谁|哪方|哪家)所有"),
        r"所有权归\1\2",
    ),
    (re.compile(r"(?:发展|增加|扩大|提高|提升|增长|涨)到(?=多少|几|什么)"), "达到"),
    (re.compile(r"没有?(?=用|签|缴|完成|通过|按|经过|达|满|办(?!法)|领|还|参加|审|批|结)"), "未"),
    (re.compile(r"头[一1](?=[个家批次届期])"), "第一"),
    (re.compile(r"头[一1]?年(?!级)"), "第一年"),
    (re.compile(r"最后一名|倒数第[一1]名?"), "末位"),
    (re.compile(r"^几(?=[个家所](?!月|人[?？]?$)[^,，?？]*(?:谁|哪|什么|怎么|如何|多少))"), "多"),
    (re.compile(r"能干(?=[?？]?$)"), ""),
    (re.compile(r"不想(?=[\u4e00-\u9fff])"), "不"),
)


def in_full(folded: str) -> str:
    """Return a folded question with its everyday turns in full (一次能用多久: 单次使用时间)."""
    folded = rejoined(folded)
    for pattern, full in _TURNS:
        folded = pattern.sub(full, folded)
    return folded

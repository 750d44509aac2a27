"""Strings as papers print them, English and Chinese, over the packaged list without a registry."""

import pandas as pd
import pytest

from bibnet.tag.lists.defence import INPUT_COLUMNS, flag_affiliations, packaged_entries
from bibnet.tag.lists.guard import Guards
from bibnet.tag.place_names import place_names

ACADEMY = "chinese-academy-of-sciences"
OPTICS = "changchun-institute-of-optics-fine-mechanics-and-physics"
GUARDS = Guards(packaged_entries(), place_names())


def flags(text: str) -> list[tuple[str, str]]:
    row = {**dict.fromkeys(INPUT_COLUMNS, ""), "text": text}
    found = flag_affiliations(pd.DataFrame([row]), GUARDS).flags
    return list(found[["entry_id", "rule"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("text", "entry", "rule"),
    [
        ("NORINCO Group, Beijing, China", "china-north-industries-group", "alias"),
        (
            "China North Industries Group Corporation, Beijing",
            "china-north-industries-group",
            "alias",
        ),
        ("中国兵器工业集团有限公司, 北京", "china-north-industries-group", "alias"),
        (
            "Academy of Military Sciences, Beijing 100091, China",
            "academy-of-military-science",
            "alias",
        ),
        ("PLA Academy of Military Science, Beijing", "academy-of-military-science", "exact_name"),
        ("军事科学院国防科技创新研究院, 北京 100071", "academy-of-military-science", "alias"),
        ("中国人民解放军军事科学院", "academy-of-military-science", "exact_name"),
        (
            "College of Systems, Army Engineering University of PLA, Nanjing",
            "army-engineering-university",
            "alias",
        ),
        ("陆军工程大学, 江苏 南京", "army-engineering-university", "alias"),
        (
            "PLA University of Science and Technology, Nanjing",
            "army-engineering-university",
            "former_name",
        ),
        ("解放军理工大学 南京 210007", "army-engineering-university", "former_name"),
        (
            "Academy of Armored Forces Engineering, Beijing",
            "army-academy-of-armored-forces",
            "former_name",
        ),
        (
            "Dept of Optics, Fourth Military Medical University, Xi'an, China",
            "air-force-medical-university",
            "former_name",
        ),
        ("国防科技大学 长沙 410073", "national-university-of-defense-technology", "alias"),
        ("国防科学技术大学, 长沙", "national-university-of-defense-technology", "former_name"),
        (
            "National University of Defence Technology, Changsha",
            "national-university-of-defense-technology",
            "exact_name",
        ),
        ("武警工程大学信息工程系, 西安", "engineering-university-of-the-capf", "alias"),
        (
            "Second Artillery Engineering University, Xi'an",
            "rocket-force-university-of-engineering",
            "former_name",
        ),
        (
            "Naval Aeronautical and Astronautical University, Yantai, China",
            "navy-aviation-university",
            "former_name",
        ),
        ("海军航空大学, 烟台", "navy-aviation-university", "alias"),
        ("湖南长沙国防科技大学系统工程学院", "national-university-of-defense-technology", "alias"),
        ("武汉海军工程大学", "naval-university-of-engineering", "alias"),
        ("Yitu Technology, Shanghai, China", "yitu-technologies", "alias"),
        ("依图科技, 上海", "yitu-technologies", "alias"),
        ("DJI Technologies, Shenzhen, China", "dji", "alias"),
        ("浪潮集团, 济南", "inspur-group-co-ltd", "alias"),
        # Institutes of the academy by their short forms, with its long name and its short one.
        (
            "中科院自动化所, 北京",
            "institute-of-automation-chinese-academy-of-sciences",
            "alias",
        ),
        ("中科院计算所", f"{ACADEMY}-institute-of-computing-technology", "alias"),
        ("中国科学院物理所, 北京", f"{ACADEMY}-institute-of-physics", "alias"),
        ("中科院微电子研究所, 北京", f"{ACADEMY}-institute-of-microelectronics", "alias"),
        ("中科院长春光机所", f"{ACADEMY}-{OPTICS}", "alias"),
        ("沈阳飞机设计研究所, 沈阳", "shenyang-aircraft-design-institute", "alias"),
        (
            "Naval Aeronaut Univ, Yantai, Peoples R China",
            "navy-aviation-university",
            "alias",
        ),
        (
            "National Supercomputing Center in Wuxi, Wuxi, China",
            "national-supercomputing-center-wuxi",
            "alias",
        ),
        (
            "PLA University of Foreign Languages, Luoyang, China",
            "information-engineering-university",
            "former_name",
        ),
    ],
)
def test_a_body_flags_though_no_registry_holds_it(text: str, entry: str, rule: str):
    assert flags(text) == [(entry, rule)]


@pytest.mark.parametrize(
    "text",
    [
        "AMS, Beijing, China",  # an acronym alone, of many
        "National Defense University, Washington, USA",  # a namesake
        "國防大學, 臺北",
        "Military Academy, Lisbon, Portugal",
        "Army Medical University Hospital, Chongqing",  # the name is only a part
        "成都信息工程大学, 成都",  # Chengdu University of Information Technology
        "Research on the Academy of Military Science, Beijing",
        "中科院软件所, 北京",  # other institutes of the academy
        "中科院光机所, 北京",
        "中国科学院大学, 北京",
        "南航, 广州",  # an airline, too
        "南京信息工程大学, 南京",  # a university of its own, as the one of Chengdu
    ],
)
def test_others_are_never_flagged(text: str):
    assert flags(text) == []

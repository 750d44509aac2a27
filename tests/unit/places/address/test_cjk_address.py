"""Chinese script: addresses and names of organisations, simplified and traditional."""

import pytest

from bibnet.places.address.ending import read_ending
from bibnet.places.address.gazetteer import load_gazetteer
from bibnet.places.address.normalise import clean, tokenise
from bibnet.places.address.parts import segments_of


def read(text: str) -> tuple[str, str, str] | None:
    cleaned = clean(text)
    found = read_ending(segments_of(cleaned, tokenise(cleaned)), load_gazetteer())
    return (found.country, found.province, found.city) if found else None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("北京市海淀区清华大学", ("CN", "Beijing", "Beijing")),
        ("江苏省南京市玄武区", ("CN", "Jiangsu", "Nanjing")),
        ("江蘇省蘇州市", ("CN", "Jiangsu", "Suzhou")),
        ("广东省深圳市南山区", ("CN", "Guangdong", "Shenzhen")),
        ("廣東省廣州市天河區", ("CN", "Guangdong", "Guangzhou")),
        ("内蒙古自治区呼和浩特市", ("CN", "Inner Mongolia", "Hohhot")),
        ("重慶市", ("CN", "Chongqing", "Chongqing")),
        ("中国科学院自动化研究所", ("CN", "", "")),
        ("中国科学院自动化研究所，北京 １００１９０", ("CN", "Beijing", "Beijing")),
        ("国防科技大学，湖南长沙 410073", ("CN", "Hunan", "Changsha")),
        ("Department of Physics, 复旦大学, 上海", ("CN", "Shanghai", "Shanghai")),
        ("清华大学 Tsinghua University, Beijing, China", ("CN", "Beijing", "Beijing")),
        ("Ｂｅｉｊｉｎｇ，Ｃｈｉｎａ", ("CN", "Beijing", "Beijing")),
    ],
)
def test_addresses(text: str, place: tuple[str, str, str]) -> None:
    assert read(text) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("香港", ("HK", "", "")),
        ("中国香港中文大学", ("HK", "", "")),
        ("澳门大学", ("MO", "", "")),
        ("台湾", ("TW", "", "")),
        ("國立臺灣大學", ("TW", "", "")),
        ("臺灣臺北市", ("TW", "Taiwan", "Taipei")),
        ("中華民國", ("TW", "", "")),
        ("香港中文大學（深圳）", ("CN", "Guangdong", "Shenzhen")),
        ("厦门大学台湾研究院", ("CN", "Fujian", "Xiamen")),
    ],
)
def test_territories_keep_their_code(text: str, place: tuple[str, str, str]) -> None:
    assert read(text) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("北京大学深圳研究生院", ("CN", "Guangdong", "Shenzhen")),
        ("西安交通大学苏州研究院", ("CN", "Jiangsu", "Suzhou")),
        ("哈尔滨工业大学(威海)", ("CN", "Shandong", "Weihai")),
        ("吉林大学", ("CN", "Jilin", "")),  # the university is in Changchun, not in Jilin city
        ("上海市南京路100号", ("CN", "Shanghai", "Shanghai")),
        ("北京市朝阳区", ("CN", "Beijing", "Beijing")),
        ("美国麻省理工学院", ("US", "", "")),
        ("日本东京大学", ("JP", "", "")),
    ],
)
def test_branches_streets_and_foreign_countries(text: str, place: tuple[str, str, str]) -> None:
    assert read(text) == place


@pytest.mark.parametrize(
    "text", ["中山大学", "首都医科大学", "京都大学大学院", "大", "サイエンス株式会社"]
)
def test_no_place(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "rule"),
    [("河北石家庄", "city_name"), ("河北大学", "province_in_name"), ("上海南京", "city_in_name")],
)
def test_a_run_of_places_of_one_province_is_an_address(text: str, rule: str) -> None:
    cleaned = clean(text)
    place = read_ending(segments_of(cleaned, tokenise(cleaned)), load_gazetteer())
    assert place is not None
    assert place.rule == rule

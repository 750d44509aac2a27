"""The end of an address: countries, provinces and cities, and what is none of them."""

import pytest

from bibnet.places.address.country_end import named_countries
from bibnet.places.address.ending import read_ending
from bibnet.places.address.gazetteer import load_gazetteer
from bibnet.places.address.named_place import Place
from bibnet.places.address.normalise import clean, tokenise
from bibnet.places.address.parts import segments_of


def place(text: str) -> Place | None:
    cleaned = clean(text)
    return read_ending(segments_of(cleaned, tokenise(cleaned)), load_gazetteer())


def country(text: str) -> str | None:
    found = place(text)
    return found.country if found else None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("X Lab, P. R. China", "CN"),
        ("X Lab, Beijing 100084, PRC", "CN"),
        ("X Lab, London, U.K.", "GB"),
        ("X Lab, Seoul, Republic of Korea", "KR"),
        ("X Lab, Ankara, Türkiye", "TR"),
        ("X Lab, München, Deutschland", "DE"),
        ("X Lab, 东京, 日本", "JP"),
        ("X Lab, CH-8092 Zurich, Switzerland", "CH"),
        ("Northeastern University China", "CN"),
        ("X Lab, Cambridge CB2 1TN, UK", "GB"),
        ("Fac. of X, University of Y, Waterloo, Canada#TAB#", "CA"),
        ("X School, 639798 Singapore. nguy0046@ntu.edu.sg", "SG"),
        ("X Lab, Boulevard Y, Palaiseau 91120, France e-mail:", "FR"),
        ("University of Y Gainesville FL USA", "US"),
        ("Universität X Wien Österreich", "AT"),
        ("X Lab, Peoples R China", "CN"),
        ("Maple University, Malaysia Campus", "MY"),
        ("Maple University at Qatar", "QA"),
        ("Maple University, Dubai Campus", "AE"),
        ("Maple University, Campus de Gandia", "ES"),
        # Small cities whose name no other place has.
        ("Maple Software, Tübingen", "DE"),
        ("Maple Software, Palaiseau", "FR"),
        # As Web of Science prints them.
        ("X Lab, Kinshasa, Dem Rep Congo", "CD"),
        ("X Lab, Brazzaville, Rep Congo", "CG"),
        ("X Lab, Port Moresby, Papua N Guinea", "PG"),
        ("X Lab, Belfast, North Ireland", "GB"),
        ("X Lab, Tbilisi, Rep of Georgia", "GE"),
        ("X Lab, U Arab Emirates", "AE"),
    ],
)
def test_country_names(text: str, code: str) -> None:
    assert country(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("X Lab, Hong Kong, China", "HK"),
        ("X Lab, Kowloon, Hong Kong SAR", "HK"),
        ("X Lab, Macau", "MO"),
        ("X Lab, Taipei, Taiwan, China", "TW"),
        ("X Lab, Hsinchu, Taiwan, R.O.C.", "TW"),
        ("X Lab, Taipei, China", "TW"),
        ("X Lab, R.O. China", "TW"),
        ("X Lab, Rep. of China", "TW"),
        ("X Lab, People's Rep. of China", "CN"),
        ("X Lab, People Republic of China", "CN"),
        ("X Lab, San Juan, Puerto Rico, USA", "PR"),
        ("[Hong Kong Univ. of Sci. & Technol., China]", "HK"),
        ("National Taiwan University, China", "TW"),
        ("Université de La Réunion, Saint-Denis, France", "RE"),
        ("Hong Kong University of Science and Technology, Guangzhou, China", "CN"),
        ("Taiwan Research Institute, Xiamen University, Xiamen, China", "CN"),
        ("Heritage of Fujian and Taiwan, Ministry of Culture, China", "CN"),
        ("University of Hong Kong, Zhejiang, China", "CN"),
        ("X Lab, Taiwan ROC", "TW"),
        ("X Lab, Taipei, Republic of China", "TW"),
        ("X Lab, Nanjing, Republic of China", "CN"),
        ("X Lab, Macau, PR China", "MO"),
    ],
)
def test_territories_keep_their_code(text: str, code: str) -> None:
    assert country(text) == code


@pytest.mark.parametrize(
    ("text", "code", "province"),
    [
        ("X Lab, Atlanta, Georgia", "US", "Georgia"),
        ("X Lab, Tbilisi, Georgia", "GE", "T'bilisi"),
        ("X Lab, Perth, WA", "AU", "Western Australia"),
        ("X Lab, Seattle, WA 98195", "US", "Washington"),
        ("X Lab, Toronto, ON", "CA", "Ontario"),
        ("X Lab, Stanford, CA 94305", "US", "California"),
        ("X Lab, Munich, DE", "DE", "Bavaria"),
        ("计算机系, 广东省", "CN", "Guangdong"),
        ("X Lab, Jiangxi, China", "CN", "Jiangxi"),
        ("X Lab, Suzhou, China", "CN", "Jiangsu"),
        ("X Lab, Suzhou, Anhui, China", "CN", "Anhui"),
        ("X Lab, Xi’an, Shanxi, China", "CN", "Shaanxi"),
        ("X Lab, Portland, Indiana, USA", "US", "Indiana"),
        # The code before the country's name tells which of the cities of one name.
        ("X Lab, Lexington, MA, USA", "US", "Massachusetts"),
        ("X Lab, West Lafayette IN 47907, USA", "US", "Indiana"),
        ("X Lab Newark NJ USA", "US", "New Jersey"),
        ("X Inc., CA, USA", "US", "California"),
        ("X Lab, Kent, OH, USA", "US", "Ohio"),
        ("X Lab, London, ON, N6A 3K7, Canada", "CA", "Ontario"),
        # "CN" is a state's code nowhere, and a country's code is no province's.
        ("X Lab, Wuhan, CN, China", "CN", "Hubei"),
        # Fujian has a Pingtan too; two provinces have a Taizhou, and nothing tells which is meant.
        ("Fujian X University, Pingtan, China", "CN", "Fujian"),
        ("X Lab, Taizhou, China", "CN", ""),
        ("X Lab, Bangalore, Karnataka", "IN", "Karnataka"),
        ("X Lab, Lower Saxony", "DE", "Lower Saxony"),
        ("X Lab, London, ON, Canada", "CA", "Ontario"),
        ("X Lab, Cambridge, MA", "US", "Massachusetts"),
        ("X Lab, Birmingham, AL 35294", "US", "Alabama"),
    ],
)
def test_provinces(text: str, code: str, province: str) -> None:
    found = place(text)
    assert found is not None
    assert (found.country, found.province) == (code, province)


@pytest.mark.parametrize(
    ("text", "code"),
    [("X Lab, Shenzhen", "CN"), ("X Lab, Paris", "FR"), ("计算机系, 北京", "CN")],
)
def test_city_that_its_name_alone_means(text: str, code: str) -> None:
    assert country(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "100084",
        "CB2 1TN",
        "john.smith@mit.edu",
        "John Smith",
        "Beth Israel",
        "Georgia Tech",
        "Georgia",
        "Bank of China",
        "Palau street",
        "Universidad Autónoma de Baja California",
        "University of New Mexico",
        "University of Victoria",
        "X Lab, Cambridge",
        "X Lab, Birmingham",
        "X Lab, Waterloo",
        "UBA, Departamento de X",  # a university, not the city of Brazil
        "X Lab, Western",
        "K. Jordan",
        "Rutgers, New Brunswick",
        "🙂🙂🙂",
        "\x00\x01\x02",
        "مختبر",
    ],
)
def test_no_place(text: str) -> None:
    assert place(text) is None


def test_span_is_the_part_that_says_it() -> None:
    text = "X Lab, Nanjing 210093, P. R. China"
    found = place(text)
    assert found is not None
    assert (found.city, text[slice(*found.span)]) == ("Nanjing", "P. R. China")


def test_countries_named_anywhere() -> None:
    cleaned = "Univ X, Germany; Univ Y, China"
    segments = segments_of(cleaned, tokenise(cleaned))
    assert named_countries(segments, load_gazetteer()) == {"DE", "CN"}


@pytest.mark.parametrize(
    ("text", "code", "city"),
    [
        ("Maple Research India, Bangalore", "IN", "Bengaluru"),
        ("Maple Development Center India, Hyderabad", "IN", "Hyderabad"),  # one is in Pakistan
        ("Maple Institute of Japan, Boston", "US", "Boston"),  # Japan is part of the name
        ("Maple Research India, Department of Maples", "IN", ""),
    ],
)
def test_a_city_may_stand_behind_its_country(text: str, code: str, city: str) -> None:
    found = place(text)
    assert found is not None
    assert (found.country, found.city) == (code, city)


@pytest.mark.parametrize(
    ("text", "code", "city"),
    [
        ("Maple University of Ontario, London", "CA", "London"),
        ("Maple University, London", "GB", "London"),
        ("Lab of Texas Maples, Bengaluru", "IN", "Bengaluru"),  # Texas has none
    ],
)
def test_a_city_is_in_the_province_that_a_name_holds(text: str, code: str, city: str) -> None:
    found = place(text)
    assert found is not None
    assert (found.country, found.city) == (code, city)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("University of Massachusetts, Dartmouth", None),  # in no Dartmouth of Canada
        ("University of Massachusetts, Boston", "US"),
        ("Maple University of Ontario, Melbourne", "AU"),  # a large city is where it is
        ("Institute of Waves, Dartmouth", "CA"),
    ],
)
def test_a_smaller_city_is_not_outside_the_province_of_a_schools_name(
    text: str, code: str | None
) -> None:
    assert country(text) == code


@pytest.mark.parametrize("text", ["X Lab, Lorraine", "X Lab, Rhône-Alpes", "X Lab, Bretagne"])
def test_regions_of_france_are_named_as_they_were(text: str) -> None:
    assert country(text) == "FR"


@pytest.mark.parametrize(
    ("text", "province"),
    [("X University SC", "South Carolina"), ("X College of Eng. and Comp. Sc", None)],
)
def test_initials_of_a_province_are_in_capitals(text: str, province: str | None) -> None:
    found = place(text)
    assert (found.province if found else None) == province


@pytest.mark.parametrize(
    ("text", "province", "city"),
    [
        # The name before the country is that of a city, too, but the city stands before it.
        ("X Lab, Buffalo, New York, USA", "New York", "Buffalo"),
        ("X Lab, Montreal, Quebec, Canada", "Quebec", "Montréal"),
        ("X Lab, Kitakyushu, Fukuoka, Japan", "Fukuoka", "Kitakyushu"),
        ("X Lab, Campinas, São Paulo, Brazil", "São Paulo", "Campinas"),
        # Of a city of another province nothing is said; a part of a city is in the city.
        ("X Lab, Pilsen, Prague, Czechia", "Prague", "Prague"),
        ("X Lab, Köpenick, Berlin, Germany", "Berlin", "Berlin"),
        ("X Lab, Quebec, Quebec, Canada", "Quebec", "Québec"),
        # Without one the province's name is its city's where that is its own name.
        ("X Lab, Quebec, Canada", "Quebec", "Québec"),
        ("X Lab, New York, USA", "New York", "New York City"),
        ("X Lab, Odessa, Ukraine", "Odessa", "Odesa"),
        ("X Lab, Bucuresti, Romania", "București", "Bucharest"),
        # Of Okazaki, Bihar Sharif and Nara-shi it is but another name.
        ("X Lab, Aichi, Japan", "Aichi", ""),
        ("X Lab, Nagoya, Aichi, Japan", "Aichi", "Nagoya"),
        ("X Lab, Kariya, Aichi, Japan", "Aichi", "Kariya"),
        ("X Lab, Patna, Bihar, India", "Bihar", "Patna"),
        # Ecatepec in another province is called Morelos, too.
        ("X Lab, Cuernavaca, Morelos, Mexico", "Morelos", "Cuernavaca"),
        ("X Lab, Bihar, India", "Bihar", ""),
        ("X Lab, Nara, Japan", "Nara", ""),
        ("X Lab, George Town, Penang, Malaysia", "Penang", "George Town"),
    ],
)
def test_a_city_behind_which_its_province_stands(text: str, province: str, city: str) -> None:
    found = place(text)
    assert found is not None
    assert (found.province, found.city) == (province, city)


def test_a_code_of_three_letters_is_its_province_behind_words_that_are_not_in_capitals() -> None:
    found = place("X Lab, Nowhereville NSW 2308")
    assert found and (found.country, found.province) == ("AU", "New South Wales")
    assert place("X Lab, Nowhereville ME") is None
    assert place("X Lab, DEF NSW") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Smallwick, PA", ("US", "Pennsylvania")),
        ("Maple College, Cuba, IN", ("US", "Indiana")),  # no country's code follows a country
        ("Maple College, Iran, IR", ("IR", "")),  # but its own
        ("Maple College, Turin, Italy, AL", ("IT", "Piedmont")),  # a city of it stands before
        ("Maple College, Smallwick, PA", ("US", "Pennsylvania")),
        ("Maple College, Smallwick Corners, VA", ("US", "Virginia")),
        ("Panama, PA", ("PA", "Panamá")),  # a city of the country that has the code
        ("Maple College, PA", None),  # no town
        ("Maple College, MCPA, PA", None),  # an acronym is no town
        ("Maple College, Smallwick, CA", ("US", "California")),  # in papers hardly Canada
        ("Maple College, Smallwick, NE", ("US", "Nebraska")),
        ("Halifax, CA", ("CA", "Nova Scotia")),  # a city of the country that has the code
        ("Maple College, CA", None),
        ("Smallwick, DE", None),  # more towns of Germany than of Delaware
    ],
)
def test_a_code_of_a_state_behind_a_town_that_no_list_knows(
    text: str, found: tuple[str, str] | None
) -> None:
    one = place(text)
    assert (one and (one.country, one.province)) == found

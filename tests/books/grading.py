"""Writes the output directory of a grading as `interleave grade` leaves it, from a short description on
standard input: grading.py OUT <<'J' {"head": {…}, "students": [{"name": …, "lessons": {"7": {…}}}]} J

Of a lesson: "verdict" (correct, faulty …), "kinds" (of its faults), "faults" (whole ones), "refusals",
"unavailable" (names of engines), "program" (in place of these), "source" (the file), "private", "trouble",
"also", "replay", "schedule". The paths of the records are printed: they are still to be signed (sign.c)."""
import hashlib, json, pathlib, re, sys

ENGINES = ["native", "tsan", "asan", "helgrind", "explore"]
SLUGS = {path.name[:2]: path.name for path in
         (pathlib.Path(__file__).parent.parent.parent / "lessons").glob("[0-9][0-9]-*")}


def slug(lesson):
    return SLUGS["%02d" % lesson]


def fault(kind, engine="tsan", line=3, schedule=None):
    made = {"kind": kind, "engine": engine, "message": "There is a %s." % kind,
            "places": [{"file": "exercise.c", "line": line, "function": "work", "thread": "T1",
                        "action": "does it"}]}
    if schedule:
        step = {"step": 1, "thread": "T1", "does": "locks", "object": "a", "object_kind": "mutex",
                "note": "", "file": "exercise.c", "line": line, "function": "work"}
        made["exploration"] = {"schedule": schedule, "preemptions": 1, "found_by": "bounded",
                               "schedules_tried": 3, "seen_on": {"schedules": 20, "of": 200},
                               "replayed": True, "trace": [step, dict(step, thread="T2", fault=True)]}
    return made


def judgement(case, private=False):
    if "program" in case:
        return {"driver": "drive.c", "private": private, "program": case["program"]}
    faults = case.get("faults", []) + [fault(kind, schedule=case.get("schedule"))
                                       for kind in case.get("kinds", [])]
    away = case.get("unavailable", [])
    engines = {name: {"outcome": "unavailable" if name in away else "clean", "reason": "10 runs",
                      "seconds": 1.5} for name in ENGINES}
    program = {"name": "exercise.c", "verdict": "faulty" if faults else "clean", "engines": engines,
               "faults": faults, "notes": []}
    if "refusals" in case:
        program.update(verdict="refused", refusals=case["refusals"])
    return {"driver": "drive.c", "private": private, "program": program}


def record(case, lesson, key, submission, head):
    made = {"record": 1, "key": key, "lesson": lesson, "slug": slug(lesson), "submission": submission,
            "verdict": case["verdict"], "sandbox": case.get("sandbox", head["sandbox"]),
            "unsafe": case.get("unsafe", head["unsafe"]),
            "judgements": [judgement(case, case.get("private", False))],
            "replay": case.get("replay"), "evidence": None, "seconds": 4.2, "cpu": 5.1}
    if "reason" in case:
        made["reason"] = case["reason"]
    return made


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def pair_line(out, student, ident, lesson, case, head):
    source = case.get("source", "#include \"exercise.h\"\n\nint work(void) { return 0; }\n")
    line = {"student": student, "id": ident, "lesson": lesson,
            "file": case.get("file", "%s/%s/exercise.c" % (student, slug(lesson)))}
    if "also" in case:
        line["also"] = case["also"]
    if "trouble" in case:
        return dict(line, trouble=case["trouble"])
    digest = hashlib.md5(source.encode()).hexdigest()
    key = hashlib.md5(json.dumps([case, lesson]).encode()).hexdigest()
    write(out / "sources" / digest[:2] / (digest + ".c"), source)
    path = out / "records" / key[:2] / (key + ".json")
    if not path.exists():
        write(path, json.dumps(record(case, lesson, key, digest, head)))
        print(path)
    return dict(line, submission=digest, key=key)


def main():
    out, given = pathlib.Path(sys.argv[1]), json.load(sys.stdin)
    students = []
    for index, student in enumerate(given["students"]):
        for _ in range(student.get("times", 1)):
            students.append(dict(student, id=student.get("id", "s%d" % len(students))))
    lessons = given.get("lessons") or sorted({int(n) for s in students for n in s["lessons"]})
    head = {"worklist": 1, "folder": "submissions", "harness": "0123456789abcdef", "sandbox": "A",
            "sandbox_says": "each program in a box of its own", "unsafe": False, "seeds": [1, 2, 3],
            "private": [], "students": len(students), "pairs": 0}
    head.update(given.get("head", {}))
    handed_in = {int(n) for s in students for n in s["lessons"]}
    head["lessons"] = [{"lesson": n, "slug": slug(n), "title": "Lesson", "counts": n in handed_in} for n in lessons]
    lines = [head]
    for student in students:
        for number in sorted(student["lessons"], key=int):
            lines.append(pair_line(out, student["name"], student["id"], int(number),
                                   student["lessons"][number], head))
    write(out / "worklist.jsonl", "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
    write(out / "unrecognised.jsonl",
          "".join(json.dumps(line) + "\n" for line in given.get("unrecognised", [])))


main()

# The books of a grading: points by the scheme, and every format, from records that are made here.

load helper

setup_file() {
    cc "$BATS_TEST_DIRNAME/books/sign.c" -o "$BATS_FILE_TMPDIR/sign" -ljansson -lxxhash
}

teardown() { ! mountpoint -q disk || umount disk; }

# grading <<'J' … J: what `interleave grade` leaves in ./out, from the words of books/grading.py.
grading() { python3 "$BATS_TEST_DIRNAME/books/grading.py" out | "$BATS_FILE_TMPDIR/sign"; }

books() { run --separate-stderr "$interleave" books out "$@"; }

assert_books() {
    books "$@"
    assert_equal "$stderr" ""
    assert_equal "$status" 0
    run python3 "$BATS_TEST_DIRNAME/books/read.py" out
    assert_output ""
}

# The points of each student, by name: "ann 10/10 0" is all of 10, and nothing open.
points() {
    python3 -c 'import csv; [print(r["id"], r["total"] + "/" + r["of"], r["open"]) for r in csv.DictReader(open("out/grades.csv", newline=""))]'
}

# cases LESSON <<'C' NAME POINTS/OF OPEN | CASE … C: one student a line; the books give these points.
cases() {
    local table
    table=$(cat)
    rm -rf out
    jq -Rn --arg lesson "$1" '{students: [inputs | capture("^(?<id>[^ ]+) [^|]*\\| (?<case>.*)$")
        | {name: "Student \(.id)", id: .id, lessons: {($lesson): (.case | fromjson)}}]}' <<<"$table" | grading
    assert_books "${@:2}"
    assert_equal "$(points)" "$(sed 's/ *|.*//' <<<"$table")"
}

# Points

@test "a correct file earns all, and a fault beside what the lesson is about costs its check" {
    cases 7 <<'C'
correct 10/10 0 | {"verdict": "correct"}
leak 9/10 0 | {"verdict": "faulty", "kinds": ["leak"]}
misuse 9/10 0 | {"verdict": "faulty", "kinds": ["lock-misuse"]}
race 7/10 0 | {"verdict": "faulty", "kinds": ["data-race"]}
race-and-leak 6/10 0 | {"verdict": "faulty", "kinds": ["data-race", "leak", "leak"]}
C
}

@test "a wrong result earns nothing, and neither does what the lesson is about when it is still there" {
    cases 7 <<'C'
result 0/10 0 | {"verdict": "faulty", "kinds": ["wrong-result"]}
exit 0/10 0 | {"verdict": "faulty", "kinds": ["wrong-exit"]}
order 0/10 0 | {"verdict": "faulty", "kinds": ["lock-order"]}
deadlock 0/10 0 | {"verdict": "faulty", "kinds": ["deadlock"]}
C
    cases 2 <<'C'
race 0/10 0 | {"verdict": "faulty", "kinds": ["data-race"]}
leak 9/10 0 | {"verdict": "faulty", "kinds": ["leak"]}
C
    cases 3 <<'C'
unguarded 0/10 0 | {"verdict": "faulty", "kinds": ["thread-safety"]}
C
    cases 18 <<'C'
growth 0/10 0 | {"verdict": "faulty", "kinds": ["memory-growth"]}
blocks 8/10 0 | {"verdict": "faulty", "kinds": ["blocking-in-async"]}
C
}

@test "what ends a run hides the rest: a hang, a crash, and a file that does not compile earn nothing" {
    cases 2 <<'C'
stuck 0/10 0 | {"verdict": "faulty", "kinds": ["stuck-wait"]}
twice 0/10 0 | {"verdict": "faulty", "kinds": ["double-lock"]}
crash 0/10 0 | {"verdict": "faulty", "kinds": ["crash"]}
slow 0/10 0 | {"verdict": "faulty", "kinds": ["timeout"]}
loud 0/10 0 | {"verdict": "faulty", "kinds": ["output-limit"]}
broken 0/10 0 | {"verdict": "faulty", "kinds": ["compile-error"]}
C
    assert_equal "$(jq -c '[.students[] | select(.id == "stuck") | .lessons[0].checks[].state]' out/grades.json)" \
        '["passed","not examined","not examined","failed","not examined","not examined"]'
    assert_equal "$(jq -r '.students[] | select(.id == "broken") | .lessons[0].mark' out/grades.json)" broken
}

@test "nothing handed in, nothing changed and what is refused earn nothing; only the last is for a person" {
    grading <<'J'
{"students": [
 {"name": "ann", "id": "ann", "lessons": {"2": {"verdict": "unchanged"}}},
 {"name": "bob", "id": "bob", "lessons": {"7": {"verdict": "refused",
   "refusals": [{"file": "exercise.c", "line": 3, "name": "asm", "message": "assembly hides what it does; take it out"}]}}}]}
J
    assert_books
    assert_equal "$(points)" $'ann 0/20 0\nbob 0/20 0'
    assert_equal "$(jq -c '[.students[].person]' out/grades.json)" '[false,true]'
    assert_contains "$(<out/grades.csv)" "refused, for a person: 7; not handed in: 2"
    assert_contains "$(<out/html/index.html)" "assembly hides what it does"
    assert_contains "$(<out/html/bob.html)" "Line 3, <code>asm</code>"
}

@test "what could not be judged is no zero: it is open, for a person, and not in what the rest is out of" {
    cases 7 <<'C'
unjudged 0/0 10 | {"verdict": "unjudged", "reason": "helgrind: valgrind is missing"}
not-taken 0/0 10 | {"trouble": "is larger than 1 MiB; hand in the source"}
unknown-kind 0/0 10 | {"verdict": "faulty", "kinds": ["no-such-kind"]}
no-fault 0/0 10 | {"verdict": "faulty"}
contradiction 0/0 10 | {"verdict": "correct", "kinds": ["leak"]}
half-blind 0/1 9 | {"verdict": "faulty", "kinds": ["leak"], "unavailable": ["tsan"]}
part 8/9 1 | {"verdict": "faulty", "kinds": ["lock-misuse"], "unavailable": ["asan"]}
explorer 9/10 0 | {"verdict": "faulty", "kinds": ["leak"], "unavailable": ["explore"]}
wrong-anyway 0/10 0 | {"verdict": "faulty", "kinds": ["wrong-result"], "unavailable": ["asan", "tsan"]}
C
    assert_equal "$(jq -c '[.students[] | select(.id == "unjudged").lessons[0] | .points, .person, .why]' out/grades.json)" \
        '[null,true,"No points are given or taken yet: helgrind: valgrind is missing."]'
    assert_contains "$(<out/html/index.html)" "For a person: 7"
}

@test "every kind of fault belongs to a check, and costs exactly its points" {
    local kinds
    kinds=$(sed -n 's/^ *\[FAULT_[A-Z_]*\] = {"\([a-z-]*\)".*/\1/p' "$project/harness/fault.c")
    printf '[points]\nresult = 0\nrace = 0\nprogress = 0\nmemory = 0\nmanners = 0\n[rules]\nrequired = none\n' >none.ini
    jq -Rn '{students: [inputs | {name: "Student \(.)", id: ., lessons: {"2": {verdict: "faulty", kinds: [.]}}}]}' <<<"$kinds" | grading
    assert_books
    run jq -r '.students[] | "\(.id) \([.lessons[0].checks | to_entries[] | select(.value.state == "failed") | .key] | join(" "))"' out/grades.json
    assert_equal "$(wc -l <<<"$output")" "$(wc -l <<<"$kinds")"
    refute_line --regexp '^[a-z-]+( [a-z]+ .*)?$'
    assert_line "stack-escape memory"
    assert_line "blocking-in-async progress"
    assert_line "thread-leak manners"
    # Nothing is worth anything but that it compiles.
    books none.ini
    assert_equal "$(points | grep -v ' 10/10 0')" "compile-error 0/10 0"
}

# The scheme

@test "the scheme that is printed is the usual one" {
    "$interleave" scheme >grading.ini
    echo '{"students": [{"name": "a", "id": "a", "lessons": {"7": {"verdict": "faulty", "kinds": ["leak"]}}}]}' | grading
    assert_books
    cp out/grades.csv usual.csv
    assert_books grading.ini
    assert_equal "$(sed 's/the usual scheme:/@/' usual.csv)" "$(sed -E 's/grading.ini \([0-9a-f]{8}\):/@/' out/grades.csv)"
}

@test "points can be given otherwise, for all lessons and for one, and nothing is judged anew" {
    cat >grading.ini <<'I'
; ours
[points]
lesson = 12.5
race = 0.5
[lesson 7]
points = 30
progress = 12 ; the point of it
[lesson 02-shared-counter]
points = 0
[rules]
required = result
I
    grading <<'J'
{"lessons": [2, 7, 10], "students": [{"name": "a", "id": "a", "lessons": {"2": {"verdict": "correct"},
 "7": {"verdict": "faulty", "kinds": ["lock-order"]}, "10": {"verdict": "faulty", "kinds": ["data-race"]}}}]}
J
    rm -rf out/sources
    assert_books grading.ini
    # 7: shares 1, 2, 0.5, 12, 1, 1 of 30, without the 12; 10: 1, 2, 0.5, 2, 1, 1 of 12.5, without the 0.5.
    assert_equal "$(points)" "a 21.1/42.5 0"
    assert_equal "$(jq -c '[.lessons[] | [.points, (.checks | add), .required]]' out/grades.json)" \
        '[[0,0,["builds","result"]],[30,30,["builds","result"]],[12.5,12.5,["builds","result"]]]'
}

@test "the lessons that count are those that anybody has handed in, or those that are named" {
    grading <<'J'
{"lessons": [2, 7, 10], "students": [{"name": "Ann", "id": "a", "lessons": {"2": {"verdict": "correct"}}},
 {"name": "Bob", "id": "b", "lessons": {"7": {"verdict": "correct"}}}]}
J
    assert_books
    assert_equal "$(points)" $'a 10/20 0\nb 10/20 0'
    printf '[rules]\nlessons = 7, 10-mpsc-channel\n' >grading.ini
    assert_books grading.ini
    assert_equal "$(points)" $'a 0/20 0\nb 10/20 0'
    assert_equal "$(head -1 out/grades.csv | cut -d, -f3-5)" 07-lock-order,10-mpsc-channel,total
}

@test "parts that do not come out even still add up, in every book" {
    printf '[points]\nlesson = 10\nbuilds = 1\nresult = 1\nrace = 1\nprogress = 0\nmemory = 0\nmanners = 0\n' >grading.ini
    grading <<'J'
{"students": [{"name": "a", "id": "a", "lessons": {"7": {"verdict": "faulty", "kinds": ["data-race"]}}},
 {"name": "b", "id": "b", "lessons": {"7": {"verdict": "correct"}}}]}
J
    assert_books grading.ini
    assert_equal "$(points)" $'a 6.67/10 0\nb 10/10 0'
}

@test "mistakes in grading.ini are told with file, line and remedy, and the old books stay" {
    echo '{"students": [{"name": "a", "id": "a", "lessons": {"7": {"verdict": "correct"}}}]}' | grading
    assert_books
    local before line text says
    before=$(readlink out/books)
    while IFS='|' read -r line text says; do
        printf '%b' "$text" >grading.ini
        books grading.ini
        assert_refused "grading.ini${line:+:$line}:" "$says"
    done <<'C'
2|[points]\nbonus = 1|has no key `bonus`; it has lesson, builds
1|[late]\ndays = 3|there is no section [late]
3|[points]\nrace = 1\n[extra]\n|there is no section [extra]
1|race = 1|stands before the first [section]
2|[points]\nrace = -1|is no number of points; write one from 0 to 1000
2|[points]\nrace = three|is no number
2|[points]\nrace = nan|is no number
2|[points]\nrace = inf|is no number
2|[points]\nrace = 1e3|is no number
2|[points]\nrace = 0x10|is no number
2|[points]\nrace = 1.234|at most two decimals
2|[points]\nrace = 1000.01|from 0 to 1000
2|[points]\nrace = 99999999999999999999|from 0 to 1000
2|[points]\nrace =|is no number
3|[points]\nrace = 1\nrace = 1|is given twice
3|[points]\nrace = 1\n  2|is given twice
1|[lesson 77]\npoints = 3|there is no such lesson
1|[lesson 77]\n|there is no such lesson
1|[lesson x]\n|there is no such lesson
2|[lesson 7]\nweight = 3|has no key `weight`; it has points, builds
4|[lesson 7]\npoints = 3\n[lesson 07-lock-order]\npoints = 4|is given twice
2|[rules]\nrequired = luck|`luck` cannot be required
2|[rules]\nrequired = none, race|`none` cannot be required
2|[rules]\nrequired =|`required` is empty
2|[rules]\nlessons = 7 77|`77` is no lesson
2|[rules]\nlessons =|`lessons` is empty
2|[points]\nrace|neither `key = value` nor [section]
2|[points]\n[unfinished|neither `key = value` nor [section]
|[points]\nbuilds=0\nresult=0\nrace=0\nprogress=0\nmemory=0\nmanners=0|the shares of all checks in [points] are 0
2|[lesson 7]\nbuilds=0\nresult=0\nrace=0\nprogress=0\nmemory=0\nmanners=0|the shares of all checks of lesson 7 are 0
|[points]\nlesson = 0|no lesson is worth a point
||says nothing
|; only words\n|says nothing
|[points]\nrace = 1\0|is a binary file
C
    { echo '[points]' && printf 'race = %0500d\n' 1; } >grading.ini
    books grading.ini
    assert_refused "grading.ini:2:" "longer than"
    head -c 2000000 /dev/zero | tr '\0' ';' >grading.ini
    books grading.ini
    assert_refused "grading.ini:" "larger than 1 MiB"
    books nowhere.ini
    assert_refused "nowhere.ini: No such file" "interleave scheme"
    books .
    assert_refused ".: is not a regular file"
    assert_equal "$(readlink out/books)" "$before"
}

# The formats

hostile() {
    jq -n '{head: {sandbox_says: "boxes <b>&amp;</b>"}, students: ([
        "=cmd()|A1", "+1", "-1", "@SUM(A1)", "\tTab", "\rReturn", "a \"quoted\" name, with commas", "two\nlines",
        "<script>alert(1)</script>", "</title><img src=x onerror=alert(1)>", "]]>", "::error::owned", "100%0A::warning::",
        "\u202egnp.exe", "\u05d0\u05d1\u05d2\u05d3\u05d4\u05d5\u05d6\u05d7 \u05d8", "\ufffe and \uffff", "&lt;&#60;", ("x" * 255)]
        | to_entries | map({name: .value, id: "s\(.key)", lessons: {
            "2": {verdict: "correct", source: "same"},
            "7": {verdict: "faulty", schedule: "a\u0027b`$(touch owned)`", source: "int a;\n<script>alert(2)</script>]]>\n=cmd()\n",
                faults: [{kind: "data-race", engine: "tsan",
                    message: (.value + "\u001b[31m <script>alert(3)</script> ]]> \u0027\"` " + ("y" * 5000)),
                    places: [{file: "exercise.c", line: 2, function: .value, thread: .value, action: "<i>\u0001"}]}]}}})
        + [{name: "An index", id: "index", lessons: {"2": {verdict: "correct", source: "same"}}}])}' | grading
}

@test "hostile names, messages and sources are text in every book" {
    hostile
    assert_books
    assert_equal "$(jq '[.runs[0].results[] | .message.text | utf8bytelength] | max <= 2020' out/results.sarif)" true
    run grep -rlP '[\x00-\x08\x0b-\x1f\x7f]' out/books/
    assert_output out/books/grades.csv # a return within quotes is the cell's own
    assert_file_not_exists owned
}

@test "pages run nothing, fit every width, and are readable, light and dark" {
    hostile
    books
    run node "$BATS_TEST_DIRNAME/books/browse.mjs" out/html/index.html out/html/s8.html out/html/s17.html
    assert_success
}

@test "a student's page shows the lines of the fault, what each thread does there, and how to see it again" {
    grading <<'J'
{"students": [{"name": "Ann", "id": "ann", "lessons": {"2": {"verdict": "faulty", "schedule": "5f::e3",
   "source": "one();\ntwo();\nthree(); // <&>\nfour();\nfive();\nsix();\n", "kinds": ["data-race"]}}}]}
J
    assert_books
    run python3 -c 'import html, re; print(html.unescape(re.sub("<[^>]*>", "", open("out/html/ann.html").read().split("</style>")[1])))'
    assert_line --partial "1one();"
    assert_output --partial $'3 ▶three(); // <&>'
    assert_output --partial "▲ T1 in work: does it"
    refute_output --partial "six();"
    assert_line "make replay-2 SCHEDULE=5f::e3"
    assert_line --partial "It fails on 20 of 200 random schedules."
    assert_line --partial "Lesson 2 teaches it: make lesson-2"
    assert_line --partial "Hold one and the same lock"
}

@test "what a private driver found is told to a student without what would give it away" {
    grading <<'J'
{"students": [{"name": "Ann", "id": "ann", "lessons": {"7": {"verdict": "faulty", "private": true, "faults": [
  {"kind": "wrong-result", "engine": "native", "message": "SECRET 5 votes", "places": [
    {"file": "secret-driver.c", "line": 9, "function": "SECRET_main", "thread": "T1", "action": "SECRET"},
    {"file": "exercise.c", "line": 3, "function": "work", "thread": "T1", "action": "SECRET"}],
   "before": [{"file": "secret-driver.c", "line": 9, "function": "SECRET_main", "thread": "T1", "action": "SECRET"}],
   "exploration": {"schedule": "5ec2e7", "trace": [{"step": 1, "thread": "T1", "does": "SECRET", "object": null,
     "object_kind": null, "note": "", "file": "secret-driver.c", "line": 1, "function": "x"}]}}]}}}]}
J
    assert_books
    run grep -rliE 'secret|5ec2e7' out/html/ann.html out/gradescope out/github
    assert_output ""
    refute [ "$(base64 -d out/classroom/ann.json | grep -ciE 'secret|5ec2e7')" -gt 0 ]
    assert_contains "$(<out/html/ann.html)" "wrong-result"
    assert_contains "$(<out/html/ann.html)" "is not shown"
}

@test "identical files are grouped by lesson, but for the one that is shipped" {
    grading <<'J'
{"students": [{"name": "Ann", "id": "a", "lessons": {"2": {"verdict": "correct", "source": "s"}, "7": {"verdict": "unchanged", "source": "u"}}},
 {"name": "Bob", "id": "b", "lessons": {"2": {"verdict": "correct", "source": "t"}, "7": {"verdict": "unchanged", "source": "u"}}},
 {"name": "Cem", "id": "c", "lessons": {"2": {"verdict": "correct", "source": "s"}, "7": {"verdict": "correct", "source": "s"}}}]}
J
    assert_books
    run sed -n '/Identical submissions/,/<\/section>/p' out/html/index.html
    assert_line --partial '02-shared-counter</code>, 2 students: <a href="a.html"><bdi>Ann</bdi></a>, <a href="c.html"><bdi>Cem</bdi></a>'
    refute_output --partial Bob
    refute_output --partial 07-lock-order
}

@test "a grading without a sandbox says so in every book" {
    grading <<'J'
{"head": {"sandbox": "D", "unsafe": true, "sandbox_says": "none"}, "students": [
 {"name": "a", "id": "a", "lessons": {"7": {"verdict": "faulty", "kinds": ["leak"]}}}]}
J
    assert_books
    assert_contains "$(<out/grades.csv)" UNSAFE
    assert_contains "$(<out/html/a.html)" 'class="alarm"'
    assert_contains "$(<out/html/index.html)" 'class="alarm"'
}

@test "the same records make the same books to the byte" {
    hostile
    assert_books
    cp -rL out/books first
    assert_books
    diff -r first out/books/
}

# How they are written

@test "new books take the place of the old ones by one link; a full disk leaves the old ones whole" {
    mkdir disk
    mount -t tmpfs -o size=4m none disk 2>/dev/null || skip "a file system cannot be mounted here"
    ln -s disk/out out
    mkdir disk/out
    hostile
    books
    assert_equal "$status" 0
    cp -rL out/books before
    fallocate -l "$(df -B1 --output=avail disk | tail -1)" disk/fill
    books
    assert_equal "$status" 2
    assert_says "No space left on device; make room"
    diff -r before out/books/
    assert_equal "$(find disk/out -maxdepth 1 -name '.books-*' | wc -l)" 1
    rm disk/fill
    assert_books
}

@test "what an interrupted gathering has left is neither shown nor in the way" {
    hostile
    assert_books
    mkdir -p out/.books-1/html out/.books-2/html
    echo half >"out/.books-$(($(readlink out/books | tail -c 2) % 2 + 1))/grades.csv"
    run head -c 2 out/grades.csv
    assert_output id
    assert_books
}

@test "a file that is no book of ours is not taken away" {
    hostile
    echo mine >out/grades.csv
    books
    assert_refused "out/grades.csv" "no book of Interleave's" "move it away"
    assert_equal "$(<out/grades.csv)" mine
}

@test "a record that is missing or damaged, and a work list that is, make no books" {
    echo '{"students": [{"name": "a", "id": "a", "lessons": {"7": {"verdict": "correct"}}}]}' | grading
    local record
    record=$(echo out/records/*/*.json)
    sed -i 's/correct/corrupt/' "$record"
    books
    assert_refused "$record: is missing or damaged" "--resume"
    rm "$record"
    books
    assert_refused "$record: is missing or damaged"
    echo '{"half' >>out/worklist.jsonl
    books
    assert_refused "out/worklist.jsonl:3: is no JSON object"
    books=$(find out -name grades.csv)
    assert_equal "$books" ""
    run --separate-stderr "$interleave" books .
    assert_refused ".: no grading is in it" "interleave grade"
}

@test "a class of thousands needs no more memory than one of a few" {
    grading <<'J'
{"students": [{"name": "many", "times": 3000, "lessons": {"2": {"verdict": "faulty", "kinds": ["data-race"]}, "7": {"verdict": "correct"}}}]}
J
    run /usr/bin/time -f %M "$interleave" books out
    assert_success
    assert [ "$output" -lt 32768 ] # KiB
    assert_equal "$(wc -l <out/grades.csv)" 3001
}
